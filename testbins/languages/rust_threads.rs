// Threads, channels, scoped borrowing, locks, panics that unwind and are caught, processes, a server on the loopback.
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::panic;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{mpsc, Arc, Barrier, Condvar, Mutex, RwLock};
use std::thread;
use std::time::Duration;

struct Guard<'a>(&'a AtomicUsize);
impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn channels() {
    let (sender, receiver) = mpsc::channel();
    let threads: Vec<_> = (0..8u64)
        .map(|i| {
            let sender = sender.clone();
            thread::spawn(move || {
                for k in 0..1000u64 {
                    sender.send(i * 1000 + k).unwrap();
                }
            })
        })
        .collect();
    drop(sender);
    let sum: u64 = receiver.iter().sum();
    for t in threads {
        t.join().unwrap();
    }
    println!("channels: {}", sum);
}

fn locks() {
    let map = Arc::new(Mutex::new(BTreeMap::new()));
    let shared = Arc::new(RwLock::new(0u64));
    let barrier = Arc::new(Barrier::new(4));
    let threads: Vec<_> = (0..4)
        .map(|i| {
            let (map, shared, barrier) = (map.clone(), shared.clone(), barrier.clone());
            thread::spawn(move || {
                barrier.wait();
                for k in 0..500 {
                    *map.lock().unwrap().entry(k % 5).or_insert(0) += i;
                    if k % 10 == 0 {
                        *shared.write().unwrap() += 1;
                    } else {
                        let _ = *shared.read().unwrap();
                    }
                }
            })
        })
        .collect();
    for t in threads {
        t.join().unwrap();
    }
    println!("locks: {:?} {}", map.lock().unwrap(), shared.read().unwrap());
    let pair = Arc::new((Mutex::new(false), Condvar::new()));
    let other = pair.clone();
    let t = thread::spawn(move || {
        thread::sleep(Duration::from_millis(2));
        *other.0.lock().unwrap() = true;
        other.1.notify_all();
    });
    let mut ready = pair.0.lock().unwrap();
    while !*ready {
        ready = pair.1.wait(ready).unwrap();
    }
    drop(ready);
    t.join().unwrap();
}

fn panics() {
    panic::set_hook(Box::new(|_| {}));
    let dropped = Arc::new(AtomicUsize::new(0));
    let mut failures = 0;
    for i in 0..50 {
        let dropped = dropped.clone();
        let result = thread::spawn(move || {
            let _guard = Guard(&dropped);
            let numbers = [1, 2, 3];
            if i % 2 == 0 {
                let index = numbers.len() + i;
                println!("{}", numbers[index]);
            }
            i
        })
        .join();
        failures += result.is_err() as usize;
    }
    let caught = panic::catch_unwind(|| {
        let text: Option<u32> = "x".parse().ok();
        text.unwrap()
    });
    println!("panics: {} of 50, dropped {}, caught {}", failures, dropped.load(Ordering::SeqCst), caught.is_err());
}

fn network() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = thread::spawn(move || {
        for _ in 0..20 {
            let (mut stream, _) = listener.accept().unwrap();
            thread::spawn(move || {
                let mut bytes = Vec::new();
                stream.read_to_end(&mut bytes).unwrap();
                bytes.reverse();
                stream.write_all(&bytes).unwrap();
            });
        }
    });
    let mut good = 0;
    for i in 0..20 {
        let mut stream = TcpStream::connect(address).unwrap();
        let text = format!("message {}", i);
        stream.write_all(text.as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut back = String::new();
        stream.read_to_string(&mut back).unwrap();
        good += (back == text.chars().rev().collect::<String>()) as usize;
    }
    server.join().unwrap();
    println!("network: {}", good);
}

fn main() {
    channels();
    locks();
    panics();
    network();
    let mut total = 0;
    let numbers: Vec<u64> = (0..10000).collect();
    thread::scope(|scope| {
        let parts: Vec<_> = numbers.chunks(2500).map(|c| scope.spawn(move || c.iter().sum::<u64>())).collect();
        for part in parts {
            total += part.join().unwrap();
        }
    });
    println!("scoped: {}", total);
    let output = Command::new("/bin/sh").args(["-c", "echo child; exit 4"]).output().unwrap();
    println!("child: {:?} {:?}", String::from_utf8_lossy(&output.stdout), output.status.code());
}

// Goroutines, channels, select, mutexes, timers, panics, garbage collection under load, net/http over the loopback,
// files and child processes.
package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

func channels() {
	work, results := make(chan int), make(chan int, 16)
	var group sync.WaitGroup
	for i := 0; i < 8; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for n := range work {
				results <- n * n
			}
		}()
	}
	go func() {
		for i := 0; i < 5000; i++ {
			work <- i
		}
		close(work)
		group.Wait()
		close(results)
	}()
	sum := 0
	for r := range results {
		sum += r
	}
	fmt.Println("channels:", sum)
}

func many() {
	var group sync.WaitGroup
	var count int64
	var lock sync.Mutex
	total := map[int]int{}
	for i := 0; i < 3000; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			atomic.AddInt64(&count, 1)
			runtime.Gosched()
			lock.Lock()
			total[i%10]++
			lock.Unlock()
		}(i)
	}
	group.Wait()
	keys := []int{}
	for k := range total {
		keys = append(keys, k)
	}
	sort.Ints(keys)
	fmt.Println("many:", count, keys, total[3])
}

type node struct {
	left, right *node
	text        string
}

func tree(depth int) *node {
	if depth == 0 {
		return &node{text: strings.Repeat("x", 10)}
	}
	return &node{tree(depth - 1), tree(depth - 1), "inner"}
}

func (n *node) count() int {
	if n.left == nil {
		return 1
	}
	return n.left.count() + n.right.count()
}

func garbage() {
	var group sync.WaitGroup
	var sum int64
	for i := 0; i < 4; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for k := 0; k < 20; k++ {
				atomic.AddInt64(&sum, int64(tree(10).count()))
			}
		}()
	}
	for i := 0; i < 5; i++ {
		runtime.GC()
	}
	group.Wait()
	var statistics runtime.MemStats
	runtime.ReadMemStats(&statistics)
	fmt.Println("garbage:", sum, statistics.NumGC >= 5)
}

func preempted() {
	var stop int32
	go func() {
		time.Sleep(5 * time.Millisecond)
		atomic.StoreInt32(&stop, 1)
	}()
	// Loops without calls are preempted by SIGURG.
	done := make(chan bool)
	for i := 0; i < 3; i++ {
		go func() {
			n := 0
			for atomic.LoadInt32(&stop) == 0 {
				n++
			}
			done <- n > 0
		}()
	}
	fmt.Println("preempted:", <-done, <-done, <-done)
}

func web() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println("listen:", err)
		return
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s %d", r.Method, r.URL.Path, len(body))
	})}
	go server.Serve(listener)
	var group sync.WaitGroup
	var good int64
	for i := 0; i < 8; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			for k := 0; k < 10; k++ {
				url := fmt.Sprintf("http://%s/%d/%d", listener.Addr(), i, k)
				response, err := http.Post(url, "text/plain", strings.NewReader(strings.Repeat("a", 1000*k)))
				if err != nil {
					fmt.Println("post:", err)
					return
				}
				body, _ := io.ReadAll(response.Body)
				response.Body.Close()
				if string(body) == fmt.Sprintf("POST /%d/%d %d", i, k, 1000*k) {
					atomic.AddInt64(&good, 1)
				}
			}
		}(i)
	}
	group.Wait()
	server.Close()
	fmt.Println("web:", good)
}

func panics() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	var missing *node
	fmt.Println(missing.text)
	return errors.New("nothing happened")
}

func children() {
	out, err := exec.Command("/bin/sh", "-c", "echo from a child; exit 3").CombinedOutput()
	fmt.Printf("child: %q %v\n", out, err)
}

func signals() {
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, syscall.SIGUSR1)
	syscall.Kill(os.Getpid(), syscall.SIGUSR1)
	select {
	case s := <-caught:
		fmt.Println("signal:", s)
	case <-time.After(5 * time.Second):
		fmt.Println("signal: none")
	}
}

func main() {
	channels()
	many()
	garbage()
	preempted()
	web()
	fmt.Println(panics())
	children()
	signals()
	select {
	case <-time.After(10 * time.Millisecond):
		fmt.Println("time passed")
	}
}

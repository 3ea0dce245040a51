// Runs a command some times and prints, for each run, what it cost and how it ended:
//
//   user-µs  system-µs  wall-µs  max-RSS-KiB  outcome
//
// separated by tabs; the outcome is `exit:STATUS`, `signal:NUMBER` or `timeout`.
// CPU time comes from wait4's rusage: that of the command and of all children it waited for.
//
// Usage: runner [-n RUNS] [-t SECONDS] [-o STDOUT] [-e STDERR] [-d FOLDER] COMMAND [ARGS...]

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct Options {
    long runs;
    double timeout;
    const char *standardOutput, *standardError, *folder;
    char **command;
};

static volatile sig_atomic_t timedOut;
static volatile pid_t child;

static void onAlarm(int signal)
{
    (void)signal;
    timedOut = 1;
    // The whole group: a shell under test may have children of its own.
    if (child > 0)
        kill(-child, SIGKILL);
}

static void usage(void)
{
    fputs("usage: runner [-n RUNS] [-t SECONDS] [-o STDOUT] [-e STDERR] [-d FOLDER] COMMAND [ARGS...]\n", stderr);
    exit(2);
}

static struct Options parse(int argc, char **argv)
{
    struct Options options = {.runs = 1, .timeout = 60, .standardOutput = "/dev/null", .standardError = "/dev/null"};
    int letter;
    // '+': stop at the command, whose options are its own.
    while ((letter = getopt(argc, argv, "+n:t:o:e:d:")) != -1)
        switch (letter) {
        case 'n': options.runs = strtol(optarg, NULL, 10); break;
        case 't': options.timeout = strtod(optarg, NULL); break;
        case 'o': options.standardOutput = optarg; break;
        case 'e': options.standardError = optarg; break;
        case 'd': options.folder = optarg; break;
        default: usage();
        }
    if (optind == argc || options.runs < 1 || options.timeout <= 0)
        usage();
    options.command = argv + optind;
    return options;
}

/// Puts `path`, opened anew, in the place of `descriptor`. Runs in the child.
static void redirect(int descriptor, const char *path, int flags)
{
    int file = open(path, flags, 0644);
    if (file < 0 || dup2(file, descriptor) < 0)
        _exit(127);
    if (file != descriptor)
        close(file);
}

static void runChild(const struct Options *options)
{
    // A session of its own: what the command does to its group or terminal stays there,
    // and the parent's end takes it along.
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    redirect(STDIN_FILENO, "/dev/null", O_RDONLY);
    redirect(STDOUT_FILENO, options->standardOutput, O_WRONLY | O_CREAT | O_TRUNC);
    redirect(STDERR_FILENO, options->standardError, O_WRONLY | O_CREAT | O_TRUNC);
    if (options->folder && chdir(options->folder) != 0)
        _exit(127);
    execvp(options->command[0], options->command);
    _exit(127);
}

static long microseconds(struct timeval time)
{
    return time.tv_sec * 1000000L + time.tv_usec;
}

static void setTimer(double seconds)
{
    struct itimerval timer = {{0, 0}, {(time_t)seconds, (suseconds_t)((seconds - (double)(time_t)seconds) * 1e6)}};
    setitimer(ITIMER_REAL, &timer, NULL);
}

static void runOnce(const struct Options *options)
{
    struct timespec start, end;
    struct rusage usage;
    int status = 0;
    timedOut = 0;
    child = 0;
    clock_gettime(CLOCK_MONOTONIC, &start);
    // vfork, not fork: the copy of this process would be charged to the command.
    pid_t pid = vfork();
    if (pid == 0)
        runChild(options);
    if (pid < 0) {
        perror("runner: vfork");
        exit(1);
    }
    child = pid;
    setTimer(options->timeout);
    while (wait4(pid, &status, 0, &usage) < 0)
        if (errno != EINTR) {
            perror("runner: wait4");
            exit(1);
        }
    setTimer(0);
    clock_gettime(CLOCK_MONOTONIC, &end);
    long wall = (end.tv_sec - start.tv_sec) * 1000000L + (end.tv_nsec - start.tv_nsec) / 1000;
    printf("%ld\t%ld\t%ld\t%ld\t", microseconds(usage.ru_utime), microseconds(usage.ru_stime), wall, usage.ru_maxrss);
    if (timedOut)
        puts("timeout");
    else if (WIFSIGNALED(status))
        printf("signal:%d\n", WTERMSIG(status));
    else
        printf("exit:%d\n", WEXITSTATUS(status));
    // Nothing that the command left behind may run on beside the next measurement.
    kill(-pid, SIGKILL);
}

int main(int argc, char **argv)
{
    struct Options options = parse(argc, argv);
    struct sigaction action = {.sa_handler = onAlarm};
    sigaction(SIGALRM, &action, NULL);
    for (long run = 0; run < options.runs; run++)
        runOnce(&options);
    return 0;
}

// Runs one floating-point instruction with exceptions unmasked on the host and catches what it raises. Only for threads
// that unmask overflow or underflow, and only where a masked run cannot tell (Machine/Instructions/SSEFloatCheck.swift).
#define _GNU_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <ucontext.h>

#include "Vector.h"

static __thread sigjmp_buf *landing;
static __thread uint32_t raised;
static struct sigaction previous;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void on_exception(int signal, siginfo_t *info, void *context) {
  if (landing != NULL && info->si_code > 0) {
    raised = ((ucontext_t *)context)->uc_mcontext.fpregs->mxcsr;
    siglongjmp(*landing, 1);
  }
  // Sent by somebody: not ours.
  if (previous.sa_flags & SA_SIGINFO) {
    previous.sa_sigaction(signal, info, context);
  } else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN) {
    previous.sa_handler(signal);
  }
}

uint32_t swemu_unmasked_trial(swemu_cpu *cpu, swemu_op *op, void *operand, uint32_t mxcsr) {
  pthread_mutex_lock(&one_at_a_time);
  struct sigaction action = {.sa_sigaction = on_exception, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK};
  sigaction(SIGFPE, &action, &previous);
  sigset_t set, old;
  sigemptyset(&set);
  sigaddset(&set, SIGFPE);
  pthread_sigmask(SIG_UNBLOCK, &set, &old);
  const uint32_t host = swemu_store_mxcsr();
  sigjmp_buf place;
  uint32_t result;
  landing = &place;
  if (sigsetjmp(place, 0) == 0) {
    swemu_load_mxcsr(mxcsr);
    swemu_vector_execute(cpu, op, operand);
    result = swemu_store_mxcsr();
  } else {
    result = raised;
  }
  landing = NULL;
  swemu_load_mxcsr(host);
  pthread_sigmask(SIG_SETMASK, &old, NULL);
  sigaction(SIGFPE, &previous, NULL);
  pthread_mutex_unlock(&one_at_a_time);
  return result & 0x3f;
}

#pragma once
// Signals as a file, with the conventions of shim.h.
#include "child.h"
#include <sys/signalfd.h>

// Lets SIGINT and SIGTERM wait in a file instead of ending the process. Only threads that this one
// starts from now on do likewise.
static inline int clinux_signal_file(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  int result = pthread_sigmask(SIG_BLOCK, &signals, NULL);
  if (result != 0) return -result;
  return (int)CLINUX_RESULT(signalfd(-1, &signals, SFD_CLOEXEC));
}

// The next signal; waits for it.
static inline int clinux_next_signal(int file) {
  struct signalfd_siginfo found;
  long count;
  do {
    count = CLINUX_RESULT(read(file, &found, sizeof found));
  } while (count == -EINTR);
  return count == sizeof found ? (int)found.ssi_signo : (int)count;
}

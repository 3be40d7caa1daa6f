#pragma once
// What starts, watches and ends child processes, with the conventions of shim.h.
#include "shim.h"
// Not <sys/select.h>, which <spawn.h> brings: see <stdlib.h> there.
#define _SYS_SELECT_H 1
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/types.h>
#include <sys/wait.h>

// pipe2 fills an array, which Swift imports as a tuple.
static inline int clinux_pipe(int *_Nonnull reading, int *_Nonnull writing) {
  int ends[2];
  int result = (int)CLINUX_RESULT(pipe2(ends, O_CLOEXEC));
  if (result < 0) return result;
  *reading = ends[0];
  *writing = ends[1];
  return 0;
}

// fcntl is variadic. The other end of the pipe stays as it is.
static inline int clinux_set_nonblocking(int file) {
  return (int)CLINUX_RESULT(fcntl(file, F_SETFL, O_NONBLOCK));
}
static inline int clinux_set_pipe_size(int pipe, int bytes) {
  return (int)CLINUX_RESULT(fcntl(pipe, F_SETPIPE_SZ, bytes));
}

// By the effective user, as execve decides; access asks for the real one.
static inline int clinux_is_executable(clinux_path path) {
  return (int)CLINUX_RESULT(faccessat(AT_FDCWD, (const char *)path, X_OK, AT_EACCESS));
}

static inline char *_Nullable *_Nullable clinux_environment(void) { return environ; }

// Starts a program in a session of its own, with the three files as its standard streams, and
// gives its process ID. What this process ignores for itself (ProcessSettings) is as usual there.
// All in one function: posix_spawn's types are opaque and its calls return errno, positive.
static inline int clinux_spawn(clinux_path program, char *_Nullable const *_Nonnull arguments,
                               char *_Nullable const *_Nonnull environment, int folder, int input,
                               int output, int error) {
  posix_spawn_file_actions_t actions;
  int result = posix_spawn_file_actions_init(&actions);
  if (result != 0) return -result;
  posix_spawnattr_t attributes;
  result = posix_spawnattr_init(&attributes);
  if (result == 0) {
    sigset_t blocked, ignored;
    sigemptyset(&blocked);
    sigemptyset(&ignored);
    sigaddset(&ignored, SIGPIPE);
    sigaddset(&ignored, SIGXFSZ);
    short flags = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    pid_t process = 0;
    (result = posix_spawnattr_setflags(&attributes, flags)) != 0 ||
        (result = posix_spawnattr_setsigmask(&attributes, &blocked)) != 0 ||
        (result = posix_spawnattr_setsigdefault(&attributes, &ignored)) != 0 ||
        (result = posix_spawn_file_actions_addfchdir_np(&actions, folder)) != 0 ||
        (result = posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)) != 0 ||
        (result = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)) != 0 ||
        (result = posix_spawn_file_actions_adddup2(&actions, error, STDERR_FILENO)) != 0 ||
        (result = posix_spawn(&process, (const char *)program, &actions, &attributes, arguments,
                              environment));
    posix_spawnattr_destroy(&attributes);
    if (result == 0) {
      posix_spawn_file_actions_destroy(&actions);
      return process;
    }
  }
  posix_spawn_file_actions_destroy(&actions);
  return -result;
}

// Readable once the process has ended. By its number: glibc has the call since 2.36 only.
static inline int clinux_watch(int process) {
  return (int)CLINUX_RESULT(syscall(SYS_pidfd_open, process, 0u));
}

// 0 while the process runs. Then 1, with how it ended; unless it is taken, its number stays in
// use, so that a signal to its group cannot reach a stranger.
static inline int clinux_ending(int process, int take, int *_Nonnull by_signal,
                                int *_Nonnull status) {
  siginfo_t found;
  found.si_pid = 0;
  int options = WEXITED | WNOHANG | (take ? 0 : WNOWAIT);
  int result = (int)CLINUX_RESULT(waitid(P_PID, (id_t)process, &found, options));
  if (result < 0 || found.si_pid == 0) return result;
  *by_signal = found.si_code != CLD_EXITED;
  *status = found.si_status;
  return 1;
}

static inline int clinux_signal_group(int leader, int signal) {
  return (int)CLINUX_RESULT(kill(-leader, signal));
}
static inline const char *_Nullable clinux_signal_name(int signal) { return sigabbrev_np(signal); }

// Lets a write of this thread to a broken pipe be an error of that write.
static inline void clinux_block_pipe_signal(void) {
  sigset_t blocked;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &blocked, NULL);
}

// A counter that poll can wait for: how other threads interrupt one that polls.
static inline int clinux_event(void) {
  return (int)CLINUX_RESULT(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
}
static inline int clinux_raise_event(int event) {
  uint64_t one = 1;
  return (int)CLINUX_RESULT(write(event, &one, sizeof one));
}
static inline int clinux_clear_event(int event) {
  uint64_t count;
  return (int)CLINUX_RESULT(read(event, &count, sizeof count));
}

// Runs a command and says what it cost: process-meter RESULT COMMAND [ARGUMENT...]
//
// RESULT becomes one line of JSON. The meter is a small process of its own because Linux counts
// the memory of the process that starts a command as the first peak of the command: measured from
// Python, every peak would be at least Python's.
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds(struct timeval time) {
  return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int count, char **arguments) {
  if (count < 3) {
    fprintf(stderr, "usage: %s RESULT COMMAND [ARGUMENT...]\n", arguments[0]);
    return 2;
  }
  pid_t child;
  double start = now();
  int failure = posix_spawnp(&child, arguments[2], NULL, NULL, arguments + 2, environ);
  if (failure != 0) {
    fprintf(stderr, "cannot run %s: %s\n", arguments[2], strerror(failure));
    return 127;
  }
  int status = 0;
  struct rusage used;
  while (wait4(child, &status, 0, &used) < 0) {
    if (errno != EINTR) {
      perror("wait4");
      return 1;
    }
  }
  double wall = now() - start;
  FILE *result = fopen(arguments[1], "w");
  if (result == NULL) {
    perror(arguments[1]);
    return 1;
  }
  fprintf(
      result, "{\"wall\": %.6f, \"user\": %.6f, \"system\": %.6f, \"peak_kib\": %ld}\n", wall,
      seconds(used.ru_utime), seconds(used.ru_stime), used.ru_maxrss);
  if (fclose(result) != 0) {
    perror(arguments[1]);
    return 1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

// Sends a tree by PUT as fast as one thread and the kernel allow: the floor below every program
// that uploads it.
//
//     PutFloor [--connections N] SOURCE ADDRESS PORT
//
// SOURCE is read into memory first, which is not timed. The server must answer 201 or 204, keep
// connections, and announce the length of what it says. What was measured is one line of JSON.
#define _GNU_SOURCE
#include "tree.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { most_connections = 1024, head_limit = 8192, answer_limit = 4096 };

struct connection {
  int socket;
  int waits_to_send;
  const struct entry *entry;
  char head[head_limit];
  size_t head_size;
  size_t sent;
  char answer[answer_limit + 1];
  size_t answer_size;
};

struct work {
  const struct tree *tree;
  struct sockaddr_in server;
  int epoll;
  size_t next;  // the first entry that was not sent
  size_t open;  // the requests under way
  struct connection connections[most_connections];
};

static double seconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

// Appends a part of a path, as it stands in a URL.
static size_t add_path(char *head, size_t size, const char *path) {
  static const char plain[] =
      "-._~/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  for (; *path; path++) {
    if (size + 3 >= head_limit / 2) fail("a path is too long");
    if (strchr(plain, *path)) {
      head[size++] = *path;
    } else {
      size += (size_t)sprintf(head + size, "%%%02X", (unsigned char)*path);
    }
  }
  return size;
}

static void write_head(struct connection *connection, const struct tree *tree) {
  const struct entry *entry = connection->entry;
  char *head = connection->head;
  size_t size = (size_t)sprintf(head, "PUT /");
  if (entry->top >= 0) {
    size = add_path(head, size, tree->tops[entry->top]);
    head[size++] = '/';
  }
  size = add_path(head, size, entry->path);
  size += (size_t)sprintf(
      head + size,
      " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/html; charset=utf-8\r\n"
      "Cache-Control: max-age=60\r\nContent-Length: %zu\r\n\r\n",
      entry->size);
  connection->head_size = size;
}

static void wait_for(struct work *work, struct connection *connection, int waits_to_send) {
  if (connection->waits_to_send == waits_to_send) return;
  connection->waits_to_send = waits_to_send;
  struct epoll_event event = {
      .events = waits_to_send ? EPOLLIN | EPOLLOUT : EPOLLIN, .data.ptr = connection};
  if (epoll_ctl(work->epoll, EPOLL_CTL_MOD, connection->socket, &event) < 0) fail("epoll_ctl");
}

static void send_more(struct work *work, struct connection *connection) {
  size_t size = connection->head_size + connection->entry->size;
  while (connection->sent < size) {
    size_t sent = connection->sent;
    size_t skipped = sent > connection->head_size ? sent - connection->head_size : 0;
    size_t begun = sent < connection->head_size ? sent : connection->head_size;
    char *body = work->tree->content + connection->entry->offset;
    struct iovec parts[] = {
        {connection->head + begun, connection->head_size - begun},
        {body + skipped, connection->entry->size - skipped},
    };
    ssize_t done = writev(connection->socket, parts, 2);
    if (done < 0 && errno == EAGAIN) return wait_for(work, connection, 1);
    if (done < 0) fail("writev");
    connection->sent += (size_t)done;
  }
  wait_for(work, connection, 0);
}

// Sends the next file, if there is one.
static void begin(struct work *work, struct connection *connection) {
  const struct tree *tree = work->tree;
  while (work->next < tree->count && tree->entries[work->next].is_folder) work->next++;
  if (work->next == tree->count) return;
  connection->entry = &tree->entries[work->next++];
  connection->sent = 0;
  connection->answer_size = 0;
  work->open++;
  write_head(connection, tree);
  send_more(work, connection);
}

// Whether all of an answer is there.
static int is_whole(const struct connection *connection) {
  char *end = strstr(connection->answer, "\r\n\r\n");
  if (end == NULL) return 0;
  int status = 0;
  if (sscanf(connection->answer, "HTTP/1.1 %d", &status) != 1 || (status != 201 && status != 204)) {
    fprintf(stderr, "floor: %s: %.*s\n", connection->entry->path, 40, connection->answer);
    exit(1);
  }
  size_t length = 0;
  char *field = strcasestr(connection->answer, "\r\ncontent-length:");
  if (field && field < end) length = strtoul(field + 17, NULL, 10);
  return (size_t)(end + 4 - connection->answer) + length <= connection->answer_size;
}

static void take_answer(struct work *work, struct connection *connection) {
  size_t size = connection->answer_size;
  ssize_t got = read(connection->socket, connection->answer + size, answer_limit - size);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) fail("the server closed a connection");
  connection->answer_size += (size_t)got;
  connection->answer[connection->answer_size] = 0;
  if (!is_whole(connection)) return;
  work->open--;
  begin(work, connection);
}

static void open_connection(struct work *work, struct connection *connection) {
  int one = 1;
  connection->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connection->socket < 0) fail("socket");
  if (connect(connection->socket, (struct sockaddr *)&work->server, sizeof work->server) < 0) {
    fail("connect");
  }
  setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (fcntl(connection->socket, F_SETFL, O_NONBLOCK) < 0) fail("fcntl");
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
  if (epoll_ctl(work->epoll, EPOLL_CTL_ADD, connection->socket, &event) < 0) fail("epoll_ctl");
}

static void send_tree(struct work *work, int connection_count) {
  work->epoll = epoll_create1(EPOLL_CLOEXEC);
  if (work->epoll < 0) fail("epoll_create1");
  for (int number = 0; number < connection_count; number++) {
    open_connection(work, &work->connections[number]);
    begin(work, &work->connections[number]);
  }
  struct epoll_event events[64];
  while (work->open > 0) {
    int count = epoll_wait(work->epoll, events, 64, -1);
    for (int number = 0; number < count; number++) {
      struct connection *connection = events[number].data.ptr;
      if (events[number].events & EPOLLOUT) send_more(work, connection);
      if (events[number].events & ~(unsigned)EPOLLOUT) take_answer(work, connection);
    }
  }
}

int main(int count, char **arguments) {
  int connection_count = 32;
  int first = 1;
  if (count > 2 && strcmp(arguments[1], "--connections") == 0) {
    connection_count = atoi(arguments[2]);
    first = 3;
  }
  if (count - first != 3 || connection_count < 1 || connection_count > most_connections) {
    fprintf(stderr, "usage: %s [--connections N] SOURCE ADDRESS PORT\n", arguments[0]);
    return 2;
  }
  struct tree tree = read_tree(arguments[first]);
  struct work *work = calloc(1, sizeof *work);
  if (work == NULL) fail("memory");
  work->tree = &tree;
  work->server.sin_family = AF_INET;
  work->server.sin_port = htons((unsigned short)atoi(arguments[first + 2]));
  if (inet_pton(AF_INET, arguments[first + 1], &work->server.sin_addr) != 1) fail("address");

  double wall = seconds(CLOCK_MONOTONIC);
  double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
  send_tree(work, connection_count);
  wall = seconds(CLOCK_MONOTONIC) - wall;
  cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;

  printf(
      "{\"wall_ms\": %.3f, \"cpu_ms\": %.3f, \"files\": %zu, \"bytes\": %zu}\n", wall * 1000,
      cpu * 1000, tree.file_count, tree.size);
  return 0;
}

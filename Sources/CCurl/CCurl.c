#include "CCurl.h"

#include <stdint.h>
#include <stdlib.h>

#include "CLoading.h"

#define FUNCTIONS(X)                                                                           \
  X(curl_global_init) X(curl_version)                                                          \
  X(curl_easy_init) X(curl_easy_cleanup) X(curl_easy_reset) X(curl_easy_setopt)                \
  X(curl_easy_getinfo) X(curl_easy_strerror) X(curl_slist_append) X(curl_slist_free_all)       \
  X(curl_multi_init) X(curl_multi_cleanup) X(curl_multi_setopt) X(curl_multi_add_handle)       \
  X(curl_multi_remove_handle) X(curl_multi_socket_action) X(curl_multi_info_read)              \
  X(curl_multi_strerror)

// The header wraps some functions in macros that check types.
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

static const char *prepare(void *library);
LIBRARY("libcurl.so.4", prepare)

// libcurl's OpenSSL would tidy up while other threads still run; it must not at exit.
static void keep_openssl_at_exit(void *library) {
  int (*start)(uint64_t, const void *) =
      (int (*)(uint64_t, const void *))dlsym(library, "OPENSSL_init_crypto");
  if (start) start(0x00080000 /* OPENSSL_INIT_NO_ATEXIT */, NULL);
}

// libcurl would write the keys of all connections to the file that this variable names. In place:
// unsetenv would move the variables while other threads read them.
static void forget_key_log(void) {
  char *file = getenv("SSLKEYLOGFILE");
  if (file) *file = '\0';
}

static const char *prepare(void *library) {
  keep_openssl_at_exit(library);
  forget_key_log();
  return api.curl_global_init(CURL_GLOBAL_ALL) == CURLE_OK ? NULL : "libcurl cannot start";
}

const char *ccurl_load(void) { return load_library(); }

CURL *ccurl_easy_init(void) { return api.curl_easy_init(); }
void ccurl_easy_cleanup(CURL *handle) { api.curl_easy_cleanup(handle); }
void ccurl_easy_reset(CURL *handle) { api.curl_easy_reset(handle); }
CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
  return api.curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return api.curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value) {
  return api.curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return api.curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return api.curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_transfer(CURL *handle, CURLoption option, ccurl_transfer function) {
  return api.curl_easy_setopt(handle, option, function);
}
CURLcode ccurl_set_seek(CURL *handle, ccurl_seek function) {
  return api.curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, function);
}
CURLcode ccurl_get_long(CURL *handle, CURLINFO info, long *value) {
  return api.curl_easy_getinfo(handle, info, value);
}
CURLcode ccurl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
  return api.curl_easy_getinfo(handle, info, value);
}
CURLcode ccurl_get_text(CURL *handle, CURLINFO info, const char **value) {
  return api.curl_easy_getinfo(handle, info, value);
}
const char *ccurl_easy_error(CURLcode code) { return api.curl_easy_strerror(code); }
const char *ccurl_version(void) { return api.curl_version(); }

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *text) {
  return api.curl_slist_append(list, text);
}
void ccurl_slist_free(struct curl_slist *list) { api.curl_slist_free_all(list); }

CURLM *ccurl_multi_init(void) { return api.curl_multi_init(); }
void ccurl_multi_cleanup(CURLM *multi) { api.curl_multi_cleanup(multi); }
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return api.curl_multi_setopt(multi, option, value);
}
CURLMcode ccurl_multi_add(CURLM *multi, CURL *handle) {
  return api.curl_multi_add_handle(multi, handle);
}
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *handle) {
  return api.curl_multi_remove_handle(multi, handle);
}
CURLMcode ccurl_multi_set_watching(CURLM *multi, ccurl_watch watch, ccurl_alarm alarm,
                                   void *context) {
  CURLMcode code = api.curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, watch);
  if (!code) code = api.curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
  if (!code) code = api.curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, alarm);
  if (!code) code = api.curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
  return code;
}
CURLMcode ccurl_multi_act(CURLM *multi, curl_socket_t socket, int events) {
  int running;
  return api.curl_multi_socket_action(multi, socket, events, &running);
}
CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *code) {
  int waiting;
  CURLMsg *message;
  while ((message = api.curl_multi_info_read(multi, &waiting))) {
    if (message->msg == CURLMSG_DONE) {
      *code = message->data.result;
      return message->easy_handle;
    }
  }
  return NULL;
}
const char *ccurl_multi_error(CURLMcode code) { return api.curl_multi_strerror(code); }

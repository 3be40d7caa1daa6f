#pragma once
// libcurl, loaded when it is first needed: a run without the network does not pay for its forty
// libraries, nor need them. Swift imports no variadic functions: each kind of option has its own.
#include <curl/curl.h>

// Loads the library once. NULL if it is there, else what the loader says.
const char *_Nullable ccurl_load(void);

CURL *_Nullable ccurl_easy_init(void);
void ccurl_easy_cleanup(CURL *_Nonnull handle);
void ccurl_easy_reset(CURL *_Nonnull handle);
CURLcode ccurl_set_long(CURL *_Nonnull handle, CURLoption option, long value);
CURLcode ccurl_set_offset(CURL *_Nonnull handle, CURLoption option, curl_off_t value);
CURLcode ccurl_set_text(CURL *_Nonnull handle, CURLoption option, const char *_Nullable value);
CURLcode ccurl_set_pointer(CURL *_Nonnull handle, CURLoption option, void *_Nullable value);
CURLcode ccurl_set_list(
    CURL *_Nonnull handle, CURLoption option, struct curl_slist *_Nullable value);
typedef size_t (*ccurl_transfer)(
    char *_Nullable bytes, size_t size, size_t count, void *_Nullable context);
CURLcode ccurl_set_transfer(
    CURL *_Nonnull handle, CURLoption option, ccurl_transfer _Nullable function);
typedef int (*ccurl_seek)(void *_Nullable context, curl_off_t offset, int origin);
CURLcode ccurl_set_seek(CURL *_Nonnull handle, ccurl_seek _Nullable function);
CURLcode ccurl_get_long(CURL *_Nonnull handle, CURLINFO info, long *_Nonnull value);
CURLcode ccurl_get_offset(CURL *_Nonnull handle, CURLINFO info, curl_off_t *_Nonnull value);
CURLcode ccurl_get_text(CURL *_Nonnull handle, CURLINFO info, const char *_Nullable *_Nonnull value);
const char *_Nonnull ccurl_easy_error(CURLcode code);
const char *_Nonnull ccurl_version(void);

struct curl_slist *_Nullable ccurl_slist_append(
    struct curl_slist *_Nullable list, const char *_Nonnull text);
void ccurl_slist_free(struct curl_slist *_Nullable list);

CURLM *_Nullable ccurl_multi_init(void);
void ccurl_multi_cleanup(CURLM *_Nonnull multi);
CURLMcode ccurl_multi_set_long(CURLM *_Nonnull multi, CURLMoption option, long value);
CURLMcode ccurl_multi_add(CURLM *_Nonnull multi, CURL *_Nonnull handle);
CURLMcode ccurl_multi_remove(CURLM *_Nonnull multi, CURL *_Nonnull handle);
// What libcurl wants to know of a socket: one of CURL_POLL_IN, OUT, INOUT and REMOVE.
typedef int (*ccurl_watch)(CURL *_Nonnull handle, curl_socket_t socket, int what,
                           void *_Nullable context, void *_Nullable socket_context);
// In how many milliseconds libcurl wants to be called; -1 is never.
typedef int (*ccurl_alarm)(CURLM *_Nonnull multi, long milliseconds, void *_Nullable context);
CURLMcode ccurl_multi_set_watching(CURLM *_Nonnull multi, ccurl_watch _Nonnull watch,
                                   ccurl_alarm _Nonnull alarm, void *_Nonnull context);
// Moves what a socket is ready for; the time is up for CURL_SOCKET_TIMEOUT.
CURLMcode ccurl_multi_act(CURLM *_Nonnull multi, curl_socket_t socket, int events);
// The next transfer that ended, and how; NULL if there is none. CURLMsg holds a C union.
CURL *_Nullable ccurl_multi_next_done(CURLM *_Nonnull multi, CURLcode *_Nonnull code);
const char *_Nonnull ccurl_multi_error(CURLMcode code);

#include "CCrypto.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>

#include "CLoading.h"

#define FUNCTIONS(X)                                                                         \
  X(EVP_MD_CTX_new) X(EVP_MD_CTX_free) X(EVP_get_digestbyname) X(EVP_DigestInit_ex)          \
  X(EVP_DigestUpdate) X(EVP_DigestFinal_ex) X(EVP_sha256) X(HMAC) X(OPENSSL_init_crypto)

static const char *prepare(void *library);
LIBRARY("libcrypto.so.3", prepare)

static const char *prepare(void *library) {
  (void)library;
  // It would tidy up at exit while other threads still run.
  api.OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, NULL);
  return NULL;
}

const char *ccrypto_load(void) { return load_library(); }

struct ccrypto_digest {
  EVP_MD_CTX *context;
  const EVP_MD *algorithm;
};

ccrypto_digest *ccrypto_digest_new(const char *algorithm) {
  const EVP_MD *known = api.EVP_get_digestbyname(algorithm);
  ccrypto_digest *digest = known ? malloc(sizeof *digest) : NULL;
  if (!digest) return NULL;
  *digest = (ccrypto_digest){api.EVP_MD_CTX_new(), known};
  if (digest->context && api.EVP_DigestInit_ex(digest->context, known, NULL)) return digest;
  ccrypto_digest_free(digest);
  return NULL;
}
int ccrypto_digest_update(ccrypto_digest *digest, const uint8_t *bytes, size_t count) {
  return api.EVP_DigestUpdate(digest->context, bytes, count);
}
size_t ccrypto_digest_finish(ccrypto_digest *digest, uint8_t *output) {
  unsigned int count = 0;
  if (!api.EVP_DigestFinal_ex(digest->context, output, &count)) return 0;
  return api.EVP_DigestInit_ex(digest->context, digest->algorithm, NULL) ? count : 0;
}
void ccrypto_digest_free(ccrypto_digest *digest) {
  api.EVP_MD_CTX_free(digest->context);
  free(digest);
}

int ccrypto_hmac_sha256(
    const uint8_t *key, size_t key_count, const uint8_t *bytes, size_t count, uint8_t *output) {
  return api.HMAC(api.EVP_sha256(), key, (int)key_count, bytes, count, output, NULL) != NULL;
}

#pragma once
// The digests of OpenSSL's libcrypto, loaded when they are first needed.
#include <stddef.h>
#include <stdint.h>

// Loads the library once. NULL if it is there, else what the loader says.
const char *_Nullable ccrypto_load(void);

typedef struct ccrypto_digest ccrypto_digest;

// Starts a digest by OpenSSL's name of the algorithm; NULL if it is not known.
ccrypto_digest *_Nullable ccrypto_digest_new(const char *_Nonnull algorithm);
int ccrypto_digest_update(
    ccrypto_digest *_Nonnull digest, const uint8_t *_Nonnull bytes, size_t count);
// Writes at most 64 bytes; returns how many, 0 if it failed. The digest begins anew.
size_t ccrypto_digest_finish(ccrypto_digest *_Nonnull digest, uint8_t *_Nonnull output);
void ccrypto_digest_free(ccrypto_digest *_Nonnull digest);

// HMAC-SHA256 into 32 bytes; returns whether it worked.
int ccrypto_hmac_sha256(
    const uint8_t *_Nonnull key, size_t key_count, const uint8_t *_Nonnull bytes, size_t count,
    uint8_t *_Nonnull output);

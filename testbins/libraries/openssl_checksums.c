// variants: O2 v3
// links: -l:libcrypto.a
// libcrypto's digests, ciphers and signatures, which choose their code by CPUID: AES-NI, SHA, PCLMULQDQ, AVX2, ADX.

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "sample.h"

enum { SIZE = 60000 };
static uint8_t *data;

static void digests(void) {
  static const char *const names[] = {"MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512", "SHA3-256", "BLAKE2b512"};
  for (size_t i = 0; i < COUNT(names); i++) {
    EVP_MD *digest = EVP_MD_fetch(NULL, names[i], NULL);
    CHECK(digest);
    uint64_t all = DIGEST_SEED;
    // Around the borders of blocks, and one that is long.
    static const size_t sizes[] = {0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 1000, SIZE};
    for (size_t j = 0; j < COUNT(sizes); j++) {
      uint8_t result[64];
      unsigned length = 0;
      CHECK(EVP_Digest(data + j, sizes[j] - (sizes[j] == SIZE ? 16 : 0), result, &length, digest, NULL) == 1);
      all = digest_bytes(all, result, length);
    }
    report(names[i], all);
    EVP_MD_free(digest);
  }
}

static void ciphers(void) {
  static const char *const names[] = {"AES-128-ECB", "AES-128-CBC", "AES-192-CTR", "AES-256-CBC", "AES-256-CTR",
                                      "AES-128-XTS", "AES-128-GCM", "AES-256-GCM", "AES-128-CCM", "AES-128-OCB",
                                      "ChaCha20",    "ChaCha20-Poly1305", "CAMELLIA-128-CBC"};
  uint8_t *sealed = malloc(SIZE + 64), *opened = malloc(SIZE + 64);
  CHECK(sealed && opened);
  for (size_t i = 0; i < COUNT(names); i++) {
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, names[i], NULL);
    CHECK(cipher);
    const int authenticates = (EVP_CIPHER_get_flags(cipher) & EVP_CIPH_FLAG_AEAD_CIPHER) != 0;
    uint64_t all = DIGEST_SEED;
    static const int sizes[] = {16, 31, 64, 255, 256, 1024, 4099, SIZE - 64};
    for (size_t j = 0; j < COUNT(sizes); j++) {
      EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
      int length = 0, rest = 0, total;
      CHECK(context && EVP_EncryptInit_ex2(context, cipher, data + 1, data + 100, NULL) == 1);
      const int is_ccm = strstr(names[i], "CCM") != NULL;
      if (is_ccm) CHECK(EVP_EncryptUpdate(context, NULL, &length, NULL, sizes[j]) == 1);
      if (authenticates) CHECK(EVP_EncryptUpdate(context, NULL, &length, data + 200, 77) == 1);
      CHECK(EVP_EncryptUpdate(context, sealed, &length, data, sizes[j]) == 1);
      CHECK(EVP_EncryptFinal_ex(context, sealed + length, &rest) == 1);
      total = length + rest;
      uint8_t tag[16] = {0};
      if (authenticates) CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, is_ccm ? 12 : 16, tag) == 1);
      all = digest_bytes(digest_bytes(all, sealed, (size_t)total), tag, 16);
      if (!is_ccm) {
        CHECK(EVP_DecryptInit_ex2(context, cipher, data + 1, data + 100, NULL) == 1);
        if (authenticates) {
          CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, tag) == 1);
          CHECK(EVP_DecryptUpdate(context, NULL, &length, data + 200, 77) == 1);
        }
        CHECK(EVP_DecryptUpdate(context, opened, &length, sealed, total) == 1);
        CHECK(EVP_DecryptFinal_ex(context, opened + length, &rest) == 1);
        CHECK(length + rest == sizes[j] && memcmp(opened, data, (size_t)sizes[j]) == 0);
      }
      EVP_CIPHER_CTX_free(context);
    }
    report(names[i], all);
    EVP_CIPHER_free(cipher);
  }
  free(sealed);
  free(opened);
}

// Modular exponentiation takes MULX, ADCX and ADOX where they are.
static void numbers(void) {
  BN_CTX *context = BN_CTX_new();
  BIGNUM *base = BN_new(), *exponent = BN_new(), *modulus = BN_new(), *result = BN_new();
  CHECK(context && base && exponent && modulus && result);
  static const int sizes[] = {32, 64, 128, 256};
  uint64_t all = DIGEST_SEED;
  for (size_t i = 0; i < COUNT(sizes); i++) {
    BN_bin2bn(data + 3, sizes[i], base);
    BN_bin2bn(data + 500, sizes[i], exponent);
    BN_bin2bn(data + 1000, sizes[i], modulus);
    BN_set_bit(modulus, 0);
    BN_set_bit(modulus, sizes[i] * 8 - 1);
    BN_set_flags(exponent, BN_FLG_CONSTTIME);
    CHECK(BN_mod_exp_mont_consttime(result, base, exponent, modulus, context, NULL) == 1);
    uint8_t bytes[256] = {0};
    const int length = BN_bn2bin(result, bytes);
    all = digest_bytes(all, bytes, (size_t)length);
  }
  report("modular exponentiation", all);
  BN_free(base);
  BN_free(exponent);
  BN_free(modulus);
  BN_free(result);
  BN_CTX_free(context);
}

static void keys(void) {
  uint8_t seed[32], own[32], other[32], shared[32], signature[64];
  size_t length = 32;
  memcpy(seed, data + 7, 32);
  EVP_PKEY *mine = EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL, seed, 32);
  seed[3] ^= 0x55;
  EVP_PKEY *theirs = EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL, seed, 32);
  EVP_PKEY *signer = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, 32);
  CHECK(mine && theirs && signer && EVP_PKEY_get_raw_public_key(mine, own, &length) == 1 && length == 32);
  CHECK(EVP_PKEY_get_raw_public_key(theirs, other, &length) == 1);
  EVP_PKEY_CTX *exchange = EVP_PKEY_CTX_new(mine, NULL);
  CHECK(exchange && EVP_PKEY_derive_init(exchange) == 1 && EVP_PKEY_derive_set_peer(exchange, theirs) == 1);
  CHECK(EVP_PKEY_derive(exchange, shared, &length) == 1);
  report("X25519", digest_bytes(digest_bytes(digest_bytes(DIGEST_SEED, own, 32), other, 32), shared, 32));
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  size_t size = sizeof signature;
  CHECK(context && EVP_DigestSignInit(context, NULL, NULL, NULL, signer) == 1);
  CHECK(EVP_DigestSign(context, signature, &size, data, 1234) == 1 && size == 64);
  report("Ed25519", digest_bytes(DIGEST_SEED, signature, 64));
  EVP_MD_CTX_free(context);
  EVP_PKEY_CTX_free(exchange);
  EVP_PKEY_free(mine);
  EVP_PKEY_free(theirs);
  EVP_PKEY_free(signer);
}

int main(void) {
  CHECK(OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL) == 1);
  data = make_sample(SIZE);
  digests();
  ciphers();
  numbers();
  keys();
  free(data);
  return 0;
}

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/locked_memory.h"

#include "base/log.h"

#include <QtGlobal>

#include <openssl/crypto.h>

#include <array>
#include <atomic>

namespace parvis {

namespace {

// A user may usually lock 8 MiB in each process, and the keychain's library wants some of it. The last is
// what old systems allow.
constexpr std::array<size_t, 4> sizes{4U << 20, 1U << 20, 256U << 10, 32U << 10};
constexpr size_t smallestBlock = 32; // most keys

/// OpenSSL's own heap of locked memory, which then takes its keys as well. Answers its size.
size_t openHeap()
{
#if defined(__SANITIZE_ADDRESS__)
    return 0; // the sanitizer sees no mistakes in it
#else
    for (const size_t size : sizes) {
        const int opened = CRYPTO_secure_malloc_init(size, smallestBlock);
        if (opened == 1)
            return size;
        // 2: it is there, but not locked
        if (opened == 2 && CRYPTO_secure_malloc_done() != 1)
            break;
    }
    qCWarning(log::crypto) << "the system locks no memory: keys may reach the swap";
    return 0;
#endif
}

void *lockedBlock(size_t size)
{
    if (lockedMemoryBytes() == 0 || size > maxLockedBlock)
        return nullptr;
    void *memory = OPENSSL_secure_zalloc(size);
    static std::atomic_flag told;
    if (!memory && !told.test_and_set())
        qCInfo(log::crypto) << "the locked memory is full: some keys may reach the swap";
    return memory;
}

} // namespace

size_t lockedMemoryBytes()
{
    static const size_t size = openHeap();
    return size;
}

void *allocateKeyMemory(size_t size)
{
    if (void *locked = lockedBlock(size))
        return locked;
    void *ordinary = OPENSSL_zalloc(size);
    Q_CHECK_PTR(ordinary);
    return ordinary;
}

void freeKeyMemory(void *memory, size_t size)
{
    OPENSSL_secure_clear_free(memory, size);
}

bool isLocked(const void *memory)
{
    return CRYPTO_secure_allocated(memory) == 1;
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/wiping_allocator_p.h"

#include <QtGlobal>

#include <openssl/crypto.h>
#include <sqlcipher/sqlite3.h>

#include <cstdlib>
#include <cstring>

namespace parvis::store {

namespace {

// The size stands before the block; the header keeps what follows aligned for any type.
struct alignas(std::max_align_t) Header {
    std::size_t size;
};

Header *headerOf(void *block)
{
    return static_cast<Header *>(block) - 1;
}

void *allocate(int size)
{
    auto *header = static_cast<Header *>(std::malloc(sizeof(Header) + std::size_t(size)));
    if (!header)
        return nullptr;
    header->size = std::size_t(size);
    return header + 1;
}

void release(void *block)
{
    if (!block)
        return;
    Header *header = headerOf(block);
    OPENSSL_cleanse(block, header->size);
    std::free(header);
}

// Never realloc(): it may move the block and leave the old bytes where they were.
void *reallocate(void *block, int size)
{
    void *moved = allocate(size);
    if (!moved)
        return nullptr;
    std::memcpy(moved, block, qMin(headerOf(block)->size, std::size_t(size)));
    release(block);
    return moved;
}

int sizeOf(void *block)
{
    return block ? int(headerOf(block)->size) : 0;
}

int roundUp(int size)
{
    return (size + 7) & ~7;
}

int start(void *)
{
    return SQLITE_OK;
}

void stop(void *) {}

} // namespace

void useWipingAllocator()
{
    sqlite3_mem_methods methods{allocate, release, reallocate, sizeOf, roundUp, start, stop, nullptr};
    [[maybe_unused]] const int code = sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
    Q_ASSERT_X(code == SQLITE_OK, "useWipingAllocator", "SQLite was used before");
}

void wipe(void *memory, std::size_t size)
{
    OPENSSL_cleanse(memory, size);
}

} // namespace parvis::store

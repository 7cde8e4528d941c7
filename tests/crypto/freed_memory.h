// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/base64.h"

#include <QByteArray>
#include <QByteArrayList>

#include <atomic>
#include <cstring>
#include <malloc.h>

// Every block that goes back to the heap passes here, ours and the libraries', and is searched for bytes that
// must not be in it. For the one source file of a test: it replaces free(). The sanitizers have a heap of
// their own, where this cannot work.
#if defined(__SANITIZE_ADDRESS__)
#define PARVIS_OWN_HEAP 0
#else
#define PARVIS_OWN_HEAP 1
#endif

namespace parvis::test {

/// A secret in its shapes: bytes, and base64 at its three offsets, as far as those bytes alone decide it.
struct Search {
    QByteArrayList needles;

    explicit Search(const QByteArray &secret) : needles{secret}
    {
        for (int offset = 0; offset < 3; ++offset) {
            const QByteArray text = toBase64(QByteArray(offset, '\0') + secret);
            needles.append(text.sliced(offset * 4 / 3 + 1).chopped(4));
        }
    }
};

inline std::atomic<const Search *> searched = nullptr;
inline std::atomic<int> found = 0;
inline thread_local bool searching = false;

inline void inspect(void *block)
{
    const Search *search = searched.load();
    const size_t size = malloc_usable_size(block);
    if (search && !searching) {
        searching = true;
        for (const QByteArray &needle : search->needles)
            if (memmem(block, size, needle.constData(), size_t(needle.size())))
                ++found;
        searching = false;
    }
    // What is left in the heap from before must not be found in a later block.
    std::memset(block, 0, size);
}

/// How many blocks with @p secret in them @p work gave back.
template <typename Work>
int leftBehind(const QByteArray &secret, const Work &work)
{
    const Search search(secret);
    found = 0;
    searched = &search;
    work();
    searched = nullptr;
    return found;
}

} // namespace parvis::test

#if PARVIS_OWN_HEAP
// NOLINTBEGIN(bugprone-reserved-identifier,misc-definitions-in-headers): the C library names them so
extern "C" {
void __libc_free(void *block);

void free(void *block)
{
    if (block)
        parvis::test::inspect(block);
    __libc_free(block);
}
}
// NOLINTEND(bugprone-reserved-identifier,misc-definitions-in-headers)
#endif

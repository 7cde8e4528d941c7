// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

/// What libFuzzer and seeded_main.cpp call with every input.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace parvis::fuzz {

/// A copy of exactly that size, so that a sanitizer sees every byte read beyond it.
[[nodiscard]] inline QByteArray bytes(const uint8_t *data, size_t size)
{
    return {reinterpret_cast<const char *>(data), qsizetype(size)};
}

/// A property that has to hold for every input.
inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    (void)std::fprintf(stderr, "fuzz: %s does not hold\n", what);
    std::abort();
}

} // namespace parvis::fuzz

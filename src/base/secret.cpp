// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/secret.h"

#include "base/locked_memory.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <cstring>
#include <utility>

namespace parvis {

namespace {

char *allocated(qsizetype size)
{
    return static_cast<char *>(allocateKeyMemory(size_t(size)));
}

} // namespace

Secret::Secret(QByteArrayView bytes)
    : m_data(bytes.isEmpty() ? nullptr : allocated(bytes.size())), m_size(bytes.size())
{
    if (m_data)
        std::memcpy(m_data, bytes.data(), size_t(m_size));
}

Secret::Secret(Secret &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0))
{
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        clear();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

Secret::~Secret()
{
    clear();
}

Secret Secret::random(qsizetype size)
{
    Q_ASSERT(size > 0);
    Secret secret;
    secret.m_data = allocated(size);
    secret.m_size = size;
    if (RAND_priv_bytes(reinterpret_cast<unsigned char *>(secret.m_data), int(size)) != 1)
        secret.clear();
    return secret;
}

bool Secret::equals(QByteArrayView other) const
{
    return m_size == other.size() && CRYPTO_memcmp(m_data, other.data(), size_t(m_size)) == 0;
}

void Secret::clear()
{
    freeKeyMemory(m_data, size_t(m_size));
    m_data = nullptr;
    m_size = 0;
}

void wipe(QByteArray &bytes)
{
    if (!bytes.isEmpty())
        OPENSSL_cleanse(bytes.data(), size_t(bytes.size()));
    bytes.clear();
}

} // namespace parvis

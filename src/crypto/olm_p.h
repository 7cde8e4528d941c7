// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "crypto/olm_account.h"
#include "crypto/olm_session.h"

#include <QByteArray>

#include <cstddef>
#include <memory>
#include <utility>

struct OlmAccount;
struct OlmSession;

/// \file
/// What the wrappers' sources share. Not for the rest of the module.
namespace parvis::crypto {

/// The memory of a libolm object, which the library lays out itself: locked where there is enough, and wiped
/// when it goes.
class OlmMemory
{
public:
    explicit OlmMemory(size_t size);
    OlmMemory(const OlmMemory &) = delete;
    OlmMemory &operator=(const OlmMemory &) = delete;
    ~OlmMemory();

    [[nodiscard]] void *data() { return m_bytes; }

private:
    void *m_bytes;
    size_t m_size;
};

/// An error of libolm as one of ours.
[[nodiscard]] tl::unexpected<Error> olmFailure(int olmErrorCode);

/// Random bytes for a call that wants @p size of them; an error where the system has none.
[[nodiscard]] Result<Secret> randomFor(size_t size);

/// What one pickle call needs: a copy that libolm may decode in place, wiped when it goes, and the key.
/// PARVIS_OLM_PICKLE for a key of other than 32 bytes and for what no pickle call can have written.
class PickleInput
{
public:
    [[nodiscard]] static Result<PickleInput> of(const QByteArray &pickle, const Secret &pickleKey);
    PickleInput(PickleInput &&) noexcept = default;
    ~PickleInput() { wipe(m_text); }

    [[nodiscard]] void *data() { return m_text.data(); }
    [[nodiscard]] size_t size() const { return size_t(m_text.size()); }

private:
    explicit PickleInput(QByteArray text) : m_text(std::move(text)) {}

    QByteArray m_text;
};

/// The number of bytes that a pickle key has.
constexpr qsizetype pickleKeyBytes = 32;

/// The longest text that is encrypted. A message has to fit into an event of 64 KiB anyway.
constexpr qsizetype maxPlaintextBytes = 64 * 1024;

/// A copy that libolm may decode in place.
[[nodiscard]] inline QByteArray scratch(QByteArrayView bytes)
{
    return bytes.toByteArray();
}

/// Wipes a buffer at the end of its scope.
class WipeLater
{
public:
    explicit WipeLater(QByteArray &bytes) : m_bytes(bytes) {}
    WipeLater(const WipeLater &) = delete;
    WipeLater &operator=(const WipeLater &) = delete;
    ~WipeLater() { wipe(m_bytes); }

private:
    QByteArray &m_bytes;
};

struct OlmAccount::Private {
    Private();
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;
    ~Private();
    [[nodiscard]] tl::unexpected<Error> failure() const;
    /// Reads the public keys; once, when the account is there.
    [[nodiscard]] Result<void> readIdentity();

    OlmMemory memory;
    ::OlmAccount *account;
    Curve25519Key curveKey;
    Ed25519Key signingKey;
};

struct OlmSession::Private {
    Private();
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;
    ~Private();
    [[nodiscard]] tl::unexpected<Error> failure() const;

    OlmMemory memory;
    ::OlmSession *session;
};

} // namespace parvis::crypto

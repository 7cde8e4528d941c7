// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/olm_account.h"

#include "crypto/olm_p.h"
#include "crypto/olm_session.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <olm/olm.h>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

OlmAccount::Private::Private() : memory(olm_account_size()), account(olm_account(memory.data())) {}

OlmAccount::Private::~Private()
{
    olm_clear_account(account);
}

tl::unexpected<Error> OlmAccount::Private::failure() const
{
    return olmFailure(olm_account_last_error_code(account));
}

Result<void> OlmAccount::Private::readIdentity()
{
    QByteArray json(qsizetype(olm_account_identity_keys_length(account)), '\0');
    if (olm_account_identity_keys(account, json.data(), size_t(json.size())) == olm_error())
        return failure();
    const auto keys = QJsonDocument::fromJson(json);
    curveKey = Curve25519Key(keys["curve25519"_L1].toString());
    signingKey = Ed25519Key(keys["ed25519"_L1].toString());
    return {};
}

OlmAccount::OlmAccount(std::unique_ptr<Private> p) : m_p(std::move(p)) {}
OlmAccount::OlmAccount(OlmAccount &&) noexcept = default;
OlmAccount &OlmAccount::operator=(OlmAccount &&) noexcept = default;
OlmAccount::~OlmAccount() = default;

Result<OlmAccount> OlmAccount::create()
{
    auto p = std::make_unique<Private>();
    auto random = randomFor(olm_create_account_random_length(p->account));
    if (!random)
        return tl::unexpected(random.error());
    QByteArray bytes = random->view().toByteArray();
    const WipeLater later(bytes);
    if (olm_create_account(p->account, bytes.data(), size_t(bytes.size())) == olm_error())
        return p->failure();
    if (auto read = p->readIdentity(); !read)
        return tl::unexpected(read.error());
    return OlmAccount(std::move(p));
}

Result<OlmAccount> OlmAccount::fromPickle(const QByteArray &pickle, const Secret &pickleKey)
{
    auto input = PickleInput::of(pickle, pickleKey);
    if (!input)
        return tl::unexpected(input.error());
    auto p = std::make_unique<Private>();
    if (olm_unpickle_account(p->account, pickleKey.view().data(), size_t(pickleKey.size()), input->data(),
                             input->size())
        == olm_error())
        return fail(ErrorKind::Crypto, u"PARVIS_OLM_PICKLE"_s);
    if (auto read = p->readIdentity(); !read)
        return tl::unexpected(read.error());
    return OlmAccount(std::move(p));
}

Result<QByteArray> OlmAccount::pickle(const Secret &pickleKey) const
{
    if (pickleKey.size() != pickleKeyBytes)
        return fail(ErrorKind::Crypto, u"PARVIS_OLM_PICKLE"_s);
    QByteArray out(qsizetype(olm_pickle_account_length(m_p->account)), '\0');
    if (olm_pickle_account(m_p->account, pickleKey.view().data(), size_t(pickleKey.size()), out.data(),
                           size_t(out.size()))
        == olm_error())
        return m_p->failure();
    return out;
}

const Curve25519Key &OlmAccount::curveKey() const
{
    return m_p->curveKey;
}

const Ed25519Key &OlmAccount::signingKey() const
{
    return m_p->signingKey;
}

Result<QByteArray> OlmAccount::sign(QByteArrayView message) const
{
    QByteArray signature(qsizetype(olm_account_signature_length(m_p->account)), '\0');
    if (olm_account_sign(m_p->account, message.data(), size_t(message.size()), signature.data(),
                         size_t(signature.size()))
        == olm_error())
        return m_p->failure();
    return signature;
}

Result<void> OlmAccount::generateOneTimeKeys(int count)
{
    const auto waiting = unpublishedOneTimeKeys();
    if (!waiting)
        return tl::unexpected(waiting.error());
    // libolm drops the oldest private keys without a word; see the header for which ones may go.
    if (count < 0 || count + waiting->size() > maxUnpublishedKeys)
        return fail(ErrorKind::Crypto, u"PARVIS_OLM_TOO_MANY_KEYS"_s);
    if (count == 0)
        return {};
    auto random = randomFor(olm_account_generate_one_time_keys_random_length(m_p->account, size_t(count)));
    if (!random)
        return tl::unexpected(random.error());
    QByteArray bytes = random->view().toByteArray();
    const WipeLater later(bytes);
    if (olm_account_generate_one_time_keys(m_p->account, size_t(count), bytes.data(), size_t(bytes.size()))
        == olm_error())
        return m_p->failure();
    return {};
}

namespace {

QHash<QString, Curve25519Key> curveKeys(const QByteArray &json)
{
    QHash<QString, Curve25519Key> keys;
    const QJsonObject object = QJsonDocument::fromJson(json)["curve25519"_L1].toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        keys.insert(it.key(), Curve25519Key(it.value().toString()));
    return keys;
}

} // namespace

Result<QHash<QString, Curve25519Key>> OlmAccount::unpublishedOneTimeKeys() const
{
    QByteArray json(qsizetype(olm_account_one_time_keys_length(m_p->account)), '\0');
    if (olm_account_one_time_keys(m_p->account, json.data(), size_t(json.size())) == olm_error())
        return m_p->failure();
    return curveKeys(json);
}

Result<void> OlmAccount::generateFallbackKey()
{
    const auto waiting = unpublishedFallbackKey();
    if (!waiting)
        return tl::unexpected(waiting.error());
    if (!waiting->isEmpty())
        return {};
    auto random = randomFor(olm_account_generate_fallback_key_random_length(m_p->account));
    if (!random)
        return tl::unexpected(random.error());
    QByteArray bytes = random->view().toByteArray();
    const WipeLater later(bytes);
    if (olm_account_generate_fallback_key(m_p->account, bytes.data(), size_t(bytes.size())) == olm_error())
        return m_p->failure();
    return {};
}

Result<QHash<QString, Curve25519Key>> OlmAccount::unpublishedFallbackKey() const
{
    QByteArray json(qsizetype(olm_account_unpublished_fallback_key_length(m_p->account)), '\0');
    if (olm_account_unpublished_fallback_key(m_p->account, json.data(), size_t(json.size())) == olm_error())
        return m_p->failure();
    return curveKeys(json);
}

void OlmAccount::markKeysAsPublished()
{
    olm_account_mark_keys_as_published(m_p->account);
}

void OlmAccount::forgetPreviousFallbackKey()
{
    olm_account_forget_old_fallback_key(m_p->account);
}

void OlmAccount::removeOneTimeKey(const OlmSession &session)
{
    // An error means that the key is gone already, as after a fallback key: nothing to do.
    olm_remove_one_time_keys(m_p->account, session.m_p->session);
}

} // namespace parvis::crypto

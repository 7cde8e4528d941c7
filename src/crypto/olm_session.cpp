// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/olm_session.h"

#include "crypto/olm_account.h"
#include "crypto/olm_p.h"
#include "crypto/primitives.h"

#include <olm/olm.h>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

OlmSession::Private::Private() : memory(olm_session_size()), session(olm_session(memory.data())) {}

OlmSession::Private::~Private()
{
    olm_clear_session(session);
}

tl::unexpected<Error> OlmSession::Private::failure() const
{
    return olmFailure(olm_session_last_error_code(session));
}

OlmSession::OlmSession(std::unique_ptr<Private> p) : m_p(std::move(p)) {}
OlmSession::OlmSession(OlmSession &&) noexcept = default;
OlmSession &OlmSession::operator=(OlmSession &&) noexcept = default;
OlmSession::~OlmSession() = default;

Result<OlmSession> OlmSession::outbound(const OlmAccount &account, const Curve25519Key &identityKey,
                                        const Curve25519Key &oneTimeKey)
{
    if (!isSafeKey(identityKey) || !isSafeKey(oneTimeKey))
        return fail(ErrorKind::Crypto, u"PARVIS_UNSAFE_KEY"_s);
    auto p = std::make_unique<Private>();
    auto random = randomFor(olm_create_outbound_session_random_length(p->session));
    if (!random)
        return tl::unexpected(random.error());
    QByteArray bytes = random->view().toByteArray();
    const WipeLater later(bytes);
    const QByteArray identity = identityKey.toString().toUtf8();
    const QByteArray oneTime = oneTimeKey.toString().toUtf8();
    if (olm_create_outbound_session(p->session, account.m_p->account, identity.constData(),
                                    size_t(identity.size()), oneTime.constData(), size_t(oneTime.size()),
                                    bytes.data(), size_t(bytes.size()))
        == olm_error())
        return p->failure();
    return OlmSession(std::move(p));
}

Result<OlmSession> OlmSession::inbound(const OlmAccount &account, const Curve25519Key &identityKey,
                                       const OlmMessage &preKey)
{
    const auto parts = preKeyParts(preKey);
    if (!parts)
        return tl::unexpected(parts.error());
    if (parts->identityKey != identityKey)
        return fail(ErrorKind::Crypto, u"PARVIS_OLM_BAD_MESSAGE"_s, u"another identity key"_s);
    auto p = std::make_unique<Private>();
    const QByteArray identity = identityKey.toString().toUtf8();
    auto body = checkOlmMessage(preKey);
    if (!body)
        return tl::unexpected(body.error());
    if (olm_create_inbound_session_from(p->session, account.m_p->account, identity.constData(),
                                        size_t(identity.size()), body->data(), size_t(body->size()))
        == olm_error())
        return p->failure();
    return OlmSession(std::move(p));
}

Result<OlmSession> OlmSession::fromPickle(const QByteArray &pickle, const Secret &pickleKey)
{
    auto input = PickleInput::of(pickle, pickleKey);
    if (!input)
        return tl::unexpected(input.error());
    auto p = std::make_unique<Private>();
    if (olm_unpickle_session(p->session, pickleKey.view().data(), size_t(pickleKey.size()), input->data(),
                             input->size())
        == olm_error())
        return fail(ErrorKind::Crypto, u"PARVIS_OLM_PICKLE"_s);
    return OlmSession(std::move(p));
}

Result<QByteArray> OlmSession::pickle(const Secret &pickleKey) const
{
    if (pickleKey.size() != pickleKeyBytes)
        return fail(ErrorKind::Crypto, u"PARVIS_OLM_PICKLE"_s);
    QByteArray out(qsizetype(olm_pickle_session_length(m_p->session)), '\0');
    if (olm_pickle_session(m_p->session, pickleKey.view().data(), size_t(pickleKey.size()), out.data(),
                           size_t(out.size()))
        == olm_error())
        return m_p->failure();
    return out;
}

SessionId OlmSession::id() const
{
    QByteArray id(qsizetype(olm_session_id_length(m_p->session)), '\0');
    if (olm_session_id(m_p->session, id.data(), size_t(id.size())) == olm_error())
        return {};
    return SessionId(QString::fromLatin1(id));
}

bool OlmSession::hasReceived() const
{
    return olm_session_has_received_message(m_p->session) != 0;
}

bool OlmSession::matches(const Curve25519Key &identityKey, const OlmMessage &preKey) const
{
    auto body = checkOlmMessage(preKey);
    if (!body || preKey.type != OlmMessage::Type::PreKey || !isSafeKey(identityKey))
        return false;
    const QByteArray identity = identityKey.toString().toUtf8();
    return olm_matches_inbound_session_from(m_p->session, identity.constData(), size_t(identity.size()),
                                            body->data(), size_t(body->size()))
        == 1;
}

Result<OlmMessage> OlmSession::encrypt(QByteArrayView plaintext)
{
    if (plaintext.size() > maxPlaintextBytes)
        return fail(ErrorKind::TooLarge, u"PARVIS_OLM_TOO_LARGE"_s);
    auto random = randomFor(olm_encrypt_random_length(m_p->session));
    if (!random)
        return tl::unexpected(random.error());
    QByteArray bytes = random->view().toByteArray();
    const WipeLater later(bytes);
    const auto type = static_cast<OlmMessage::Type>(olm_encrypt_message_type(m_p->session));
    QByteArray body(qsizetype(olm_encrypt_message_length(m_p->session, size_t(plaintext.size()))), '\0');
    const size_t size = olm_encrypt(m_p->session, plaintext.data(), size_t(plaintext.size()), bytes.data(),
                                    size_t(bytes.size()), body.data(), size_t(body.size()));
    if (size == olm_error())
        return m_p->failure();
    body.truncate(qsizetype(size));
    return OlmMessage{.type = type, .body = body};
}

Result<QByteArray> OlmSession::decrypt(const OlmMessage &message)
{
    const auto body = checkOlmMessage(message);
    if (!body)
        return body;
    const auto type = static_cast<size_t>(message.type);
    QByteArray copy = scratch(*body);
    const size_t room =
        olm_decrypt_max_plaintext_length(m_p->session, type, copy.data(), size_t(copy.size()));
    if (room == olm_error())
        return m_p->failure();
    QByteArray plaintext(qsizetype(room), '\0');
    copy = scratch(*body); // the length was read from a copy that is used up
    const size_t size = olm_decrypt(m_p->session, type, copy.data(), size_t(copy.size()), plaintext.data(),
                                    size_t(plaintext.size()));
    if (size == olm_error() || size > room)
        return m_p->failure();
    plaintext.truncate(qsizetype(size));
    return plaintext;
}

} // namespace parvis::crypto

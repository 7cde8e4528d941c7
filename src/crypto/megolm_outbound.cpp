// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/megolm_outbound.h"

#include "crypto/olm_p.h"

#include <olm/olm.h>
#include <olm/outbound_group_session.h>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

struct MegolmOutbound::Private {
    Private() : memory(olm_outbound_group_session_size()), session(olm_outbound_group_session(memory.data()))
    {
    }
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;
    ~Private() { olm_clear_outbound_group_session(session); }

    [[nodiscard]] tl::unexpected<Error> failure() const
    {
        return olmFailure(olm_outbound_group_session_last_error_code(session));
    }

    OlmMemory memory;
    OlmOutboundGroupSession *session;
};

MegolmOutbound::MegolmOutbound(std::unique_ptr<Private> p) : m_p(std::move(p)) {}
MegolmOutbound::MegolmOutbound(MegolmOutbound &&) noexcept = default;
MegolmOutbound &MegolmOutbound::operator=(MegolmOutbound &&) noexcept = default;
MegolmOutbound::~MegolmOutbound() = default;

Result<MegolmOutbound> MegolmOutbound::create()
{
    auto p = std::make_unique<Private>();
    auto random = randomFor(olm_init_outbound_group_session_random_length(p->session));
    if (!random)
        return tl::unexpected(random.error());
    QByteArray bytes = random->view().toByteArray();
    const WipeLater later(bytes);
    if (olm_init_outbound_group_session(p->session, reinterpret_cast<uint8_t *>(bytes.data()),
                                        size_t(bytes.size()))
        == olm_error())
        return p->failure();
    return MegolmOutbound(std::move(p));
}

Result<MegolmOutbound> MegolmOutbound::fromPickle(const QByteArray &pickle, const Secret &pickleKey)
{
    auto input = PickleInput::of(pickle, pickleKey);
    if (!input)
        return tl::unexpected(input.error());
    auto p = std::make_unique<Private>();
    if (olm_unpickle_outbound_group_session(p->session, pickleKey.view().data(), size_t(pickleKey.size()),
                                            input->data(), input->size())
        == olm_error())
        return fail(ErrorKind::Crypto, u"PARVIS_OLM_PICKLE"_s);
    return MegolmOutbound(std::move(p));
}

Result<QByteArray> MegolmOutbound::pickle(const Secret &pickleKey) const
{
    if (pickleKey.size() != pickleKeyBytes)
        return fail(ErrorKind::Crypto, u"PARVIS_OLM_PICKLE"_s);
    QByteArray out(qsizetype(olm_pickle_outbound_group_session_length(m_p->session)), '\0');
    if (olm_pickle_outbound_group_session(m_p->session, pickleKey.view().data(), size_t(pickleKey.size()),
                                          out.data(), size_t(out.size()))
        == olm_error())
        return m_p->failure();
    return out;
}

SessionId MegolmOutbound::id() const
{
    QByteArray id(qsizetype(olm_outbound_group_session_id_length(m_p->session)), '\0');
    if (olm_outbound_group_session_id(m_p->session, reinterpret_cast<uint8_t *>(id.data()), size_t(id.size()))
        == olm_error())
        return {};
    return SessionId(QString::fromLatin1(id));
}

quint32 MegolmOutbound::index() const
{
    return olm_outbound_group_session_message_index(m_p->session);
}

Result<Secret> MegolmOutbound::sessionKey() const
{
    QByteArray key(qsizetype(olm_outbound_group_session_key_length(m_p->session)), '\0');
    const WipeLater later(key);
    if (olm_outbound_group_session_key(m_p->session, reinterpret_cast<uint8_t *>(key.data()),
                                       size_t(key.size()))
        == olm_error())
        return m_p->failure();
    return Secret(key);
}

Result<QByteArray> MegolmOutbound::encrypt(QByteArrayView plaintext)
{
    if (plaintext.size() > maxPlaintextBytes)
        return fail(ErrorKind::TooLarge, u"PARVIS_OLM_TOO_LARGE"_s);
    QByteArray message(qsizetype(olm_group_encrypt_message_length(m_p->session, size_t(plaintext.size()))),
                       '\0');
    const size_t size = olm_group_encrypt(
        m_p->session, reinterpret_cast<const uint8_t *>(plaintext.data()), size_t(plaintext.size()),
        reinterpret_cast<uint8_t *>(message.data()), size_t(message.size()));
    if (size == olm_error())
        return m_p->failure();
    message.truncate(qsizetype(size));
    return message;
}

} // namespace parvis::crypto

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/megolm_inbound.h"

#include "base/base64.h"
#include "crypto/ed25519_point_p.h"
#include "crypto/message_fields_p.h"
#include "crypto/olm_p.h"
#include "crypto/primitives.h"

#include <olm/inbound_group_session.h>
#include <olm/olm.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

// Layouts of the Megolm specification: version, index, ratchet, signing key (, signature).
constexpr qsizetype signedKeyBytes = 1 + 4 + 128 + 32 + 64;
constexpr qsizetype exportedKeyBytes = 1 + 4 + 128 + 32;
constexpr qsizetype signingKeyAt = 1 + 4 + 128;
constexpr char signedKeyVersion = 2;
constexpr char exportedKeyVersion = 1;
constexpr char messageVersion = 3;
constexpr qsizetype signatureBytes = 64;
constexpr qsizetype maxMessageBytes = 128 * 1024;

tl::unexpected<Error> inboundRefused(const QString &code)
{
    return fail(ErrorKind::Crypto, code);
}

enum InboundTag : unsigned char { IndexTag = 0x08, CiphertextTag = 0x12 };

/// Length, version, a signing key of large order and, where there is one, the signature. Answers the key as
/// it may be handed on, without padding: libolm takes any letters for base64.
Result<QByteArray> checkedKey(const QByteArray &key, qsizetype size, char version)
{
    auto bytes = fromBase64(key);
    if (!bytes)
        return inboundRefused(u"PARVIS_MEGOLM_BAD_KEY"_s);
    const WipeLater later(*bytes);
    if (bytes->size() != size || bytes->at(0) != version)
        return inboundRefused(u"PARVIS_MEGOLM_BAD_KEY"_s);
    const QByteArrayView signingKey = QByteArrayView(*bytes).sliced(signingKeyAt, 32);
    if (!isSafeEd25519Key(signingKey))
        return inboundRefused(u"PARVIS_UNSAFE_KEY"_s);
    // A signature shows it; without one, a key that is no point would be kept, and open nothing.
    if (size == exportedKeyBytes && !isEd25519Point(signingKey))
        return inboundRefused(u"PARVIS_UNSAFE_KEY"_s);
    if (size == signedKeyBytes
        && !ed25519Verify(signingKey, QByteArrayView(*bytes).chopped(signatureBytes),
                          QByteArrayView(*bytes).last(signatureBytes)))
        return inboundRefused(u"PARVIS_MEGOLM_BAD_SIGNATURE"_s);
    return toBase64(*bytes);
}

/// The frame of a message, before its signature.
bool isWellFormed(QByteArrayView bytes)
{
    if (bytes.size() <= 1 + messageMacBytes || bytes[0] != messageVersion)
        return false;
    const auto fields =
        MessageFields::read(bytes.sliced(1).chopped(messageMacBytes), {IndexTag, CiphertextTag});
    return fields && fields->number(IndexTag) && isWholeBlocks(fields->bytes(CiphertextTag).size());
}

} // namespace

struct MegolmInbound::Private {
    Private() : memory(olm_inbound_group_session_size()), session(olm_inbound_group_session(memory.data())) {}
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;
    ~Private() { olm_clear_inbound_group_session(session); }

    [[nodiscard]] tl::unexpected<Error> failure() const
    {
        return olmFailure(olm_inbound_group_session_last_error_code(session));
    }

    /// @p message: checked, base64 without padding.
    [[nodiscard]] Result<Decrypted> decrypt(const QByteArray &message);

    OlmMemory memory;
    OlmInboundGroupSession *session;
};

Result<MegolmInbound::Decrypted> MegolmInbound::Private::decrypt(const QByteArray &message)
{
    QByteArray copy = scratch(message);
    const size_t room = olm_group_decrypt_max_plaintext_length(
        session, reinterpret_cast<uint8_t *>(copy.data()), size_t(copy.size()));
    if (room == olm_error())
        return inboundRefused(u"PARVIS_MEGOLM_BAD_MESSAGE"_s);
    copy = scratch(message); // the length was read from a copy that is used up
    QByteArray plaintext(qsizetype(room), '\0');
    quint32 index = 0;
    const size_t size =
        olm_group_decrypt(session, reinterpret_cast<uint8_t *>(copy.data()), size_t(copy.size()),
                          reinterpret_cast<uint8_t *>(plaintext.data()), size_t(plaintext.size()), &index);
    if (size == olm_error() || size > room) {
        const int code = olm_inbound_group_session_last_error_code(session);
        if (code == OLM_BAD_MESSAGE_MAC)
            return inboundRefused(u"PARVIS_MEGOLM_BAD_MAC"_s);
        if (code == OLM_UNKNOWN_MESSAGE_INDEX || code == OLM_BAD_SIGNATURE)
            return olmFailure(code);
        return inboundRefused(u"PARVIS_MEGOLM_BAD_MESSAGE"_s);
    }
    // libolm counts on past 2^32 - 1, with index 0; no creator does.
    if (index < olm_inbound_group_session_first_known_index(session))
        return inboundRefused(u"PARVIS_MEGOLM_UNKNOWN_INDEX"_s);
    plaintext.truncate(qsizetype(size));
    return Decrypted{.plaintext = plaintext, .index = index};
}

MegolmInbound::MegolmInbound(std::unique_ptr<Private> p) : m_p(std::move(p)) {}
MegolmInbound::MegolmInbound(MegolmInbound &&) noexcept = default;
MegolmInbound &MegolmInbound::operator=(MegolmInbound &&) noexcept = default;
MegolmInbound::~MegolmInbound() = default;

Result<MegolmInbound> MegolmInbound::fromSessionKey(const QByteArray &sessionKey)
{
    auto key = checkedKey(sessionKey, signedKeyBytes, signedKeyVersion);
    if (!key)
        return tl::unexpected(key.error());
    const WipeLater later(*key);
    auto p = std::make_unique<Private>();
    if (olm_init_inbound_group_session(p->session, reinterpret_cast<const uint8_t *>(key->data()),
                                       size_t(key->size()))
        == olm_error())
        return p->failure();
    return MegolmInbound(std::move(p));
}

Result<MegolmInbound> MegolmInbound::fromExport(const QByteArray &exportedKey)
{
    auto key = checkedKey(exportedKey, exportedKeyBytes, exportedKeyVersion);
    if (!key)
        return tl::unexpected(key.error());
    const WipeLater later(*key);
    auto p = std::make_unique<Private>();
    if (olm_import_inbound_group_session(p->session, reinterpret_cast<const uint8_t *>(key->data()),
                                         size_t(key->size()))
        == olm_error())
        return p->failure();
    return MegolmInbound(std::move(p));
}

Result<MegolmInbound> MegolmInbound::fromPickle(const QByteArray &pickle, const Secret &pickleKey)
{
    auto input = PickleInput::of(pickle, pickleKey);
    if (!input)
        return tl::unexpected(input.error());
    auto p = std::make_unique<Private>();
    if (olm_unpickle_inbound_group_session(p->session, pickleKey.view().data(), size_t(pickleKey.size()),
                                           input->data(), input->size())
        == olm_error())
        return inboundRefused(u"PARVIS_OLM_PICKLE"_s);
    return MegolmInbound(std::move(p));
}

Result<QByteArray> MegolmInbound::pickle(const Secret &pickleKey) const
{
    if (pickleKey.size() != pickleKeyBytes)
        return fail(ErrorKind::Crypto, u"PARVIS_OLM_PICKLE"_s);
    QByteArray out(qsizetype(olm_pickle_inbound_group_session_length(m_p->session)), '\0');
    if (olm_pickle_inbound_group_session(m_p->session, pickleKey.view().data(), size_t(pickleKey.size()),
                                         out.data(), size_t(out.size()))
        == olm_error())
        return m_p->failure();
    return out;
}

SessionId MegolmInbound::id() const
{
    QByteArray id(qsizetype(olm_inbound_group_session_id_length(m_p->session)), '\0');
    if (olm_inbound_group_session_id(m_p->session, reinterpret_cast<uint8_t *>(id.data()), size_t(id.size()))
        == olm_error())
        return {};
    return SessionId(QString::fromLatin1(id));
}

quint32 MegolmInbound::firstKnownIndex() const
{
    return olm_inbound_group_session_first_known_index(m_p->session);
}

Result<Secret> MegolmInbound::exportAt(quint32 index) const
{
    // libolm counts on past 2^32 - 1, and would call that index 0.
    if (index < firstKnownIndex())
        return inboundRefused(u"PARVIS_MEGOLM_UNKNOWN_INDEX"_s);
    QByteArray key(qsizetype(olm_export_inbound_group_session_length(m_p->session)), '\0');
    const WipeLater later(key);
    if (olm_export_inbound_group_session(m_p->session, reinterpret_cast<uint8_t *>(key.data()),
                                         size_t(key.size()), index)
        == olm_error())
        return m_p->failure();
    return Secret(key);
}

MegolmInbound::Comparison MegolmInbound::compare(const MegolmInbound &other) const
{
    const quint32 common = std::max(firstKnownIndex(), other.firstKnownIndex());
    const auto ours = exportAt(common);
    const auto theirs = other.exportAt(common);
    // The export holds the ratchet and the creator's key: the same bytes, the same session.
    if (id() != other.id() || !ours || !theirs || !ours->equals(theirs->view()))
        return Comparison::Unconnected;
    if (firstKnownIndex() == other.firstKnownIndex())
        return Comparison::Equal;
    return other.firstKnownIndex() < firstKnownIndex() ? Comparison::OtherIsBetter : Comparison::OtherIsWorse;
}

Result<MegolmInbound::Decrypted> MegolmInbound::decrypt(const QByteArray &message) const
{
    if (message.size() > maxMessageBytes)
        return inboundRefused(u"PARVIS_MEGOLM_BAD_MESSAGE"_s);
    const auto bytes = fromBase64(message);
    if (!bytes || bytes->size() <= signatureBytes)
        return inboundRefused(u"PARVIS_MEGOLM_BAD_MESSAGE"_s);
    const QByteArrayView content = QByteArrayView(*bytes).chopped(signatureBytes);
    if (!isWellFormed(content))
        return inboundRefused(u"PARVIS_MEGOLM_BAD_MESSAGE"_s);
    // libolm verifies the signature, and takes one that was altered into a second valid form
    // (CVE-2024-45193): the form is looked at here, which costs a hundredth of verifying twice.
    const auto creator = fromBase64(id().toString().toLatin1());
    if (!creator || !isStrictEd25519Form(*creator, QByteArrayView(*bytes).last(signatureBytes)))
        return inboundRefused(u"PARVIS_MEGOLM_BAD_SIGNATURE"_s);
    // Encoded anew: what libolm reads is exactly what was looked at.
    return m_p->decrypt(toBase64(*bytes));
}

} // namespace parvis::crypto

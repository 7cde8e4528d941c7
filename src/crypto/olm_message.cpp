// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/olm_message.h"

#include "base/base64.h"
#include "crypto/message_fields_p.h"
#include "crypto/primitives.h"
#include "crypto/sizes_p.h"

#include <QString>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype maxBodyBytes = 128 * 1024;
constexpr char olmVersion = 3;

enum Tag : unsigned char {
    OneTimeKey = 0x0a, ///< in a pre-key message
    BaseKey = 0x12,
    IdentityKey = 0x1a,
    InnerMessage = 0x22,
    RatchetKey = 0x0a, ///< in a normal message
    Counter = 0x10,
    Ciphertext = 0x22,
};

tl::unexpected<Error> bad()
{
    return fail(ErrorKind::Crypto, u"PARVIS_OLM_BAD_MESSAGE"_s);
}

Result<void> checkNormal(QByteArrayView bytes)
{
    if (bytes.size() <= 1 + messageMacBytes || bytes[0] != olmVersion)
        return bad();
    const auto fields =
        MessageFields::read(bytes.sliced(1).chopped(messageMacBytes), {RatchetKey, Counter, Ciphertext});
    if (!fields || fields->bytes(RatchetKey).size() != keyBytes || !fields->number(Counter)
        || !isWholeBlocks(fields->bytes(Ciphertext).size()))
        return bad();
    if (!isSafeCurve25519Key(fields->bytes(RatchetKey)))
        return fail(ErrorKind::Crypto, u"PARVIS_UNSAFE_KEY"_s);
    return {};
}

/// @p bytes has to outlive the answer.
Result<MessageFields> preKeyFields(QByteArrayView bytes)
{
    if (bytes[0] != olmVersion)
        return bad();
    auto fields = MessageFields::read(bytes.sliced(1), {OneTimeKey, BaseKey, IdentityKey, InnerMessage});
    if (!fields)
        return bad();
    for (const Tag tag : {OneTimeKey, BaseKey, IdentityKey}) {
        if (fields->bytes(tag).size() != keyBytes)
            return bad();
        if (!isSafeCurve25519Key(fields->bytes(tag)))
            return fail(ErrorKind::Crypto, u"PARVIS_UNSAFE_KEY"_s);
    }
    if (auto inner = checkNormal(fields->bytes(InnerMessage)); !inner)
        return tl::unexpected(inner.error());
    return *fields;
}

Result<QByteArray> decoded(const OlmMessage &message)
{
    if (message.body.size() > maxBodyBytes)
        return bad();
    auto bytes = fromBase64(message.body);
    if (!bytes || bytes->isEmpty())
        return bad();
    return bytes;
}

} // namespace

Result<QByteArray> checkOlmMessage(const OlmMessage &message)
{
    const auto bytes = decoded(message);
    if (!bytes)
        return bytes;
    const auto checked = message.type == OlmMessage::Type::PreKey
        ? preKeyFields(*bytes).map([](const MessageFields &) {})
        : checkNormal(*bytes);
    if (!checked)
        return tl::unexpected(checked.error());
    return toBase64(*bytes);
}

Result<PreKeyParts> preKeyParts(const OlmMessage &message)
{
    const auto bytes = decoded(message);
    if (!bytes || message.type != OlmMessage::Type::PreKey)
        return bad();
    return preKeyFields(*bytes).map([](const MessageFields &fields) {
        const auto key = [&](Tag tag) {
            return Curve25519Key(QString::fromLatin1(toBase64(fields.bytes(tag))));
        };
        return PreKeyParts{
            .oneTimeKey = key(OneTimeKey), .baseKey = key(BaseKey), .identityKey = key(IdentityKey)};
    });
}

} // namespace parvis::crypto

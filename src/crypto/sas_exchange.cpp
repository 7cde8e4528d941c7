// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "crypto/sas_exchange_p.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

using Kind = VerificationMessage::Kind;

constexpr QLatin1StringView method("m.sas.v1");
constexpr QLatin1StringView agreement("curve25519-hkdf-sha256");
constexpr QLatin1StringView hash("sha256");
constexpr QLatin1StringView macMethod("hkdf-hmac-sha256.v2");
constexpr QLatin1StringView emoji("emoji");
constexpr QLatin1StringView decimal("decimal");
constexpr qsizetype commitmentBytes = 32;
constexpr qsizetype maxKeys = 50;
constexpr qsizetype maxSasText = 255;

tl::unexpected<CancelCode> exchangeRefused(CancelCode code)
{
    return tl::unexpected(code);
}

QString keyId(const QString &name)
{
    return "ed25519:"_L1 + name;
}

} // namespace

SasExchange::SasExchange(Side own, Side other, QString flowId)
    : m_own(std::move(own)), m_other(std::move(other)), m_flow(std::move(flowId))
{
}

QJsonObject SasExchange::offer() const
{
    return {{"from_device"_L1, m_own.device.toString()},
            {"method"_L1, method},
            {"key_agreement_protocols"_L1, QJsonArray{agreement}},
            {"hashes"_L1, QJsonArray{hash}},
            {"message_authentication_codes"_L1, QJsonArray{macMethod}},
            {"short_authentication_string"_L1, QJsonArray{decimal, emoji}}};
}

std::optional<CancelCode> SasExchange::makePair()
{
    auto pair = newCurve25519Pair();
    if (!pair)
        return CancelCode::User; // no random numbers on this computer
    m_pair = *std::move(pair);
    return {};
}

SasStep SasExchange::started(const QByteArray &content)
{
    if (const auto failed = makePair())
        return exchangeRefused(*failed);
    m_starter = true;
    m_start = content;
    m_stage = Stage::Offered;
    return std::nullopt;
}

SasStep SasExchange::receiveStart(const VerificationMessage &message)
{
    if (m_stage != Stage::New)
        return exchangeRefused(CancelCode::UnexpectedMessage);
    const auto agreements = shortStrings(message.content, u"key_agreement_protocols"_s);
    const auto hashes = shortStrings(message.content, u"hashes"_s);
    const auto macs = shortStrings(message.content, u"message_authentication_codes"_s);
    const auto strings = shortStrings(message.content, u"short_authentication_string"_s);
    if (!agreements || !hashes || !macs || !strings)
        return exchangeRefused(CancelCode::InvalidMessage);
    if (!agreements->contains(agreement) || !hashes->contains(hash) || !macs->contains(macMethod)
        || !strings->contains(decimal))
        return exchangeRefused(CancelCode::UnknownMethod);
    if (const auto failed = makePair())
        return exchangeRefused(*failed);
    const auto commitment = sasCommitment(m_pair.publicKey, message.raw);
    if (!commitment)
        return exchangeRefused(CancelCode::InvalidMessage); // nothing that both sides would hash alike
    m_emoji = strings->contains(emoji);
    m_start = message.raw;
    m_stage = Stage::Accepting;
    return SasReply{
        Kind::Accept,
        {{"method"_L1, method},
         {"key_agreement_protocol"_L1, agreement},
         {"hash"_L1, hash},
         {"message_authentication_code"_L1, macMethod},
         {"short_authentication_string"_L1, m_emoji ? QJsonArray{decimal, emoji} : QJsonArray{decimal}},
         {"commitment"_L1, QString::fromLatin1(*commitment)}}};
}

SasStep SasExchange::receiveAccept(const RawObject &content)
{
    if (m_stage != Stage::Offered)
        return exchangeRefused(CancelCode::UnexpectedMessage);
    const auto strings = shortStrings(content, u"short_authentication_string"_s);
    const QByteArray commitment = content.text(u"commitment"_s).toLatin1();
    const auto bytes = fromBase64(commitment);
    if (!strings || !bytes || bytes->size() != commitmentBytes)
        return exchangeRefused(CancelCode::InvalidMessage);
    const bool known = content.text(u"key_agreement_protocol"_s) == agreement
        && content.text(u"hash"_s) == hash && content.text(u"message_authentication_code"_s) == macMethod
        && content.string(u"method"_s).value_or(method) == method;
    if (!known || !(strings->contains(decimal) || strings->contains(emoji)))
        return exchangeRefused(CancelCode::UnknownMethod);
    m_emoji = strings->contains(emoji);
    m_commitment = commitment;
    m_stage = Stage::KeySent;
    return keyMessage();
}

SasReply SasExchange::keyMessage() const
{
    return {Kind::Key, {{"key"_L1, m_pair.publicKey.toString()}}};
}

SasStep SasExchange::receiveKey(const RawObject &content)
{
    if (m_stage != (m_starter ? Stage::KeySent : Stage::Accepting))
        return exchangeRefused(CancelCode::UnexpectedMessage);
    const QString text = content.text(u"key"_s);
    if (text.isEmpty() || text.size() > maxSasText)
        return exchangeRefused(CancelCode::InvalidMessage);
    // The id of the key goes into what is compared: one spelling, whoever sent it.
    const auto bytes = fromBase64(text.toLatin1());
    if (!bytes)
        return exchangeRefused(CancelCode::InvalidMessage);
    const Curve25519Key theirs(QString::fromLatin1(toBase64(*bytes)));
    if (m_starter && !sasCommitmentHolds(m_commitment, theirs, m_start))
        return exchangeRefused(CancelCode::MismatchedCommitment);
    return agree(theirs);
}

SasStep SasExchange::agree(const Curve25519Key &theirs)
{
    auto shared = sasSharedSecret(m_pair, theirs);
    if (!shared)
        return exchangeRefused(CancelCode::KeyMismatch);
    const SasParty own{m_own.user, m_own.device, m_pair.publicKey};
    const SasParty other{m_other.user, m_other.device, theirs};
    const auto bytes =
        sasBytes(*shared, m_starter ? SasParties{own, other, m_flow} : SasParties{other, own, m_flow});
    if (!bytes)
        return exchangeRefused(CancelCode::KeyMismatch);
    m_shared = *std::move(shared);
    m_bytes = *bytes;
    m_stage = Stage::KeysKnown;
    return m_starter ? SasStep(std::nullopt) : SasStep(keyMessage());
}

SasStep SasExchange::receiveMac(const RawObject &content)
{
    if (m_stage != Stage::KeysKnown || m_theirs)
        return exchangeRefused(CancelCode::UnexpectedMessage);
    // Not RawObject::object(): it cannot tell a member that occurs twice from one that is not there.
    const auto listed = RawObject::parse(content.raw(u"mac"_s));
    const auto list = content.string(u"keys"_s);
    if (!listed || !list || list->size() > maxSasText || listed->names().size() > maxKeys)
        return exchangeRefused(CancelCode::InvalidMessage);
    SasMacs macs;
    macs.list = list->toLatin1();
    const QStringList names = listed->names();
    for (const QString &name : names) {
        const auto value = listed->string(name);
        if (!value || value->size() > maxSasText || name.size() > maxSasText)
            return exchangeRefused(CancelCode::InvalidMessage);
        macs.keys.insert(name, value->toLatin1());
    }
    const SasMacContext context{m_other.user, m_other.device, m_own.user, m_own.device, m_flow};
    if (!sasListHolds(m_shared, context, macs))
        return exchangeRefused(CancelCode::KeyMismatch);
    m_theirs = std::move(macs);
    return std::nullopt;
}

SasStep SasExchange::confirm(const QMap<QString, QString> &keys)
{
    if (!canBeCompared())
        return exchangeRefused(CancelCode::UnexpectedMessage);
    const SasMacContext context{m_own.user, m_own.device, m_other.user, m_other.device, m_flow};
    const auto macs = sasMacs(m_shared, context, keys);
    if (!macs)
        return exchangeRefused(CancelCode::User);
    QJsonObject all;
    for (auto it = macs->keys.cbegin(); it != macs->keys.cend(); ++it)
        all.insert(it.key(), QString::fromLatin1(*it));
    m_confirmed = true;
    return SasReply{Kind::Mac, {{"mac"_L1, all}, {"keys"_L1, QString::fromLatin1(macs->list)}}};
}

tl::expected<SasExchange::Vouched, CancelCode> SasExchange::vouched(const Ed25519Key &deviceKey,
                                                                    const Ed25519Key &master) const
{
    // CVE-2022-39250: a device that calls itself like the master key would have it signed.
    if (!m_theirs || m_other.device.toString() == master.toString())
        return tl::unexpected(CancelCode::KeyMismatch);
    const SasMacContext context{m_other.user, m_other.device, m_own.user, m_own.device, m_flow};
    Vouched found;
    const auto check = [&](const QString &id, const Ed25519Key &key, bool &holds) {
        if (key.isEmpty() || !m_theirs->keys.contains(id))
            return true;
        holds = sasKeyHolds(m_shared, context, *m_theirs, id, key.toString());
        return holds;
    };
    if (!check(keyId(m_other.device.toString()), deviceKey, found.device)
        || !check(keyId(master.toString()), master, found.master))
        return tl::unexpected(CancelCode::KeyMismatch);
    return found;
}

} // namespace parvis::crypto

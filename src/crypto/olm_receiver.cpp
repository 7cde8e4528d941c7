// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "crypto/olm_receiver_p.h"
#include "crypto/primitives.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype maxBody = 128 * 1024;

} // namespace

std::optional<OlmReceiver::Envelope> OlmReceiver::readEnvelope(const UserId &sender,
                                                               const RawObject &content) const
{
    // Another algorithm, Megolm above all, is never tried: a message for a room must not pass for a private
    // one.
    if (content.text(u"algorithm"_s) != QLatin1StringView(olmAlgorithm))
        return {};
    const Curve25519Key senderKey(content.text(u"sender_key"_s));
    const RawObject forUs = content.object(u"ciphertext"_s).object(m_step.own().keys.curve.toString());
    const auto type = forUs.integer(u"type"_s);
    const QByteArray body = forUs.text(u"body"_s).toLatin1();
    if (!type || (*type != 0 && *type != 1) || body.isEmpty() || body.size() > maxBody)
        return {};
    const auto bytes = fromBase64(body);
    if (!bytes || !isSafeKey(senderKey))
        return {};
    // Over the decoded bytes: another spelling of the same base64 is the same message.
    const QByteArray hash = sha256(senderKey.toString().toLatin1() + char(*type) + *bytes);
    return Envelope{sender, senderKey, OlmMessage{OlmMessage::Type(int(*type)), body}, hash};
}

std::optional<ReceivedOlm> OlmReceiver::receive(const UserId &sender, const RawObject &content)
{
    const auto envelope = readEnvelope(sender, content);
    if (!envelope)
        return {};
    const QPair<UserId, Curve25519Key> source(sender, envelope->senderKey);
    if (m_failures.value(source) >= maxFailuresPerDevice)
        return {};
    // Before anything is tried: a message for a fallback key could be read twice, as two new sessions.
    if (m_step.sessions.knowsHash(envelope->hash))
        return {};
    bool newSession = false;
    const auto plaintext = decrypt(*envelope, newSession);
    if (!plaintext) {
        if (++m_failures[source] == maxFailuresPerDevice)
            m_step.note(CryptoNote::Kind::TooManyBadMessages, sender, {}, {});
        failed(*envelope);
        return {};
    }
    m_step.sessions.addHash(envelope->hash, m_step.nowMs());
    auto message = readOlmPlaintext(*plaintext, sender, envelope->senderKey, m_step.own());
    if (!message) {
        m_step.note(CryptoNote::Kind::ToDeviceRejected, sender, {}, message.error().code);
        return {};
    }
    return identify(std::move(*message), newSession);
}

std::optional<QByteArray> OlmReceiver::decrypt(const Envelope &envelope, bool &newSession)
{
    if (envelope.message.type == OlmMessage::Type::PreKey)
        return decryptPreKey(envelope, newSession);
    for (auto &session : m_step.sessions.of(envelope.senderKey)) {
        auto plaintext = session->olm.decrypt(envelope.message);
        if (!plaintext)
            continue;
        const SessionId id = session->record.id; // the call moves sessions about
        m_step.sessions.received(envelope.senderKey, id, m_step.nowMs());
        return *plaintext;
    }
    return {};
}

std::optional<QByteArray> OlmReceiver::decryptPreKey(const Envelope &envelope, bool &newSession)
{
    for (auto &session : m_step.sessions.of(envelope.senderKey)) {
        if (!session->olm.matches(envelope.senderKey, envelope.message))
            continue;
        // Made for this session: when it fails there, a second session for the same key must not come about.
        auto plaintext = session->olm.decrypt(envelope.message);
        if (!plaintext)
            return {};
        const SessionId id = session->record.id;
        m_step.sessions.received(envelope.senderKey, id, m_step.nowMs());
        return *plaintext;
    }
    OlmAccount *account = m_step.olmAccount();
    if (!account)
        return {};
    auto session = OlmSession::inbound(*account, envelope.senderKey, envelope.message);
    if (!session)
        return {};
    // Only a message that decrypts uses up the one-time key; a forged one would else take keys away.
    auto plaintext = session->decrypt(envelope.message);
    if (!plaintext)
        return {};
    account->removeOneTimeKey(*session);
    m_step.accountChanged();
    const SessionId id = session->id();
    m_step.sessions.add(envelope.senderKey, std::move(*session), m_step.nowMs());
    m_step.sessions.received(envelope.senderKey, id, m_step.nowMs());
    newSession = true;
    return *plaintext;
}

std::optional<ReceivedOlm> OlmReceiver::identify(OlmPlaintext message, bool newSession)
{
    const UserId sender = message.sender;
    auto device = m_step.devices.find(sender, message.senderKey);
    if (device && device->signingKey != message.claimedKey) {
        m_step.note(CryptoNote::Kind::ToDeviceRejected, sender, device->device, u"PARVIS_OLM_SIGNING_KEY"_s);
        return {};
    }
    const bool dehydrated =
        (device && device->dehydrated) || (message.senderDeviceKeys && message.senderDeviceKeys->dehydrated);
    if (dehydrated) {
        m_step.note(CryptoNote::Kind::ToDeviceRejected, sender, {}, u"PARVIS_OLM_DEHYDRATED"_s);
        return {};
    }
    // A room key may come from a device that we have not heard of yet; whose it is, is asked when it is used.
    if (!device && !message.senderDeviceKeys && message.type != "m.room_key"_L1) {
        m_step.note(CryptoNote::Kind::ToDeviceRejected, sender, {}, u"PARVIS_OLM_UNKNOWN_DEVICE"_s);
        return {};
    }
    if (device && newSession) {
        ++device->wedgingIndex;
        device->noOlmSent = false;
        m_step.devices.put(*device);
        m_step.somethingChanged();
    }
    return ReceivedOlm{std::move(message), std::move(device)};
}

void OlmReceiver::failed(const Envelope &envelope)
{
    const auto device = m_step.devices.find(envelope.sender, envelope.senderKey);
    m_step.note(CryptoNote::Kind::ToDeviceUndecryptable, envelope.sender,
                device ? device->device : DeviceId(), {});
    if (device && device->curveKey != m_step.own().keys.curve)
        oweSession(m_step, *device);
}

void oweSession(CryptoStep &step, const DeviceRecord &device)
{
    const qint64 now = step.nowMs();
    const auto recent = [now](qint64 then) {
        return then > 0 && then <= now && now - then < OlmReceiver::unwedgeIntervalMs;
    };
    if (device.unwedgePending || device.dehydrated || recent(device.lastUnwedgeMs))
        return;
    for (const auto &session : step.sessions.of(device.curveKey)) {
        if (session->record.reaches(device.signingKey) && recent(session->record.createdMs))
            return;
    }
    DeviceRecord owed = device;
    owed.unwedgePending = true;
    owed.lastUnwedgeMs = now;
    step.devices.put(owed);
}

} // namespace parvis::crypto

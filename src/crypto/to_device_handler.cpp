// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/room_key_receiver_p.h"
#include "crypto/shared_history_p.h"
#include "crypto/sizes_p.h"
#include "crypto/to_device_handler_p.h"

#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

/// Types that carry keys or secrets: in clear, anyone on the way could have made them up.
bool mustBeEncrypted(const QString &type)
{
    static const QSet<QString> types{u"m.room_key"_s,
                                     u"m.forwarded_room_key"_s,
                                     u"m.secret.send"_s,
                                     u"io.element.msc4385.secret.push"_s,
                                     u"m.secret.push"_s,
                                     u"m.room_key_bundle"_s,
                                     u"io.element.msc4268.room_key_bundle"_s};
    return types.contains(type);
}

bool isRequest(const QString &type)
{
    return type == "m.secret.request"_L1 || type == "m.room_key_request"_L1;
}

bool needsSenderDeviceKeys(const QString &type)
{
    return type == "m.room_key_bundle"_L1 || type == "io.element.msc4268.room_key_bundle"_L1;
}

} // namespace

void ToDeviceHandler::handle(const QByteArray &json, SyncCryptoOutcome &outcome)
{
    if (json.size() > maxEventBytes)
        return;
    const auto event = RawObject::parse(json);
    if (!event)
        return;
    const UserId sender(event->text(u"sender"_s));
    const QString type = event->text(u"type"_s);
    if (sender.isEmpty() || sender.toString().size() > 255 || type.isEmpty()
        || !event->isObject(u"content"_s))
        return;
    if (type != "m.room.encrypted"_L1) {
        handleClear(sender, type, *event, outcome);
        return;
    }
    if (const auto received = m_receiver.receive(sender, event->object(u"content"_s)))
        handleDecrypted(*received, outcome);
}

void ToDeviceHandler::handleClear(const UserId &sender, const QString &type, const RawObject &event,
                                  SyncCryptoOutcome &outcome)
{
    if (mustBeEncrypted(type)) {
        m_step.note(CryptoNote::Kind::ToDeviceRejected, sender, {}, u"PARVIS_OLM_IN_CLEAR"_s);
        return;
    }
    if (type == "m.room_key.withheld"_L1) {
        receiveWithheld(m_step, sender, event.object(u"content"_s));
        return;
    }
    if (isRequest(type)) {
        m_gossip.requested(m_step, sender, type, event.object(u"content"_s), nullptr);
        return;
    }
    const QByteArray content = event.raw(u"content"_s);
    if (type == "m.dummy"_L1 || !QJsonDocument::fromJson(content).isObject())
        return;
    ReceivedToDevice clear;
    clear.sender = sender;
    clear.type = type;
    clear.content = content;
    outcome.toDevice.append(clear);
}

void ToDeviceHandler::handleDecrypted(const ReceivedOlm &received, SyncCryptoOutcome &outcome)
{
    const OlmPlaintext &message = received.message;
    if (message.type == "m.dummy"_L1)
        return; // its work was done by opening a session
    if (message.type == "m.room_key"_L1) {
        if (const auto news = receiveRoomKey(m_step, received); news && !outcome.roomKeys.contains(*news)) {
            outcome.roomKeys.append(*news);
            KeyGossip::keysAreHere(m_step, {{news->room, news->session}});
        }
        return;
    }
    if (message.type == "m.room_key.withheld"_L1) {
        receiveWithheld(m_step, message.sender, RawObject::parse(message.content).value_or(RawObject()));
        return;
    }
    if (isRequest(message.type)) {
        m_gossip.requested(m_step, message.sender, message.type,
                           RawObject::parse(message.content).value_or(RawObject()), &received);
        return;
    }
    if (message.type == "m.secret.send"_L1) {
        outcome.secretsCame = m_gossip.secretCame(m_step, received) || outcome.secretsCame;
        return;
    }
    if (message.type == "m.forwarded_room_key"_L1) {
        if (const auto news = m_gossip.keyCame(m_step, received); news && !outcome.roomKeys.contains(*news))
            outcome.roomKeys.append(*news);
        return;
    }
    // An Olm message holds no second one.
    if (message.type == "m.room.encrypted"_L1
        || (needsSenderDeviceKeys(message.type) && !message.senderDeviceKeys)) {
        m_step.note(CryptoNote::Kind::ToDeviceRejected, message.sender, {}, u"PARVIS_OLM_UNWANTED"_s);
        return;
    }
    if (needsSenderDeviceKeys(message.type)) {
        receiveBundle(m_step, received);
        outcome.bundleCame = true;
        return;
    }
    outcome.toDevice.append(
        {.sender = message.sender,
         .type = message.type,
         .content = message.content,
         .encrypted = true,
         .senderDevice = received.device ? received.device->device : message.senderDeviceKeys->device,
         .senderKey = message.senderKey,
         .senderSigningKey = message.claimedKey});
}

} // namespace parvis::crypto

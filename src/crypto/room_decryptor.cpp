// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/identity_trust_p.h"
#include "crypto/room_decryptor_p.h"
#include "crypto/room_key_receiver_p.h"
#include "crypto/session_choice_p.h"
#include "crypto/sizes_p.h"

#include <QJsonDocument>

#include <algorithm>
#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

using Reason = Undecryptable::Reason;

/// The clear part of an encrypted event, as far as it is believed: for finding the session, nothing else. The
/// clear `sender_key` and `device_id` are not read at all.
struct Envelope {
    UserId sender;
    EventId event;
    qint64 originServerTs = 0;
    SessionId session;
    QByteArray ciphertext;
    RawObject content;
};

Undecryptable unreadable(Reason reason, const SessionId &session = {})
{
    return {.reason = reason, .session = session, .withheldCode = {}};
}

tl::expected<Envelope, Undecryptable> readEnvelope(const QByteArray &json)
{
    const auto event = json.size() <= maxEventBytes
        ? RawObject::parse(json)
        : Result<RawObject>(fail(ErrorKind::TooLarge, u"PARVIS_BAD_JSON"_s));
    if (!event || event->text(u"type"_s) != "m.room.encrypted"_L1)
        return tl::unexpected(unreadable(Reason::Malformed));
    if (event->contains(u"state_key"_s))
        return tl::unexpected(unreadable(Reason::StateKey));
    Envelope envelope{.sender = UserId(event->text(u"sender"_s)),
                      .event = EventId(event->text(u"event_id"_s)),
                      .originServerTs = event->integer(u"origin_server_ts"_s).value_or(0),
                      .session = {},
                      .ciphertext = {},
                      .content = event->object(u"content"_s)};
    envelope.session = SessionId(envelope.content.text(u"session_id"_s));
    envelope.ciphertext = envelope.content.text(u"ciphertext"_s).toLatin1();
    const auto algorithm = envelope.content.string(u"algorithm"_s);
    if (envelope.sender.isEmpty() || envelope.event.isEmpty() || !algorithm)
        return tl::unexpected(unreadable(Reason::Malformed));
    if (*algorithm != QLatin1StringView(megolmAlgorithm))
        return tl::unexpected(unreadable(Reason::UnknownAlgorithm));
    if (envelope.session.isEmpty() || envelope.session.toString().size() > 255
        || envelope.ciphertext.isEmpty())
        return tl::unexpected(unreadable(Reason::Malformed));
    return envelope;
}

/// The relation of the clear part, where the plaintext has none: bridges and old clients leave it outside
/// alone.
QByteArray withRelation(const QByteArray &content, const RawObject &plain, const RawObject &clear)
{
    const auto name = u"m.relates_to"_s;
    const QByteArray relation = clear.raw(name);
    if (plain.contains(name) || !clear.isObject(name) || !QJsonDocument::fromJson(relation).isObject())
        return content;
    const QByteArray rest = content.trimmed().sliced(1);
    return "{\"m.relates_to\":" + relation + (plain.isEmpty() ? "" : ",") + rest;
}

/// Takes type and content out of the plaintext and nothing else: event id, sender, time, `unsigned`,
/// `redacts` are the envelope's, whatever the inside claims.
DecryptionResult readPlaintext(const QByteArray &plaintext, const RoomId &room, const Envelope &envelope)
{
    const auto inner = RawObject::parse(plaintext);
    if (!inner)
        return unreadable(Reason::BadPlaintext, envelope.session);
    const QString type = inner->text(u"type"_s);
    const QByteArray content = inner->raw(u"content"_s);
    if (type.isEmpty() || !QJsonDocument::fromJson(content).isObject())
        return unreadable(Reason::BadPlaintext, envelope.session);
    if (inner->text(u"room_id"_s) != room.toString())
        return unreadable(Reason::BadRoom, envelope.session);
    if (inner->contains(u"state_key"_s))
        return unreadable(Reason::StateKey, envelope.session);
    if (type == "m.room.encrypted"_L1)
        return unreadable(Reason::Nested, envelope.session);
    return DecryptedEvent{.type = type,
                          .content = withRelation(content, inner->object(u"content"_s), envelope.content),
                          .session = envelope.session,
                          .senderKey = {},
                          .senderDevice = {},
                          .shield = {}};
}

Undecryptable missing(CryptoStep &step, const RoomId &room, const SessionId &session, Reason reason)
{
    const auto hint = step.failure.take(step.store().withheld(room, session));
    return {.reason = reason, .session = session, .withheldCode = hint ? hint->code : QString()};
}

struct Opened {
    InboundSessionRecord session;
    MegolmInbound::Decrypted plaintext;
};

Reason reasonFor(const Error &error, const InboundSessionRecord &copy)
{
    if (error.code == "PARVIS_OLM_PICKLE"_L1)
        return Reason::MissingSession;
    if (error.code == "PARVIS_MEGOLM_UNKNOWN_INDEX"_L1)
        return Reason::UnknownIndex;
    // Nobody stands behind an import: that it does not fit says nothing of the message. The right key may
    // come.
    return copy.imported ? Reason::MissingSession : Reason::DecryptionFailed;
}

/// With the first copy that opens it; else why the first one did not.
tl::expected<Opened, Reason> open(CryptoStep &step, const QList<InboundSessionRecord> &copies,
                                  const QByteArray &ciphertext)
{
    std::optional<Reason> why;
    for (const InboundSessionRecord &copy : copies) {
        auto plaintext = step.readers.decrypt(copy.pickle, step.pickleKey(), ciphertext);
        if (plaintext)
            return Opened{copy, *std::move(plaintext)};
        why = why.value_or(reasonFor(plaintext.error(), copy));
    }
    return tl::unexpected(why.value_or(Reason::MissingSession));
}

} // namespace

QList<InboundSessionRecord> copiesFor(CryptoStep &step, QList<InboundSessionRecord> copies,
                                      const UserId &sender)
{
    copies.removeIf(
        [&](const InboundSessionRecord &copy) { return !copy.sender.isEmpty() && copy.sender != sender; });
    for (InboundSessionRecord &copy : copies)
        identifyOwner(step, copy, sender);
    const auto rank = [](const InboundSessionRecord &copy) {
        return std::tuple(-int(originOf(copy)), -int(copy.trust), copy.firstKnownIndex);
    };
    std::stable_sort(copies.begin(), copies.end(),
                     [&](const auto &a, const auto &b) { return rank(a) < rank(b); });
    return copies;
}

Shield shieldFor(CryptoStep &step, const InboundSessionRecord &session)
{
    if (session.senderKey == step.own().keys.curve && !session.imported)
        return {};
    if (session.imported)
        return {Shield::Colour::Grey, Shield::Reason::Unauthenticated, session.sharedBy};
    if (session.trust <= SenderTrust::OwnerCheckFailed)
        return {Shield::Colour::Red, Shield::Reason::UnknownDevice};
    if (identityView(step, session.sender).violated)
        return {Shield::Colour::Red, Shield::Reason::Violation};
    // Signed once is signed for ever: that the device is gone by now takes nothing from what it sent.
    if (session.trust >= SenderTrust::SignedDevice)
        return {};
    if (!step.devices.find(session.sender, session.senderKey))
        return {Shield::Colour::Red, Shield::Reason::UnknownDevice};
    return {Shield::Colour::Red, Shield::Reason::UnsignedDevice};
}

DecryptionResult decryptRoomEvent(CryptoStep &step, const RoomId &room, const QByteArray &event)
{
    const auto envelope = readEnvelope(event);
    if (!envelope)
        return envelope.error();
    const auto copies = step.rooms.inbound(room, envelope->session);
    if (copies.isEmpty())
        return missing(step, room, envelope->session, Reason::MissingSession);
    const auto ranked = copiesFor(step, copies, envelope->sender);
    // CVE-2025-48937: a server that puts another sender on the event must not make him the author. Nor does
    // the key that anybody passed on make the true sender a liar: his own may come.
    if (ranked.isEmpty())
        return missing(step, room, envelope->session, Reason::MismatchedSender);
    const auto opened = open(step, ranked, envelope->ciphertext);
    if (!opened) {
        const Reason reason = opened.error();
        return reason == Reason::DecryptionFailed ? unreadable(reason, envelope->session)
                                                  : missing(step, room, envelope->session, reason);
    }
    InboundSessionRecord session = opened->session;
    if (!copies.contains(session))
        step.rooms.put(session); // its owner is known now
    DecryptionResult result = readPlaintext(opened->plaintext.plaintext, room, *envelope);
    auto *decrypted = std::get_if<DecryptedEvent>(&result);
    if (!decrypted)
        return result;
    const ReplayRecord use{session.key(), envelope->sender, opened->plaintext.index, envelope->event,
                           envelope->originServerTs};
    if (!step.rooms.claimIndex(use))
        return unreadable(Reason::Replay, envelope->session);
    if (!std::exchange(session.opened, true)) {
        if (copies.size() > 1)
            session.backupVersion.clear(); // another copy may have gone there in its stead
        step.rooms.put(session);
    }
    decrypted->senderKey = session.senderKey;
    decrypted->senderDevice = session.senderDevice;
    decrypted->index = use.index;
    decrypted->shield = shieldFor(step, session);
    return result;
}

} // namespace parvis::crypto

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/identity_keeper_p.h"
#include "crypto/room_key_receiver_p.h"
#include "crypto/session_choice_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype maxIdLength = 255;
constexpr qsizetype maxCopiesPerSender = 4;
/// For rooms that we do not know (yet): a key may come before the sync that shows its room.
constexpr qsizetype maxStraysPerSender = 100;
/// And room, for rooms that we know. Whoever talks much has as many in twenty years.
constexpr qsizetype maxUnopenedPerSender = 2000;
constexpr qsizetype maxWithheldPerSender = 100; // and room; those that we do not know count as one
/// Of all strangers together. Devices hear of a key before they hear of its room, where the two come by
/// different ways; that is a matter of seconds.
constexpr qsizetype maxStrayWithheld = 2000;
constexpr qint64 strayWithheldLifeMs = 3'600'000;
constexpr qint64 withheldLifeMs = 30 * 24 * 3'600'000LL;
constexpr qsizetype maxSessionKey = 1024; // a session key is 306 characters

std::optional<InboundSessionRecord> readRoomKey(CryptoStep &step, const OlmPlaintext &message)
{
    const auto refuse = [&](const char *why) {
        step.note(CryptoNote::Kind::RoomKeyRejected, message.sender, {}, QLatin1StringView(why));
        return std::nullopt;
    };
    const auto content = RawObject::parse(message.content);
    if (!content || content->text(u"algorithm"_s) != QLatin1StringView(megolmAlgorithm))
        return refuse("algorithm");
    const RoomId room(content->text(u"room_id"_s));
    const SessionId session(content->text(u"session_id"_s));
    const QByteArray key = content->text(u"session_key"_s).toLatin1();
    if (room.isEmpty() || room.toString().size() > maxIdLength || key.isEmpty() || key.size() > maxSessionKey)
        return refuse("shape");
    auto megolm = MegolmInbound::fromSessionKey(key);
    if (!megolm)
        return refuse("session key");
    if (megolm->id() != session)
        return refuse("session id");
    auto pickle = megolm->pickle(step.pickleKey());
    if (!pickle)
        return refuse("pickle");
    return InboundSessionRecord{.room = room,
                                .session = session,
                                .pickle = *pickle,
                                .senderKey = message.senderKey,
                                .claimedKey = message.claimedKey,
                                .sharedHistory = readSharedHistory(*content),
                                .firstKnownIndex = megolm->firstKnownIndex(),
                                .receivedMs = step.nowMs()};
}

/// One session has one maker, so more copies from one user mean that somebody plays: the least trusted gives
/// way to a more trusted one, and none to its equals.
bool hasPlaceFor(CryptoStep &step, QList<InboundSessionRecord> copies, const InboundSessionRecord &offered)
{
    copies.removeIf([&](const InboundSessionRecord &copy) { return copy.sender != offered.sender; });
    if (copies.size() < maxCopiesPerSender)
        return true;
    const auto least = std::min_element(copies.cbegin(), copies.cend(),
                                        [](const auto &a, const auto &b) { return a.trust < b.trust; });
    if (least->trust >= offered.trust)
        return false;
    step.rooms.drop(least->key());
    return true;
}

/// Who sends keys need not be in the room: the oldest that opened nothing give way to the new one. Of
/// ourselves that holds for devices that our identity has not signed, which a server can make, and what they
/// send takes nothing from the others.
void limitUnopened(CryptoStep &step, const InboundSessionRecord &offered)
{
    const bool own = offered.sender == step.own().user;
    const bool known = step.rooms.room(offered.room).encrypted;
    if (own && known
        && (offered.trust >= SenderTrust::SignedDevice || offered.senderKey == step.own().keys.curve))
        return;
    const auto keys = known ? step.rooms.unopened(offered.room, offered.sender,
                                                  own ? SenderTrust::Violation : SenderTrust::VerifiedUser)
                            : step.rooms.strays(offered.sender);
    const qsizetype most = known ? maxUnopenedPerSender : maxStraysPerSender;
    for (qsizetype i = 0; i <= keys.size() - most; ++i)
        step.rooms.drop(keys.at(i));
}

/// The session's own signing key stands behind what came over Olm; behind an import stands nothing but what
/// it has opened.
bool givesWay(const InboundSessionRecord &stored, const InboundSessionRecord &offered)
{
    if (!stored.imported || !offered.imported)
        return stored.imported;
    return !stored.opened && originOf(offered) >= originOf(stored);
}

/// A hint more of this sender's about the room is kept; counted in this step.
bool hasPlaceForHint(CryptoStep &step, const RoomId &room, const UserId &sender)
{
    const qint64 since = step.nowMs() - withheldLifeMs;
    step.changes.forgetWithheldBeforeMs = since;
    const bool stray = !step.rooms.room(room).encrypted;
    if (stray && !step.strayWithheld)
        step.strayWithheld = step.failure.take(step.store().withheldCount({}, {}, since));
    if (stray && *step.strayWithheld >= maxStrayWithheld) {
        step.changes.forgetStrayWithheldBeforeMs = step.nowMs() - strayWithheldLifeMs;
        return false;
    }
    const QPair<RoomId, UserId> key(stray ? RoomId() : room, sender);
    if (!step.withheldBySender.contains(key))
        step.withheldBySender.insert(key,
                                     step.failure.take(step.store().withheldCount(key.first, sender, since)));
    qsizetype &count = step.withheldBySender[key];
    if (count >= maxWithheldPerSender)
        return false;
    ++count;
    if (stray)
        ++*step.strayWithheld;
    return true;
}

} // namespace

bool readSharedHistory(const RawObject &content)
{
    // The specification, what Element writes and reads, and the name from before both.
    for (const auto &name :
         {u"shared_history"_s, u"m.shared_history"_s, u"org.matrix.msc3061.shared_history"_s}) {
        if (content.boolean(name).value_or(false))
            return true;
    }
    return false;
}

bool identifyOwner(CryptoStep &step, InboundSessionRecord &record, const UserId &user)
{
    if (record.trust >= SenderTrust::SignedDevice || (!record.sender.isEmpty() && record.sender != user))
        return false;
    const auto device = step.devices.find(user, record.senderKey);
    if (!device)
        return false;
    const InboundSessionRecord before = record;
    if (record.claimedKey.isEmpty() || record.claimedKey == device->signingKey) {
        const auto identity = step.identities.find(user);
        record.trust = identity && device->isSignedBy(identity->selfSigning.key) ? SenderTrust::SignedDevice
                                                                                 : SenderTrust::DeviceKnown;
        record.sender = user;
        record.senderDevice = device->device;
    } else if (record.trust < SenderTrust::DeviceKnown) {
        record.trust = SenderTrust::OwnerCheckFailed;
        record.senderDevice = {};
    }
    return record != before;
}

std::optional<InboundSessionRecord> mergeSessions(const InboundSessionRecord &stored,
                                                  const InboundSessionRecord &offered,
                                                  const Secret &pickleKey)
{
    const auto mine = MegolmInbound::fromPickle(stored.pickle, pickleKey);
    const auto theirs = MegolmInbound::fromPickle(offered.pickle, pickleKey);
    if (!theirs)
        return {};
    if (!mine)
        return offered; // damaged: the key that came replaces it
    const bool sameSender = stored.senderKey == offered.senderKey
        && (stored.claimedKey == offered.claimedKey || stored.claimedKey.isEmpty()
            || offered.claimedKey.isEmpty() || (stored.imported && offered.imported));
    const auto comparison = mine->compare(*theirs);
    if (!sameSender || comparison == MegolmInbound::Comparison::Unconnected)
        return givesWay(stored, offered) ? std::optional(offered) : std::nullopt;
    InboundSessionRecord merged = stored;
    const bool reachesBack = comparison == MegolmInbound::Comparison::OtherIsBetter;
    const bool betterWay = originOf(offered) > originOf(stored);
    const bool moreTrusted = offered.trust > stored.trust || (offered.trust == stored.trust && betterWay);
    if (!reachesBack && !moreTrusted && !betterWay)
        return {};
    if (betterWay)
        merged.sharedBy = {}; // somebody passed on what is the person's own, or the maker's
    if (reachesBack) {
        merged.pickle = offered.pickle;
        merged.firstKnownIndex = theirs->firstKnownIndex();
        merged.backupVersion.clear();
    }
    if (moreTrusted) {
        merged.claimedKey = offered.claimedKey;
        merged.sender = offered.sender;
        merged.senderDevice = offered.senderDevice;
        merged.trust = offered.trust;
        merged.imported = offered.imported;
        merged.sharedHistory = offered.sharedHistory;
    }
    return merged;
}

std::optional<RoomKeyNews> receiveRoomKey(CryptoStep &step, const ReceivedOlm &received)
{
    auto offered = readRoomKey(step, received.message);
    if (!offered)
        return {};
    const UserId sender = received.message.sender;
    // Who holds the Olm key said whom he speaks for. That proves no owner, but events in anyone else's name
    // are not his, known device or not.
    offered->sender = sender;
    if (received.device || !received.message.senderDeviceKeys) {
        identifyOwner(step, *offered, sender);
    } else {
        // Not in the device list (yet), but its self-signed keys came along.
        offered->senderDevice = received.message.senderDeviceKeys->device;
        offered->trust = isSignedByOwner(step, sender, received.message.senderDeviceJson)
            ? SenderTrust::SignedDevice
            : SenderTrust::DeviceKnown;
    }
    const auto copies = step.rooms.inbound(offered->room, offered->session);
    const auto same = std::find_if(copies.cbegin(), copies.cend(), [&](const InboundSessionRecord &copy) {
        return copy.senderKey == offered->senderKey;
    });
    if (same == copies.cend() && !hasPlaceFor(step, copies, *offered))
        return {};
    if (same == copies.cend())
        limitUnopened(step, *offered);
    const auto kept = same == copies.cend() ? offered : mergeSessions(*same, *offered, step.pickleKey());
    if (!kept)
        return {};
    step.rooms.put(*kept);
    return RoomKeyNews{kept->room, kept->session};
}

void receiveWithheld(CryptoStep &step, const UserId &sender, const RawObject &content)
{
    const RoomId room(content.text(u"room_id"_s));
    const SessionId session(content.text(u"session_id"_s));
    const QString code = content.text(u"code"_s);
    const auto sane = [](const QString &text) { return !text.isEmpty() && text.size() <= maxIdLength; };
    if (code == "m.no_olm"_L1) {
        // It names neither room nor session: its sender found no way to write to us, so we open one. Whoever
        // made it up gains a session with the true device, once an hour.
        const auto device = step.devices.find(sender, Curve25519Key(content.text(u"sender_key"_s)));
        if (device && device->curveKey != step.own().keys.curve)
            oweSession(step, *device);
        return;
    }
    if (!sane(room.toString()) || !sane(session.toString()) || !sane(code)
        || content.text(u"algorithm"_s) != QLatin1StringView(megolmAlgorithm))
        return;
    if (hasPlaceForHint(step, room, sender))
        step.changes.withheld.append({room, session, code, sender, step.nowMs()});
}

} // namespace parvis::crypto

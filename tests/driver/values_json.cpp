// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "values_json.h"

#include "client/words.h"
#include "models/error_text.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

/// The Matrix type behind a line of the timeline, as far as the line tells.
QString eventType(const TimelineItem &item)
{
    switch (item.kind) {
    case ItemKind::Text:
    case ItemKind::Notice:
    case ItemKind::Emote:
    case ItemKind::Image:
    case ItemKind::File:
    case ItemKind::Audio:
    case ItemKind::Video:
    case ItemKind::Redacted:
    case ItemKind::Location:
    case ItemKind::Unknown:
        return u"m.room.message"_s;
    case ItemKind::Poll:
        return u"m.poll.start"_s;
    case ItemKind::Unreadable:
        return u"m.room.encrypted"_s;
    case ItemKind::State:
        break;
    }
    switch (item.change.what) {
    case StateChange::What::RoomCreated:
        return u"m.room.create"_s;
    case StateChange::What::EncryptionOn:
        return u"m.room.encryption"_s;
    case StateChange::What::RoomName:
        return u"m.room.name"_s;
    case StateChange::What::RoomTopic:
        return u"m.room.topic"_s;
    case StateChange::What::RoomPicture:
        return u"m.room.avatar"_s;
    case StateChange::What::JoinRule:
        return u"m.room.join_rules"_s;
    case StateChange::What::HistoryVisibility:
        return u"m.room.history_visibility"_s;
    case StateChange::What::PowerLevels:
        return u"m.room.power_levels"_s;
    case StateChange::What::Upgraded:
        return u"m.room.tombstone"_s;
    case StateChange::What::None:
    case StateChange::What::Joined:
    case StateChange::What::Left:
    case StateChange::What::Invited:
    case StateChange::What::InviteDeclined:
    case StateChange::What::InviteWithdrawn:
    case StateChange::What::Removed:
    case StateChange::What::Banned:
    case StateChange::What::Unbanned:
    case StateChange::What::DisplayName:
    case StateChange::What::Picture:
        return u"m.room.member"_s;
    }
    Q_UNREACHABLE();
    return {};
}

/// Resident memory in KiB; 0 where the system does not say.
qint64 residentKiB()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const auto fields = file.readAll().split(' ');
    return fields.size() > 1 ? fields[1].toLongLong() * 4 : 0;
}

QJsonObject toJson(const Error &error)
{
    return {{"kind"_L1, kindName(error.kind)}, {"code"_L1, error.code}, {"message"_L1, ErrorText::of(error)}};
}

} // namespace

QJsonObject toJson(const MediaInfo &media)
{
    QJsonObject json{{"name"_L1, media.name},
                     {"mime"_L1, media.mediaType},
                     {"encrypted"_L1, media.encrypted},
                     {"caption"_L1, media.caption}};
    if (media.bytes >= 0)
        json.insert("size"_L1, media.bytes);
    if (media.width > 0 && media.height > 0) {
        json.insert("w"_L1, media.width);
        json.insert("h"_L1, media.height);
    }
    return json;
}

QJsonObject toJson(const OutgoingFile &file)
{
    return {{"name"_L1, file.name}, {"mime"_L1, file.mediaType}, {"bytes"_L1, file.bytes}};
}

QJsonObject toJson(const SavedFile &saved)
{
    return {{"path"_L1, saved.path},
            {"sha256"_L1, QString::fromLatin1(saved.sha256.toHex())},
            {"bytes"_L1, saved.bytes},
            {"mime"_L1, saved.mediaType},
            {"scan"_L1, u"clean"_s}};
}

QJsonObject toJson(const FileTransfer &transfer)
{
    QJsonObject json{
        {"room"_L1, transfer.room.toString()}, {"done"_L1, transfer.done}, {"total"_L1, transfer.total}};
    if (!transfer.txn.isEmpty())
        json.insert("txn_id"_L1, transfer.txn.toString());
    if (!transfer.event.isEmpty())
        json.insert("event_id"_L1, transfer.event.toString());
    return json;
}

QJsonObject toJson(const SessionInfo &session)
{
    return {{"user_id"_L1, session.userId.toString()},
            {"device_id"_L1, session.deviceId.toString()},
            {"homeserver"_L1, session.homeserver},
            {"display_name"_L1, session.displayName},
            {"needs_sign_in"_L1, session.needsSignIn}};
}

QJsonObject toJson(const StoredAccount &account)
{
    static const QStringList words{u"ready"_s,           u"needs_passphrase"_s, u"keychain_absent"_s,
                                   u"keychain_locked"_s, u"keychain_empty"_s,   u"wrong_key"_s,
                                   u"damaged"_s,         u"newer_version"_s,    u"signed_out"_s};
    QJsonObject json{{"user_id"_L1, account.userId.toString()},
                     {"device_id"_L1, account.deviceId.toString()},
                     {"homeserver"_L1, account.homeserver},
                     {"state"_L1, words.value(int(account.state))}};
    if (account.problem)
        json.insert("problem"_L1, toJson(*account.problem));
    return json;
}

QJsonObject toJson(const ServerInfo &server)
{
    QJsonArray flows;
    if (server.flows.password)
        flows.append(u"password"_s);
    if (server.flows.sso)
        flows.append(u"sso"_s);
    if (server.flows.token)
        flows.append(u"token"_s);
    if (server.flows.oauth)
        flows.append(u"oauth"_s);
    return {{"base_url"_L1, server.baseUrl}, {"flows"_L1, flows}, {"external"_L1, false}};
}

QJsonObject toJson(const RoomSummary &room)
{
    return {{"room_id"_L1, room.roomId.toString()},
            {"name"_L1, room.name},
            {"kind"_L1, word(room.kind)},
            {"encrypted"_L1, room.encrypted},
            {"membership"_L1, word(room.membership)},
            {"unread"_L1, room.unread},
            {"notifications"_L1, room.notifications},
            {"highlight"_L1, room.highlight},
            {"marked_unread"_L1, room.markedUnread},
            {"favourite"_L1, room.favourite},
            {"low_priority"_L1, room.lowPriority},
            {"direct"_L1, room.direct},
            {"external"_L1, room.external || room.kind == RoomKind::External},
            {"replaced_by"_L1, room.replacedBy.isEmpty() ? QJsonValue() : room.replacedBy.toString()},
            {"replaced"_L1, room.replaced},
            {"last"_L1,
             QJsonObject{{"sender"_L1, room.last.sender.toString()},
                         {"preview"_L1, room.last.preview},
                         {"ts"_L1, room.last.ts},
                         {"readable"_L1, room.last.readable()}}}};
}

void addShield(QJsonObject &json, Shield shield, ShieldReason reason)
{
    json.insert("shield"_L1, word(shield));
    if (shield != Shield::None)
        json.insert("shield_reason"_L1, word(reason));
}

QJsonObject toJson(const TimelineItem &item)
{
    QJsonObject reactions;
    for (const MessageReaction &reaction : item.reactions) {
        reactions.insert(reaction.key, toJson(reaction.senders));
    }
    QJsonObject json{{"event_id"_L1, item.eventId.toString()},
                     {"state"_L1, item.state == SendState::Queued ? u"sending"_s : word(item.state)},
                     {"sender"_L1, item.sender.toString()},
                     {"ts"_L1, item.ts},
                     {"type"_L1, eventType(item)},
                     {"kind"_L1, word(item.kind)},
                     {"body"_L1, item.body},
                     {"encrypted"_L1, item.encrypted},
                     {"readable"_L1, item.readable()},
                     {"edited"_L1, item.edited},
                     {"reactions"_L1, reactions},
                     {"receipts"_L1, toJson(item.readBy)}};
    if (item.inThread > 0)
        json.insert("in_thread"_L1, item.inThread);
    if (!item.txnId.isEmpty())
        json.insert("txn_id"_L1, item.txnId.toString());
    if (!item.replyTo.isEmpty())
        json.insert("reply_to"_L1, item.replyTo.toString());
    if (!item.threadRoot.isEmpty())
        json.insert("thread"_L1, item.threadRoot.toString());
    addShield(json, item.shield, item.shieldReason);
    if (!item.sharedBy.isEmpty())
        json.insert("shared_by"_L1, item.sharedBy.toString());
    if (!item.readable()) {
        json.insert("reason"_L1, word(item.unreadable));
        json.insert("remedy"_L1, word(item.remedy));
    }
    if (item.error)
        json.insert("error"_L1, toJson(*item.error));
    if (item.hasMedia())
        json.insert("media"_L1, toJson(item.media));
    if (item.poll)
        json.insert("poll"_L1, toJson(*item.poll));
    if (!item.geoUri.isEmpty())
        json.insert("geo_uri"_L1, item.geoUri);
    return json;
}

QJsonObject toJson(const QueueItem &item)
{
    QJsonObject json{{"txn_id"_L1, item.txnId.toString()},
                     {"room"_L1, item.roomId.toString()},
                     {"state"_L1, word(item.state)},
                     {"attempts"_L1, item.attempts}};
    if (item.error)
        json.insert("error"_L1, toJson(*item.error));
    return json;
}

QJsonObject toJson(const MemberCard &member)
{
    return {{"user_id"_L1, member.userId.toString()},
            {"name"_L1, member.name},
            {"organisation"_L1, member.organisation},
            {"membership"_L1, word(member.membership)},
            {"power"_L1, member.power},
            {"external"_L1, member.external},
            {"trust"_L1, u"unsigned"_s}};
}

QJsonObject toJson(const DeviceCard &device)
{
    QJsonObject json{{"device_id"_L1, device.deviceId.toString()},
                     {"name"_L1, device.name},
                     {"trust"_L1, word(device.trust)},
                     {"this_device"_L1, device.thisDevice},
                     {"has_keys"_L1, device.hasKeys}};
    if (device.lastSeenMs > 0)
        json.insert("last_seen"_L1, device.lastSeenMs);
    return json;
}

QJsonObject toJson(const CryptoStatus &status)
{
    return {{"cross_signing"_L1, status.crossSigning},
            {"backup"_L1,
             QJsonObject{{"version"_L1, status.backupVersion},
                         {"trusted"_L1, status.backupTrusted},
                         {"readable"_L1, status.backupReadable},
                         {"lost"_L1, status.backupLost},
                         {"unwanted"_L1, status.backupUnwanted},
                         {"renewable"_L1, status.backupRenewable},
                         {"key_owed"_L1, status.backupKeyOwed},
                         {"to_upload"_L1, status.keysToBackUp}}},
            {"secret_storage"_L1, status.secretStorage},
            {"verified"_L1, status.verified},
            {"otk_count"_L1, status.oneTimeKeys},
            {"identity_exists"_L1, status.identityExists},
            {"identity_changed"_L1, status.identityChanged},
            {"identity_conflict"_L1, status.identityConflict},
            {"recovery_key_unseen"_L1, status.recoveryKeyUnseen},
            {"put_back"_L1, status.putBack},
            {"can_verify"_L1, status.canVerify},
            {"policy_rule"_L1, word(status.policyRule)},
            {"only_verified"_L1, status.onlyVerified}};
}

QJsonObject toJson(const ReaderCounts &counts)
{
    return {{"people"_L1, counts.people},
            {"devices"_L1, counts.devices},
            {"blocked"_L1, counts.blocked},
            {"unsigned"_L1, counts.notSigned},
            {"unverified"_L1, counts.notVerified},
            {"reading_unsigned"_L1, counts.readingUnsigned},
            {"reading_unsigned_people"_L1, counts.readingUnsignedPeople},
            {"violated"_L1, counts.violated}};
}

QJsonObject toJson(const RoomReaders &readers)
{
    QJsonArray people;
    for (const ReaderPerson &person : readers.people) {
        QJsonArray devices;
        for (const ReaderDevice &device : person.devices)
            devices.append(QJsonObject{{"device_id"_L1, device.deviceId.toString()},
                                       {"name"_L1, device.name},
                                       {"trust"_L1, word(device.trust)},
                                       {"exclusion"_L1, word(device.exclusion)}});
        people.append(QJsonObject{{"user_id"_L1, person.userId.toString()},
                                  {"name"_L1, person.name},
                                  {"own"_L1, person.own},
                                  {"identity"_L1, toJson(person.identity)},
                                  {"devices_known"_L1, person.devicesKnown},
                                  {"devices"_L1, devices}});
    }
    return {{"people"_L1, people},
            {"excluded"_L1, toJson(readers.counts)},
            {"rule"_L1, word(readers.rule)},
            {"only_verified"_L1, readers.onlyVerified}};
}

QJsonObject toJson(const RecoveryResult &result)
{
    return {{"backup"_L1, result.backup}, {"cross_signing"_L1, result.identity}};
}

QJsonObject toJson(const KeyCounts &counts)
{
    return {{"imported"_L1, counts.done}, {"total"_L1, counts.total}};
}

QJsonObject toJson(const PersonIdentity &identity)
{
    return {{"known"_L1, identity.known},
            {"verified"_L1, identity.verified},
            {"violated"_L1, identity.violated},
            {"changed"_L1, identity.changed}};
}

QJsonObject toJson(const VerificationInfo &verification)
{
    static const QStringList states{u"requested"_s, u"ready"_s, u"started"_s,   u"comparing"_s, u"scanned"_s,
                                    u"waiting"_s,   u"done"_s,  u"cancelled"_s, u"passive"_s};
    QJsonObject json{{"txn"_L1, verification.txn},
                     {"user"_L1, verification.user.toString()},
                     {"device"_L1, verification.device.toString()},
                     {"by_us"_L1, verification.byUs},
                     {"state"_L1, states.value(int(verification.state))},
                     {"can_sas"_L1, verification.canSas},
                     {"can_show"_L1, verification.canShow},
                     {"can_scan"_L1, verification.canScan}};
    if (!verification.room.isEmpty())
        json.insert("room"_L1, verification.room.toString());
    if (verification.state == VerificationInfo::State::Cancelled) {
        json.insert("code"_L1, verification.cancelCode);
        json.insert("reason"_L1, verification.reason);
        json.insert("cancelled_by_us"_L1, verification.cancelledByUs);
    }
    return json;
}

QJsonObject toJson(const EngineStatus &status)
{
    static const QStringList syncs{u"stopped"_s, u"connecting"_s, u"sliding"_s, u"v2"_s};
    return {{"connection"_L1, word(status.connection.state)},
            {"sync"_L1, syncs.value(int(status.sync))},
            {"queue_depth"_L1, status.queueDepth},
            {"to_device_pending"_L1, status.toDevicePending},
            {"otk_count"_L1, status.oneTimeKeys},
            {"rooms"_L1, status.rooms},
            {"position_age_ms"_L1, status.positionAgeMs},
            {"rss_kb"_L1, residentKiB()}};
}

QJsonObject toJson(const Connection &connection)
{
    QJsonObject json{{"state"_L1, word(connection.state)}};
    if (connection.reason)
        json.insert("reason"_L1, toJson(*connection.reason));
    return json;
}

} // namespace parvis::driver

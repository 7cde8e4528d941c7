// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/raw_object.h"
#include "crypto/backup_encryption.h"
#include "crypto/backup_uploads_p.h"
#include "crypto/exported_session.h"
#include "crypto/megolm_inbound.h"
#include "crypto/session_choice_p.h"

#include <QMap>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

Result<QByteArray> entryFor(CryptoStep &step, const BackupTarget &target, const InboundSessionRecord &record)
{
    const auto megolm = MegolmInbound::fromPickle(record.pickle, step.pickleKey());
    if (!megolm)
        return tl::unexpected(megolm.error());
    auto key = megolm->exportAt(megolm->firstKnownIndex());
    if (!key)
        return tl::unexpected(key.error());
    ExportedSession exported{.room = {},
                             .session = {},
                             .senderKey = record.senderKey,
                             .claimedKey = record.claimedKey,
                             .sessionKey = *std::move(key),
                             .sharedHistory = record.sharedHistory};
    QByteArray json = exported.toJson();
    const auto data = encryptForBackup(target.key, Secret(json));
    wipe(json);
    if (!data)
        return tl::unexpected(data.error());
    // Whether its device was verified is nothing that anybody could rely on: it is not said.
    return QByteArray("{\"first_message_index\":" + QByteArray::number(megolm->firstKnownIndex())
                      + ",\"forwarded_count\":" + (record.imported ? "1" : "0")
                      + ",\"is_verified\":false,\"session_data\":" + data->toJson() + '}');
}

} // namespace

QByteArray BackupUploads::bodyFor(CryptoStep &step, const BackupTarget &target,
                                  const QList<QPair<RoomId, SessionId>> &sessions)
{
    QMap<QString, QByteArrayList> byRoom;
    for (const auto &[room, session] : sessions) {
        const auto copies = step.rooms.inbound(room, session);
        for (const InboundSessionRecord &copy : copies) {
            if (mayLeave(copy))
                m_sent.append({copy.key(), copy.firstKnownIndex, copy.opened});
        }
        const auto best = bestCopy(copies, step.pickleKey());
        if (!best)
            continue; // one that cannot be read any more is not asked for again either
        if (const auto entry = entryFor(step, target, *best))
            byRoom[room.toString()].append(jsonString(session.toString()) + ':' + *entry);
    }
    QByteArrayList rooms;
    for (auto it = byRoom.cbegin(); it != byRoom.cend(); ++it)
        rooms.append(jsonString(it.key()) + ":{\"sessions\":{" + it.value().join(',') + "}}");
    return "{\"rooms\":{" + rooms.join(',') + "}}";
}

std::optional<OutgoingRequest> BackupUploads::request(CryptoStep &step,
                                                      const std::optional<BackupTarget> &target)
{
    if (m_upload && target && target->version == m_version)
        return m_upload;
    drop();
    if (!target || m_refusals.blocks(target->version, step.nowMs()))
        return {};
    const auto sessions = step.failure.take(step.store().sessionsToBackUp(target->version, batch));
    if (sessions.isEmpty())
        return {};
    m_version = target->version;
    m_upload = OutgoingRequest{RequestId(u"backup-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces)),
                               BackupUpload{target->version, bodyFor(step, *target, sessions)}};
    return m_upload;
}

void BackupUploads::answered(CryptoStep &step, const QByteArray &body)
{
    // What is marked as safe and is not is lost: a proxy's page says nothing.
    const auto answer = RawObject::parse(body);
    if (!answer || !answer->contains(u"etag"_s)) {
        m_refusals.failed(m_version, step.nowMs());
        return drop();
    }
    m_refusals.succeeded(m_version);
    for (const Sent &sent : std::as_const(m_sent)) {
        const auto copies = step.rooms.inbound(sent.key.room, sent.key.session);
        for (InboundSessionRecord copy : copies) {
            if (copy.key() != sent.key || copy.firstKnownIndex != sent.firstKnownIndex
                || copy.opened != sent.opened)
                continue; // a better one came meanwhile, or more is known of it
            copy.backupVersion = m_version;
            step.rooms.put(copy);
        }
    }
    drop();
}

bool BackupUploads::rejected(qint64 nowMs, const Error &error)
{
    m_refusals.failed(m_version, nowMs);
    drop();
    return error.code == "M_WRONG_ROOM_KEYS_VERSION"_L1 || error.code == "M_NOT_FOUND"_L1;
}

void BackupUploads::drop()
{
    m_upload.reset();
    m_sent.clear();
}

} // namespace parvis::crypto

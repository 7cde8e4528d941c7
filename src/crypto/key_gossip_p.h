// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/backup_versions_p.h"
#include "crypto/device_tracker_p.h"
#include "crypto/olm_receiver_p.h"
#include "crypto/session_claims_p.h"

#include <QPair>

namespace parvis::crypto {

/// What the devices of one person ask of each other: the account's secrets, and, where it is switched on,
/// keys of rooms (specification, "Sharing secrets" and "Key requests").
///
/// Only devices that this one knows to be the person's are asked, heard and answered, and only over Olm under
/// the keys that are stored of them (CVE-2021-40823, CVE-2022-39252, CVE-2022-39264). What is open is in the
/// store; each call continues from there.
class KeyGossip
{
public:
    /// An answer is for somebody who just asked; one that could not be given that long is not given any more.
    static constexpr qint64 patienceMs = 3'600'000;
    /// An own question that long without an answer is asked again.
    static constexpr qint64 askAgainMs = 24 * 3'600'000LL;
    /// Answers to one device within a day; and its questions that may wait.
    static constexpr qsizetype mostAnswers = 20;
    static constexpr qsizetype mostWaiting = 20;
    /// Keys of rooms that are asked for at once; and to one device within a day.
    static constexpr qsizetype mostKeys = 100;

    KeyGossip(DeviceTracker &tracker, SessionClaims &claims, BackupVersions &backups)
        : m_tracker(tracker), m_claims(claims), m_backups(backups)
    {
    }

    /// Takes in an `m.secret.request` or `m.room_key_request`, in clear or not: nobody is named by it who is
    /// not checked before the answer. @p received: where it came over Olm.
    void requested(CryptoStep &step, const UserId &sender, const QString &type, const RawObject &content,
                   const ReceivedOlm *received);
    /// Takes in an `m.secret.send`. True where a secret is here now that was not.
    [[nodiscard]] bool secretCame(CryptoStep &step, const ReceivedOlm &received);
    /// Takes in an `m.forwarded_room_key`.
    [[nodiscard]] std::optional<RoomKeyNews> keyCame(CryptoStep &step, const ReceivedOlm &received);
    /// The key of this session would be welcome; asks where that is switched on and was not done yet.
    void wantKey(CryptoStep &step, const RoomId &room, const SessionId &session);
    /// The same because the person asks: a question that is open already is put anew.
    void wantKeyNow(CryptoStep &step, const RoomId &room, const SessionId &session);
    /// These keys came by another way: whoever was asked for one hears that it is not needed any more.
    static void keysAreHere(CryptoStep &step, const QList<QPair<RoomId, SessionId>> &sessions);

    /// Answers what can be answered by now, asks for what is missing, ends what came by other ways. To be
    /// called whenever devices, Olm sessions, identity or backup may be others than before.
    void advance(CryptoStep &step);

private:
    /// A device of ours other than this one, known as the person's: signed by our verified identity, or
    /// compared here.
    [[nodiscard]] static bool isTrusted(CryptoStep &step, const DeviceRecord &device);
    [[nodiscard]] static QList<DeviceRecord> trustedDevices(CryptoStep &step);
    /// The trusted device that sent this; nothing: somebody else did, and that is noted.
    [[nodiscard]] static std::optional<DeviceRecord> trustedSender(CryptoStep &step,
                                                                   const ReceivedOlm &received);
    /// The open question of ours with this id; or for the key of this session.
    [[nodiscard]] static std::optional<GossipRecord> ownRequest(CryptoStep &step, const QString &id);
    [[nodiscard]] static std::optional<GossipRecord> ownRequest(CryptoStep &step, const RoomId &room,
                                                                const SessionId &session);
    [[nodiscard]] static QList<GossipRecord> open(CryptoStep &step);
    static void put(CryptoStep &step, const GossipRecord &row);
    static void drop(CryptoStep &step, const GossipRecord &row);
    /// Ends a question of ours, and tells everyone who was asked but @p except.
    static void end(CryptoStep &step, const GossipRecord &row, const DeviceId &except = {});
    static void ask(CryptoStep &step, GossipRecord row);

    /// What the server shows the public half of, and this device does not hold.
    [[nodiscard]] QStringList missing(CryptoStep &step);
    /// This device holds it, and it is that of the identity or backup which the server shows.
    [[nodiscard]] bool isHere(CryptoStep &step, const QString &name);
    [[nodiscard]] bool keep(CryptoStep &step, const QString &name, const Secret &secret);
    void serve(CryptoStep &step, QList<GossipRecord> rows);
    [[nodiscard]] bool answer(CryptoStep &step, const GossipRecord &row, const DeviceRecord &device);
    /// What answers the question, as type and content; empty: it is not here. Holds the secret.
    [[nodiscard]] std::pair<QString, QByteArray> answerTo(CryptoStep &step, const GossipRecord &row);
    [[nodiscard]] static QByteArray forwardedKey(CryptoStep &step, const GossipRecord &row);

    DeviceTracker &m_tracker;
    SessionClaims &m_claims;
    BackupVersions &m_backups;
};

} // namespace parvis::crypto

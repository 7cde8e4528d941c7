// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/device_tracker_p.h"
#include "crypto/megolm_outbound.h"
#include "crypto/session_claims_p.h"

namespace parvis::crypto {

/// Who may read the next message of a room: decides on recipients and rotation, and hands out the key.
///
/// What it remembers between calls is only a short cut ("nothing changed since this room was ready"); after a
/// restart everything is concluded again from the store.
class RoomKeySharing
{
public:
    static constexpr qsizetype devicesPerRequest = 250;
    /// How long a message waits for device lists before it goes to the devices that are known.
    static constexpr qint64 longestWaitMs = 5000;

    RoomKeySharing(DeviceTracker &tracker, SessionClaims &claims) : m_tracker(tracker), m_claims(claims) {}

    /// What one call of prepare found.
    struct Progress {
        bool ready = false;
        bool needsQuery = false;
        bool needsClaim = false;
        bool moreToShare = false;
        int callAgainMs = -1;
        std::optional<SessionId> session;
    };
    /// One piece of the work; the caller commits the step before it believes the progress. Unless
    /// @p evenViolated, fails with PARVIS_IDENTITY_VIOLATED where somebody who would read was verified and is
    /// another one now, with PARVIS_OWN_IDENTITY_CHANGED where we are, and with PARVIS_VERIFICATION_LAPSED
    /// where only our own identity, which vouched for them, is another one.
    [[nodiscard]] Result<Progress> prepare(CryptoStep &step, const RoomId &room, const RoomMembers &members,
                                           SharingStrategy strategy, bool evenViolated);
    /// To be called once the step that was ready is saved.
    void remember(const RoomId &room, const SessionId &session, quint64 generation);
    /// True while the room is as it was when it was last ready.
    [[nodiscard]] bool isReady(const RoomId &room, const SessionId &session, quint64 generation) const;

    /// A request with this room's key was refused for good: the session goes, and the next prepare fails with
    /// @p error.
    void shareRefused(CryptoStep &step, const RoomId &room, const Error &error);

    /// True where the session may not be used (again): too old, too much used, made under other rules.
    [[nodiscard]] static bool isSpent(const OutboundSessionRecord &session, const RoomEncryptionRecord &room,
                                      qint64 nowMs);

    /// Ourselves, who is in the room, and who is invited where the room lets them read.
    [[nodiscard]] static QList<UserId>
    usersToShareWith(const CryptoStep &step, const RoomEncryptionRecord &room, const RoomMembers &members);

private:
    struct Memo {
        SessionId session;
        quint64 generation = 0;
        size_t members = 0;
        qint64 checkAgainMs = 0; ///< some device was left out for now; 0: none was
        bool unchecked = false;  ///< made ready for what goes even to an exchanged identity: for nothing else
    };
    struct Recipients {
        QList<UserId> users;
        QList<DeviceRecord> toShare;
        QList<DeviceRecord> toClaim;
        QList<std::pair<DeviceRecord, QString>> toWithhold; ///< with the code
        bool someLeftOut = false;
    };
    using Shares = QHash<QPair<UserId, DeviceId>, ShareRecord>;

    [[nodiscard]] bool waitsForDevices(CryptoStep &step, const RoomId &room, const QList<UserId> &users,
                                       Progress &progress);
    /// Brings the session nearer to readiness: replaces it where it must go, withholds, claims, shares.
    [[nodiscard]] Result<void> advance(CryptoStep &step, const RoomEncryptionRecord &room,
                                       const QList<UserId> &users, SharingStrategy strategy,
                                       std::optional<OutboundSessionRecord> &session, Progress &progress);
    [[nodiscard]] static bool someoneLost(CryptoStep &step, const Shares &shares, const QList<UserId> &users,
                                          SharingStrategy strategy);
    [[nodiscard]] static Result<OutboundSessionRecord> makeSession(CryptoStep &step,
                                                                   const RoomEncryptionRecord &room);
    [[nodiscard]] Recipients sort(CryptoStep &step, const QList<UserId> &users, const Shares &shares,
                                  SharingStrategy strategy) const;
    [[nodiscard]] static Result<void> share(CryptoStep &step, const OutboundSessionRecord &session,
                                            const QList<DeviceRecord> &devices);
    static void withhold(CryptoStep &step, const OutboundSessionRecord &session,
                         const QList<std::pair<DeviceRecord, QString>> &devices);

    DeviceTracker &m_tracker;
    SessionClaims &m_claims;
    QHash<RoomId, Memo> m_ready;
    QHash<RoomId, qint64> m_waitingSince;
    QHash<RoomId, Error> m_refused;
};

} // namespace parvis::crypto

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/device_tracker_p.h"
#include "crypto/device_waits_p.h"
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
    /// Withheld from a device that cannot be reached: it has no Olm session with us, and gave no one-time
    /// key.
    static constexpr QLatin1StringView noOlm{"m.no_olm"};
    /// Withheld from a device whose Olm session does not encrypt.
    static constexpr QLatin1StringView unavailable{"m.unavailable"};

    /// Device lists came: of whom is right now, later trouble is trouble of its own.
    void devicesAnswered(CryptoStep &step);
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
        QList<DeviceRecord> leftOut; ///< that cannot be reached now, for no fault of their own
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
    /// Gives the key to these devices: from where they could not be reached, or have lost it; else from now
    /// on.
    [[nodiscard]] static Result<void> share(CryptoStep &step, const OutboundSessionRecord &session,
                                            const QList<DeviceRecord> &devices, const Shares &shares);
    [[nodiscard]] static Result<void> shareFrom(CryptoStep &step, const OutboundSessionRecord &session,
                                                const RatchetRecord &ratchet,
                                                const QList<DeviceRecord> &devices);
    /// Remembers from where on they should have been able to read.
    static void noteLeftOut(CryptoStep &step, const OutboundSessionRecord &session,
                            const QList<DeviceRecord> &devices, const Shares &shares);
    static void withhold(CryptoStep &step, const OutboundSessionRecord &session,
                         const QList<std::pair<DeviceRecord, QString>> &devices);

    DeviceTracker &m_tracker;
    SessionClaims &m_claims;
    QHash<RoomId, Memo> m_ready;
    DeviceWaits m_waits;
    QHash<RoomId, Error> m_refused;
};

} // namespace parvis::crypto

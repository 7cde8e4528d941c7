// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/raw_object.h"
#include "crypto/back_off_p.h"
#include "crypto/crypto_step_p.h"

namespace parvis::crypto {

/// Whose devices we follow, and the /keys/query requests that keep the lists right.
///
/// Every invalidation has a number; a query carries the number at the time it was made, and its answer makes
/// a user current only if nothing invalidated them since (specification: tracking the device list, race
/// rule).
///
/// One user can make an answer that is not read, with devices that are large enough. The query is halved
/// then, down to one user: who is it alone is left alone for a while, stays outdated, and is asked for alone
/// from then on. Nobody else's list waits for that one.
class DeviceTracker
{
public:
    static constexpr qsizetype usersPerQuery = 250;
    static constexpr qint64 longestAsideMs = 60 * 60'000;
    static constexpr qsizetype maxDevicesPerUser = 1000;
    /// Signatures checked per answer; users beyond it are asked for again. About half a second.
    static constexpr qsizetype maxChecksPerAnswer = 4000;

    /// Follows users who are not followed yet; they count as outdated.
    void track(CryptoStep &step, const QList<UserId> &users);
    /// Marks followed users as outdated; others are ignored.
    void invalidate(CryptoStep &step, const QList<UserId> &users);
    /// What an answer that is on its way says of @p user was so before: it is left out, and asked for again.
    void disregardAnswer(CryptoStep &step, const UserId &user);
    /// Marks everyone as outdated, for after a lost sync position.
    void invalidateAll(CryptoStep &step);

    /// The query in flight, or a new one if somebody is outdated.
    [[nodiscard]] std::optional<OutgoingRequest> request(CryptoStep &step);
    [[nodiscard]] bool owns(const RequestId &id) const { return m_query && m_query->id == id; }
    /// Until the first wait after a failure ends, in milliseconds; -1: none runs.
    [[nodiscard]] qint64 leftMs(qint64 nowMs) const
    {
        return sooner(sooner(m_servers.leftMs(nowMs), m_requests.leftMs(nowMs)), m_aside.leftMs(nowMs));
    }
    /// Fails where the answer is not even an object; the query is dropped and made again later.
    [[nodiscard]] Result<AnswerOutcome> answered(CryptoStep &step, const QByteArray &body);
    /// The query is not worth repeating as it is.
    void rejected(CryptoStep &step, const Error &error);

    /// Those of @p users whose list is outdated and who, or whose server, are not in their back-off.
    [[nodiscard]] QList<UserId> awaited(CryptoStep &step, const QList<UserId> &users) const;
    /// True where a user's list is outdated, for whatever reason.
    [[nodiscard]] static bool anyOutdated(CryptoStep &step, const QList<UserId> &users);

private:
    struct Query {
        RequestId id;
        QList<UserId> users;
        quint64 sequence;
        QList<UserId> disregarded = {};
    };
    /// An answer of /keys/query, by its parts.
    struct Answer {
        RawObject devices;
        RawObject masters;
        RawObject selfSigning;
        RawObject userSigning;
    };
    struct Budget {
        qsizetype checks = maxChecksPerAnswer;
        QList<UserId> changed;
    };
    /// False: the budget ran out before this user was done.
    [[nodiscard]] static bool takeUser(CryptoStep &step, const UserId &user, const Answer &answer,
                                       Budget &budget);
    [[nodiscard]] static bool takeDevices(CryptoStep &step, const UserId &user, const RawObject &devices,
                                          Budget &budget);
    /// The device is as before; its owner's key may not be.
    static bool checkAgain(CryptoStep &step, DeviceRecord device, const Ed25519Key &owner, Budget &budget);
    static bool takeDevice(CryptoStep &step, const UserId &user, const DeviceId &device,
                           const QByteArray &json, Budget &budget);
    static void takeOwnDevice(CryptoStep &step, const RawObject &users);
    void becameCurrent(CryptoStep &step, const UserId &user) const;
    [[nodiscard]] static KeysQuery build(const QList<UserId> &users);
    [[nodiscard]] QList<UserId> nextUsers(CryptoStep &step) const;
    [[nodiscard]] bool isLeftAlone(const UserId &user, qint64 nowMs) const;

    std::optional<Query> m_query;
    quint64 m_sequence = 0;
    quint64 m_allInvalidatedAt = 0;
    QHash<UserId, quint64> m_invalidatedAt;
    BackOff<QString> m_servers;
    BackOff<int> m_requests;
    BackOff<UserId> m_aside{15'000, longestAsideMs}; ///< no answer about them alone was of use
    qsizetype m_most = usersPerQuery;                ///< so many in one query, after what became of the last
};

/// The part of a user id after the first colon; empty if there is none.
[[nodiscard]] QString serverOf(const UserId &user);

} // namespace parvis::crypto

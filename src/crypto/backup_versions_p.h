// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/back_off_p.h"
#include "crypto/crypto_step_p.h"

#include <utility>

namespace parvis::crypto {

/// The backup that keys may go to.
struct BackupTarget {
    QString version;
    Curve25519Key key;
    bool holdsPrivateKey = false; ///< this device can read it, too
};

/// Knows which backup the server shows, whether it is ours, and its private key.
///
/// Ours is a backup whose private key we hold; where we hold none, one that our own verified identity has
/// signed, or a verified device while we have no identity: looked for by the keys that we have stored,
/// whatever ids the signatures name (CVE-2022-39250). It is judged anew whenever something of that has
/// changed.
class BackupVersions
{
public:
    static constexpr auto secretName = "m.megolm_backup.v1";

    /// Asks the server which backup is the current one; until it has answered, none is used.
    void check();
    /// The same where it was asked before: what is ours may be seen otherwise by now.
    void checkAgain();
    /// The server's answer; nothing: there is none.
    [[nodiscard]] Result<void> seen(CryptoStep &step, const std::optional<QByteArray> &body);
    [[nodiscard]] BackupView view(CryptoStep &step);
    /// Where keys go now; nothing: nowhere.
    [[nodiscard]] std::optional<BackupTarget> target(CryptoStep &step);

    /// The body that makes a new backup on the server. The same key in every call until it is the server's.
    [[nodiscard]] static Result<QByteArray> begin(CryptoStep &step);
    /// Whether the private key is still to be written to the secret storage: until it is, this device alone
    /// can read the backup. Noted before the server makes it.
    [[nodiscard]] static Result<void> oweKey(CryptoStep &step, bool owed);
    /// The private key goes, and one that waits: with the identity to which its backup belonged.
    [[nodiscard]] static Result<void> forgetKey(CryptoStep &step);
    /// The server made it, under this version.
    [[nodiscard]] Result<void> accepted(CryptoStep &step, const QString &version);
    /// A private key from elsewhere. False: it is not that of the server's current backup, and was not kept.
    [[nodiscard]] Result<bool> take(CryptoStep &step, const Secret &key);

    /// A key that another device of ours gave, for a backup that our identity has signed. Where it is not
    /// that of the backup that was seen last, the server is asked anew, and the key waits until it shows one
    /// that it belongs to.
    [[nodiscard]] Result<bool> offer(CryptoStep &step, const Secret &key);
    /// The server shows a backup, and its private key is here; or is not.
    [[nodiscard]] bool holdsKey(CryptoStep &step);
    [[nodiscard]] bool lacksKey(CryptoStep &step);
    /// A key that waited turned out to be that of the backup, since this was last asked.
    [[nodiscard]] bool opened() { return std::exchange(m_opened, false); }

    [[nodiscard]] std::optional<OutgoingRequest> request(CryptoStep &step);
    [[nodiscard]] bool owns(const RequestId &id) const { return m_query && m_query->id == id; }
    /// Until the first wait after a failure ends, in milliseconds; -1: none runs.
    [[nodiscard]] qint64 leftMs(qint64 nowMs) const { return m_refusals.leftMs(nowMs); }
    [[nodiscard]] Result<void> answered(CryptoStep &step, const QByteArray &body);
    [[nodiscard]] Result<void> rejected(CryptoStep &step, const Error &error);

private:
    struct Seen {
        QString version;
        Curve25519Key key;
        QByteArray authData;
    };
    [[nodiscard]] static std::optional<Seen> parse(const QByteArray &body);
    void judge(CryptoStep &step);
    /// What was judged goes into the store, and a loss is told.
    void remember(CryptoStep &step) const;
    [[nodiscard]] Result<void> settle(CryptoStep &step, const Curve25519Key &shown);

    bool m_wanted = false;
    std::optional<OutgoingRequest> m_query;
    BackOff<int> m_refusals;
    bool m_known = false; ///< the server has answered
    bool m_exists = false;
    std::optional<Seen> m_seen; ///< one of the kind that we know
    std::optional<quint64> m_judgedAt;
    bool m_ours = false;
    bool m_holdsKey = false;
    bool m_opened = false;
};

} // namespace parvis::crypto

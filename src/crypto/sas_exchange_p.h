// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/verification_message_p.h"

#include <QJsonObject>

namespace parvis::crypto {

/// One message that a step of the exchange sends; the verification adds its id.
struct SasReply {
    VerificationMessage::Kind kind;
    QJsonObject content;
};

/// Why the exchange must end, or what to send now.
using SasStep = tl::expected<std::optional<SasReply>, CancelCode>;

/// m.sas.v1 from the start event on: who sends which key when, and what is vouched for in the end. Knows no
/// devices and no trust; only who talks to whom.
///
/// The order is start, accept, the starter's key, the accepter's key, then a mac from each side. Whatever
/// comes at another time ends it, and nothing of it can be done twice.
class SasExchange
{
public:
    struct Side {
        UserId user;
        DeviceId device;
    };

    SasExchange(Side own, Side other, QString flowId);

    /// The content of our start.
    [[nodiscard]] QJsonObject offer() const;
    /// Our start went out with exactly these bytes.
    [[nodiscard]] SasStep started(const QByteArray &content);

    /// Answers with our accept.
    [[nodiscard]] SasStep receiveStart(const VerificationMessage &message);
    [[nodiscard]] SasStep receiveAccept(const RawObject &content);
    [[nodiscard]] SasStep receiveKey(const RawObject &content);
    /// The macs are kept until both sides have said that the emoji are the same.
    [[nodiscard]] SasStep receiveMac(const RawObject &content);
    /// The person says that they are the same: our mac over @p keys, public keys by their ids.
    [[nodiscard]] SasStep confirm(const QMap<QString, QString> &keys);

    /// We sent a start and nobody has accepted it: the other side's own may still win over it.
    [[nodiscard]] bool isOnlyOffered() const { return m_stage == Stage::Offered; }
    [[nodiscard]] bool canBeCompared() const { return m_stage == Stage::KeysKnown && !m_confirmed; }
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    [[nodiscard]] bool hasEmoji() const { return m_emoji; }
    /// Both have vouched.
    [[nodiscard]] bool isComplete() const { return m_confirmed && m_theirs; }

    /// What the other side vouches for, out of the keys that we know.
    struct Vouched {
        bool device = false;
        bool master = false;
    };
    /// Decides by the keys' values: an id that names both a device and the identity names nothing.
    [[nodiscard]] tl::expected<Vouched, CancelCode> vouched(const Ed25519Key &deviceKey,
                                                            const Ed25519Key &master) const;

private:
    enum class Stage { New, Offered, Accepting, KeySent, KeysKnown };

    [[nodiscard]] SasStep agree(const Curve25519Key &theirs);
    [[nodiscard]] std::optional<CancelCode> makePair();
    [[nodiscard]] SasReply keyMessage() const;

    Side m_own;
    Side m_other;
    QString m_flow;
    Stage m_stage = Stage::New;
    bool m_starter = false;
    bool m_emoji = false;
    bool m_confirmed = false;
    QByteArray m_start; ///< as it was sent, whoever sent it
    QByteArray m_commitment;
    Curve25519Pair m_pair;
    Secret m_shared;
    QByteArray m_bytes;
    std::optional<SasMacs> m_theirs;
};

} // namespace parvis::crypto

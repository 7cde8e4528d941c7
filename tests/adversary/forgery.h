// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "crypto/key_agreement.h"
#include "crypto/megolm_inbound.h"
#include "crypto/megolm_outbound.h"
#include "crypto/olm_account.h"
#include "crypto/olm_session.h"

#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <map>

namespace parvis::forger {

/// Accounts, sessions and signing keys by the names that a test gives them; for tests alone.
class Forgery
{
public:
    Forgery();

    /// One command; fails with FORGER_NO_SUCH_COMMAND, FORGER_NO_SUCH_NAME, or as the module crypto does.
    [[nodiscard]] Result<QJsonValue> run(const QString &command, const QJsonObject &args);

private:
    using Command = Result<QJsonValue> (Forgery::*)(const QJsonObject &args);

    Result<QJsonValue> account(const QJsonObject &args);
    Result<QJsonValue> sign(const QJsonObject &args);
    Result<QJsonValue> oneTimeKeys(const QJsonObject &args);
    Result<QJsonValue> signer(const QJsonObject &args);
    Result<QJsonValue> signWith(const QJsonObject &args);
    Result<QJsonValue> olmOpen(const QJsonObject &args);
    Result<QJsonValue> olmAccept(const QJsonObject &args);
    Result<QJsonValue> olmEncrypt(const QJsonObject &args);
    Result<QJsonValue> olmDecrypt(const QJsonObject &args);
    Result<QJsonValue> megolm(const QJsonObject &args);
    Result<QJsonValue> megolmEncrypt(const QJsonObject &args);
    Result<QJsonValue> megolmTake(const QJsonObject &args);
    Result<QJsonValue> megolmDecrypt(const QJsonObject &args);
    Result<QJsonValue> pair(const QJsonObject &args);
    Result<QJsonValue> agree(const QJsonObject &args);
    Result<QJsonValue> commitment(const QJsonObject &args);

    QHash<QString, Command> m_commands;
    std::map<QString, crypto::OlmAccount> m_accounts;
    std::map<QString, crypto::OlmSession> m_sessions;
    std::map<QString, crypto::MegolmOutbound> m_outbound;
    std::map<QString, crypto::MegolmInbound> m_inbound;
    std::map<QString, crypto::Curve25519Pair> m_pairs;
};

} // namespace parvis::forger

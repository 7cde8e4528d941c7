// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "crypto/crypto_values.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <map>

#include "fake_backups.h"

namespace parvis::crypto {

/// The part of a homeserver that encryption talks to, in memory. Public members are the levers of hostile
/// tests.
class FakeKeyServer
{
public:
    using Address = std::pair<QString, QString>; ///< user, device

    struct Device {
        QJsonObject keys;
        std::map<QString, QJsonObject> oneTimeKeys;
        QJsonObject fallback; ///< by key id; empty: none
        bool fallbackUsed = false;
        QList<QByteArray> inbox;
        QSet<QString> changedUsers; ///< for the next sync
    };
    struct Identity {
        QJsonObject master;
        QJsonObject selfSigning;
        QJsonObject userSigning;
    };
    std::map<Address, Device> devices;
    std::map<QString, Identity> identities;
    std::map<QString, FakeBackups> backups; ///< by user
    bool hidesSignatures = false;           ///< takes signatures and does not show them
    QStringList refusedSignatures;          ///< ids named in `failures` of a signature upload
    int signatureUploads = 0;
    QSet<QString> silentServers; ///< named in `failures`
    qsizetype largestAnswer = 0; ///< what a client reads of a query's or a claim's; 0: all
    int queries = 0;
    QStringList claimed; ///< "user device keyid" of every key that was handed out
    int sentToDevice = 0;
    static QJsonObject parse(const QByteArray &json) { return QJsonDocument::fromJson(json).object(); }
    static QByteArray text(const QJsonObject &object);
    static QString server(const QString &user) { return user.section(QLatin1Char(':'), 1); }

    Result<QByteArray> upload(const Address &who, const QByteArray &body);
    void uploadIdentity(const QString &user, const QByteArray &body);
    QByteArray uploadSignatures(const QString &signer, const QByteArray &body);
    QByteArray query(const QByteArray &body);
    QByteArray claim(const QByteArray &body);

    /// A transaction id that was seen before does nothing.
    void sendToDevice(const QString &sender, const SendToDevice &request);
    static QByteArray event(const QString &sender, const QString &type, const QJsonObject &content);
    void logout(const Address &who);
    void announce(const QString &user);

    /// What the next sync says; the same again until acknowledge().
    SyncCrypto sync(const Address &who);
    void acknowledge(const Address &who, const SyncCrypto &sync);

private:
    static void addTo(QJsonObject &known, const QString &signer, const QJsonObject &object);
    void add(const QString &signer, const QString &user, const QString &id, const QJsonObject &object);
    static QJsonObject counts(const Device &device);
    QJsonObject takeKey(const Address &who);

    QSet<QString> m_transactions;
    int m_position = 0;
};

} // namespace parvis::crypto

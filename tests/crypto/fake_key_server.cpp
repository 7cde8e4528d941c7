// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fake_key_server.h"

namespace parvis::crypto {

QByteArray FakeKeyServer::text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<QByteArray> FakeKeyServer::upload(const Address &who, const QByteArray &body)
{
    const QJsonObject request = parse(body);
    Device &device = devices[who];
    const QJsonObject oneTime = request[QLatin1String("one_time_keys")].toObject();
    for (auto it = oneTime.begin(); it != oneTime.end(); ++it) {
        const auto known = device.oneTimeKeys.find(it.key());
        if (known != device.oneTimeKeys.end() && known->second != it.value().toObject())
            return fail(ErrorKind::Protocol, QStringLiteral("M_UNKNOWN"),
                        QStringLiteral("One time key already exists"));
    }
    for (auto it = oneTime.begin(); it != oneTime.end(); ++it)
        device.oneTimeKeys[it.key()] = it.value().toObject();
    if (request.contains(QLatin1String("device_keys"))) {
        device.keys = request[QLatin1String("device_keys")].toObject();
        announce(who.first);
    }
    if (request.contains(QLatin1String("fallback_keys"))) {
        device.fallback = request[QLatin1String("fallback_keys")].toObject();
        device.fallbackUsed = false;
    }
    return text({{QLatin1String("one_time_key_counts"), counts(device)}});
}

void FakeKeyServer::uploadIdentity(const QString &user, const QByteArray &body)
{
    const QJsonObject request = parse(body);
    identities[user] = {request[QLatin1String("master_key")].toObject(),
                        request[QLatin1String("self_signing_key")].toObject(),
                        request[QLatin1String("user_signing_key")].toObject()};
    announce(user);
}

QByteArray FakeKeyServer::uploadSignatures(const QString &signer, const QByteArray &body)
{
    ++signatureUploads;
    QJsonObject failures;
    const QJsonObject users = parse(body);
    for (auto user = users.begin(); user != users.end(); ++user) {
        const QJsonObject objects = user.value().toObject();
        for (auto object = objects.begin(); object != objects.end(); ++object) {
            if (refusedSignatures.contains(object.key())) {
                failures[user.key()] = QJsonObject{
                    {object.key(),
                     QJsonObject{{QLatin1String("errcode"), QLatin1String("M_INVALID_SIGNATURE")}}}};
            } else if (!hidesSignatures) {
                add(signer, user.key(), object.key(), object.value().toObject());
            }
        }
        announce(user.key());
    }
    return text({{QLatin1String("failures"), failures}});
}

QByteArray FakeKeyServer::query(const QByteArray &body)
{
    ++queries;
    QJsonObject answer;
    QJsonObject masters;
    QJsonObject selfSigning;
    QJsonObject userSigning;
    QJsonObject failures;
    const QStringList users = parse(body)[QLatin1String("device_keys")].toObject().keys();
    for (const QString &user : users) {
        if (silentServers.contains(server(user))) {
            failures[server(user)] = QJsonObject();
            continue;
        }
        QJsonObject list;
        for (const auto &[address, device] : devices) {
            if (address.first == user && !device.keys.isEmpty())
                list[address.second] = device.keys;
        }
        answer[user] = list;
        if (const auto identity = identities.find(user); identity != identities.end()) {
            masters[user] = identity->second.master;
            selfSigning[user] = identity->second.selfSigning;
            userSigning[user] = identity->second.userSigning;
        }
    }
    return text({{QLatin1String("device_keys"), answer},
                 {QLatin1String("master_keys"), masters},
                 {QLatin1String("self_signing_keys"), selfSigning},
                 {QLatin1String("user_signing_keys"), userSigning},
                 {QLatin1String("failures"), failures}});
}

QByteArray FakeKeyServer::claim(const QByteArray &body)
{
    QJsonObject answer;
    QJsonObject failures;
    const QJsonObject users = parse(body)[QLatin1String("one_time_keys")].toObject();
    for (auto user = users.begin(); user != users.end(); ++user) {
        if (silentServers.contains(server(user.key()))) {
            failures[server(user.key())] = QJsonObject();
            continue;
        }
        QJsonObject found;
        const QStringList ids = user.value().toObject().keys();
        for (const QString &id : ids) {
            const QJsonObject key = takeKey({user.key(), id});
            if (!key.isEmpty())
                found[id] = key;
        }
        answer[user.key()] = found;
    }
    return text({{QLatin1String("one_time_keys"), answer}, {QLatin1String("failures"), failures}});
}

void FakeKeyServer::sendToDevice(const QString &sender, const SendToDevice &request)
{
    if (m_transactions.contains(request.txnId.toString()))
        return;
    m_transactions.insert(request.txnId.toString());
    ++sentToDevice;
    const QJsonObject users = parse(request.body)[QLatin1String("messages")].toObject();
    for (auto user = users.begin(); user != users.end(); ++user) {
        const QJsonObject targets = user.value().toObject();
        for (auto target = targets.begin(); target != targets.end(); ++target) {
            for (auto &[address, device] : devices) {
                if (address.first == user.key()
                    && (target.key() == QLatin1String("*") || address.second == target.key()))
                    device.inbox.append(event(sender, request.eventType, target.value().toObject()));
            }
        }
    }
}

QByteArray FakeKeyServer::event(const QString &sender, const QString &type, const QJsonObject &content)
{
    return text({{QLatin1String("sender"), sender},
                 {QLatin1String("type"), type},
                 {QLatin1String("content"), content}});
}

void FakeKeyServer::logout(const Address &who)
{
    devices.erase(who);
    announce(who.first);
}

void FakeKeyServer::announce(const QString &user)
{
    for (auto &[address, device] : devices)
        device.changedUsers.insert(user);
}

SyncCrypto FakeKeyServer::sync(const Address &who)
{
    Device &device = devices[who];
    SyncCrypto sync;
    sync.toDevice = device.inbox;
    for (const QString &user : std::as_const(device.changedUsers))
        sync.changedUsers.append(UserId(user));
    sync.oneTimeKeyCounts =
        QHash<QString, qint64>{{QStringLiteral("signed_curve25519"), qint64(device.oneTimeKeys.size())}};
    sync.unusedFallbackKeyTypes = QStringList();
    if (!device.fallback.isEmpty() && !device.fallbackUsed)
        sync.unusedFallbackKeyTypes->append(QStringLiteral("signed_curve25519"));
    sync.toDeviceNextBatch = QStringLiteral("s%1").arg(++m_position);
    return sync;
}

void FakeKeyServer::acknowledge(const Address &who, const SyncCrypto &sync)
{
    Device &device = devices[who];
    device.inbox.remove(0, sync.toDevice.size());
    for (const UserId &user : sync.changedUsers)
        device.changedUsers.remove(user.toString());
}

void FakeKeyServer::addTo(QJsonObject &known, const QString &signer, const QJsonObject &object)
{
    QJsonObject signatures = known[QLatin1String("signatures")].toObject();
    QJsonObject theirs = signatures[signer].toObject();
    const QJsonObject added = object[QLatin1String("signatures")][signer].toObject();
    for (auto it = added.begin(); it != added.end(); ++it)
        theirs[it.key()] = it.value();
    signatures[signer] = theirs;
    known[QLatin1String("signatures")] = signatures;
}

void FakeKeyServer::add(const QString &signer, const QString &user, const QString &id,
                        const QJsonObject &object)
{
    if (const auto device = devices.find({user, id}); device != devices.end())
        addTo(device->second.keys, signer, object);
    else if (const auto identity = identities.find(user); identity != identities.end())
        addTo(identity->second.master, signer, object);
}

QJsonObject FakeKeyServer::counts(const Device &device)
{
    return {{QLatin1String("signed_curve25519"), int(device.oneTimeKeys.size())}};
}

QJsonObject FakeKeyServer::takeKey(const Address &who)
{
    const auto it = devices.find(who);
    if (it == devices.end())
        return {};
    Device &device = it->second;
    if (device.oneTimeKeys.empty()) {
        device.fallbackUsed = true;
        return device.fallback;
    }
    const auto key = device.oneTimeKeys.begin();
    const QJsonObject answer{{key->first, key->second}};
    claimed.append(who.first + QLatin1Char(' ') + who.second + QLatin1Char(' ') + key->first);
    device.oneTimeKeys.erase(key);
    return answer;
}

} // namespace parvis::crypto

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/device_keys.h"
#include "crypto/device_tracker_p.h"
#include "crypto/identity_keeper_p.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

/// So many users are looked at to fill one query, should the first ones all live on servers that do not
/// answer.
constexpr qsizetype outdatedLimit = 20'000;

Ed25519Key userSigningKey(CryptoStep &step)
{
    const auto own = step.identities.find(step.own().user);
    return own ? own->userSigning.key : Ed25519Key();
}

bool sameKeys(const DeviceRecord &known, const DeviceKeys &keys)
{
    return known.curveKey == keys.curveKey && known.signingKey == keys.signingKey;
}

} // namespace

QString serverOf(const UserId &user)
{
    const qsizetype colon = user.toString().indexOf(u':');
    return colon < 0 ? QString() : user.toString().sliced(colon + 1);
}

void DeviceTracker::track(CryptoStep &step, const QList<UserId> &users)
{
    for (const UserId &user : users) {
        if (user.isEmpty() || step.devices.isTracked(user))
            continue;
        step.devices.setTracked(user, true);
        m_invalidatedAt[user] = ++m_sequence;
        step.somethingChanged();
    }
}

void DeviceTracker::invalidate(CryptoStep &step, const QList<UserId> &users)
{
    for (const UserId &user : users) {
        if (!step.devices.isTracked(user))
            continue;
        m_invalidatedAt[user] = ++m_sequence;
        if (!step.devices.isOutdated(user))
            step.devices.setTracked(user, true);
        step.somethingChanged();
    }
}

void DeviceTracker::disregardAnswer(CryptoStep &step, const UserId &user)
{
    if (!m_query || !m_query->users.contains(user) || m_query->disregarded.contains(user))
        return;
    m_query->disregarded.append(user);
    invalidate(step, {user});
}

void DeviceTracker::invalidateAll(CryptoStep &step)
{
    step.changes.allUsersOutdated = true;
    m_allInvalidatedAt = ++m_sequence;
    m_invalidatedAt.clear();
    step.somethingChanged();
}

KeysQuery DeviceTracker::build(const QList<UserId> &users)
{
    QByteArray body = R"({"timeout":10000,"device_keys":{)";
    for (const UserId &user : users)
        body += jsonString(user.toString()) + ":[],";
    body.chop(1);
    return {.body = body + "}}", .users = users};
}

bool DeviceTracker::isLeftAlone(const UserId &user, qint64 nowMs) const
{
    return m_servers.blocks(serverOf(user), nowMs) || m_aside.blocks(user, nowMs);
}

QList<UserId> DeviceTracker::nextUsers(CryptoStep &step) const
{
    QList<UserId> users;
    QList<UserId> alone;
    const auto outdated = step.failure.take(step.store().outdatedUsers(outdatedLimit));
    for (const UserId &user : outdated) {
        if (users.size() >= m_most)
            break;
        if (isLeftAlone(user, step.nowMs()))
            continue;
        // Together with others they would cost those the answer once more.
        (m_aside.remembers(user) ? alone : users).append(user);
    }
    return users.isEmpty() ? alone.mid(0, 1) : users;
}

std::optional<OutgoingRequest> DeviceTracker::request(CryptoStep &step)
{
    if (!m_query) {
        if (m_requests.blocks(0, step.nowMs()))
            return {};
        const QList<UserId> users = nextUsers(step);
        if (users.isEmpty())
            return {};
        m_query = Query{RequestId(u"query-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces)), users,
                        m_sequence};
    }
    return OutgoingRequest{m_query->id, build(m_query->users)};
}

void DeviceTracker::becameCurrent(CryptoStep &step, const UserId &user) const
{
    const quint64 invalidatedAt = std::max(m_allInvalidatedAt, m_invalidatedAt.value(user, 0));
    if (invalidatedAt > m_query->sequence || !step.devices.isTracked(user))
        return;
    step.devices.setTracked(user, false);
    step.somethingChanged();
}

Result<AnswerOutcome> DeviceTracker::answered(CryptoStep &step, const QByteArray &body)
{
    const auto answer = RawObject::parse(body);
    if (!answer) {
        rejected(step, answer.error());
        return tl::unexpected(answer.error());
    }
    m_requests.succeeded(0);
    m_most = std::min(usersPerQuery, m_most * 2);
    const RawObject failures = answer->object(u"failures"_s);
    const Answer parts{.devices = answer->object(u"device_keys"_s),
                       .masters = answer->object(u"master_keys"_s),
                       .selfSigning = answer->object(u"self_signing_keys"_s),
                       .userSigning = answer->object(u"user_signing_keys"_s)};
    // Ourselves first: who of the others is verified depends on our own identity.
    std::stable_partition(m_query->users.begin(), m_query->users.end(),
                          [&](const UserId &user) { return user == step.own().user; });
    const Ed25519Key ourSigner = userSigningKey(step);
    step.devices.load(m_query->users);
    step.identities.load(m_query->users);

    Budget budget;
    for (const UserId &user : std::as_const(m_query->users)) {
        const QString server = serverOf(user);
        if (failures.contains(server) && !parts.devices.contains(user.toString())) {
            m_servers.failed(server, step.nowMs());
            continue;
        }
        m_servers.succeeded(server);
        m_aside.succeeded(user);
        if (m_query->disregarded.contains(user))
            continue;
        if (!takeUser(step, user, parts, budget))
            break;
        if (user == step.own().user)
            takeOwnDevice(step, parts.devices);
        becameCurrent(step, user);
    }
    m_query.reset();
    // With another key of ours every user's signatures have to be looked at again.
    if (userSigningKey(step) != ourSigner)
        invalidateAll(step);
    return AnswerOutcome{.devicesChanged = budget.changed, .notes = {}};
}

void DeviceTracker::rejected(CryptoStep &step, const Error &error)
{
    const QList<UserId> users = std::exchange(m_query, std::nullopt)->users;
    if (users.size() > 1) {
        m_most = users.size() / 2;
        return;
    }
    m_aside.failed(users.first(), step.nowMs());
    if (error.kind == ErrorKind::TooLarge) {
        step.note(CryptoNote::Kind::AnswerTooLarge, users.first(), {}, u"devices"_s);
        m_most = std::min(usersPerQuery, m_most * 2); // it was this one
    } else {
        m_requests.failed(0, step.nowMs());
    }
}

bool DeviceTracker::takeUser(CryptoStep &step, const UserId &user, const Answer &answer, Budget &budget)
{
    const QString &id = user.toString();
    const bool identityChanged = takeIdentity(step, user,
                                              {.master = answer.masters.raw(id),
                                               .selfSigning = answer.selfSigning.raw(id),
                                               .userSigning = answer.userSigning.raw(id)});
    if (identityChanged) {
        budget.checks -= 4;
        budget.changed.append(user);
    }
    // A user of whom the answer says nothing keeps the devices that we know.
    return !answer.devices.isObject(id) || takeDevices(step, user, answer.devices.object(id), budget);
}

bool DeviceTracker::takeDevices(CryptoStep &step, const UserId &user, const RawObject &devices,
                                Budget &budget)
{
    QStringList ids = devices.names();
    if (ids.size() > maxDevicesPerUser) {
        step.note(CryptoNote::Kind::TooManyDevices, user, {}, u"%1 devices"_s.arg(ids.size()));
        // Known devices first: a flood of new ones must not push them out.
        std::sort(ids.begin(), ids.end());
        std::stable_partition(ids.begin(), ids.end(), [&](const QString &id) {
            return step.devices.find(user, DeviceId(id)).has_value();
        });
        ids.resize(maxDevicesPerUser);
    }
    bool changed = false;
    for (const QString &id : std::as_const(ids)) {
        if (budget.checks <= 0)
            return false;
        changed = takeDevice(step, user, DeviceId(id), devices.raw(id), budget) || changed;
    }
    const auto known = step.devices.of(user);
    for (const DeviceRecord &device : known) {
        const bool ours = user == step.own().user && device.device == step.own().device;
        // A block stays until the person lifts it, or a server would lift it by leaving the device out once.
        if (ours || device.trust == LocalTrust::Blacklisted || devices.contains(device.device.toString()))
            continue;
        step.devices.drop(user, device.device);
        changed = true;
    }
    if (changed) {
        if (!budget.changed.contains(user))
            budget.changed.append(user);
        step.somethingChanged();
    }
    return true;
}

bool DeviceTracker::checkAgain(CryptoStep &step, DeviceRecord device, const Ed25519Key &owner, Budget &budget)
{
    if (device.checkedFor == owner)
        return false;
    const bool before = device.ownerSigned;
    if (checkOwnerSignature(step, device))
        --budget.checks;
    step.devices.put(device);
    return device.ownerSigned != before;
}

bool DeviceTracker::takeDevice(CryptoStep &step, const UserId &user, const DeviceId &device,
                               const QByteArray &json, Budget &budget)
{
    const auto known = step.devices.find(user, device);
    const auto identity = step.identities.find(user);
    if (identity && isKeyOf(identity->keys(), device)) {
        step.note(CryptoNote::Kind::DeviceRejected, user, device, u"named like a key of the identity"_s);
        if (known)
            step.devices.drop(user, device);
        return known.has_value();
    }
    if (known && known->signedJson == json)
        return checkAgain(step, *known, identity ? identity->selfSigning.key : Ed25519Key(), budget);
    budget.checks -= 2;
    const auto keys = parseDeviceKeys(json, user, device);
    if (!keys) {
        step.note(CryptoNote::Kind::DeviceRejected, user, device, keys.error().code);
        return false;
    }
    if (known && known->signingKey != keys->signingKey) {
        step.note(CryptoNote::Kind::DeviceKeyChanged, user, device, u"the Ed25519 key is another one"_s);
        return false;
    }
    const bool ours = user == step.own().user && device == step.own().device;
    if (ours && (keys->curveKey != step.own().keys.curve || keys->signingKey != step.own().keys.signing))
        return false; // takeOwnDevice raises the alarm
    if (!ours && keys->curveKey == step.own().keys.curve) {
        step.note(CryptoNote::Kind::DeviceRejected, user, device, u"our own Curve25519 key"_s);
        return false;
    }
    DeviceRecord record =
        known.value_or(DeviceRecord{.user = user, .device = device, .firstSeenMs = step.nowMs()});
    record.curveKey = keys->curveKey;
    record.signingKey = keys->signingKey;
    record.signedJson = json;
    record.algorithms = keys->algorithms;
    record.displayName = keys->displayName;
    record.dehydrated = keys->dehydrated;
    checkOwnerSignature(step, record);
    step.devices.put(record);
    return !known || !sameKeys(*known, *keys) || known->displayName != record.displayName
        || known->ownerSigned != record.ownerSigned;
}

void DeviceTracker::takeOwnDevice(CryptoStep &step, const RawObject &users)
{
    const QString id = step.own().device.toString();
    const RawObject devices = users.object(step.own().user.toString());
    AccountRecord &account = step.account();
    const AccountRecord before = account;
    if (devices.contains(id)) {
        const RawObject keys = devices.object(id).object(u"keys"_s);
        account.identityConflict = keys.text(u"ed25519:"_s + id) != step.own().keys.signing.toString()
            || keys.text(u"curve25519:"_s + id) != step.own().keys.curve.toString();
        if (account.identityConflict)
            step.note(CryptoNote::Kind::OwnDeviceConflict, step.own().user, step.own().device, {});
        else
            account.deviceKeysUploaded = true;
    } else if (account.deviceKeysUploaded) {
        step.note(CryptoNote::Kind::OwnDeviceMissing, step.own().user, step.own().device, {});
        // Signed out by somebody and signed in again: the server made the device anew and has none of its
        // keys. Where the token is dead, the upload fails and nothing is lost.
        if (users.isObject(step.own().user.toString()))
            account.deviceKeysUploaded = false;
    }
    account.serverChecked = true;
    if (account != before)
        step.accountChanged();
}

QList<UserId> DeviceTracker::awaited(CryptoStep &step, const QList<UserId> &users) const
{
    QList<UserId> found;
    if (m_requests.blocks(0, step.nowMs()))
        return found;
    for (const UserId &user : users) {
        if (step.devices.isOutdated(user) && !isLeftAlone(user, step.nowMs()))
            found.append(user);
    }
    return found;
}

bool DeviceTracker::anyOutdated(CryptoStep &step, const QList<UserId> &users)
{
    return std::any_of(users.cbegin(), users.cend(),
                       [&](const UserId &user) { return step.devices.isOutdated(user); });
}

} // namespace parvis::crypto

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/device_keys.h"
#include "crypto/device_tracker_p.h"
#include "crypto/olm_plaintext_p.h"
#include "crypto/session_claims_p.h"

#include <QUuid>

#include <map>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

bool speaksOlm(const DeviceRecord &device)
{
    return device.algorithms.contains(QLatin1StringView(olmAlgorithm));
}

QByteArray toDeviceBody(const QList<std::pair<DeviceRecord, QByteArray>> &messages)
{
    std::map<UserId, QByteArrayList> byUser;
    for (const auto &[device, content] : messages)
        byUser[device.user].append(jsonString(device.device.toString()) + ':' + content);
    QByteArrayList users;
    for (const auto &[user, devices] : byUser)
        users.append(jsonString(user.toString()) + ":{" + devices.join(',') + '}');
    return "{\"messages\":{" + users.join(',') + "}}";
}

void SessionClaims::want(const QList<DeviceRecord> &devices, qint64 nowMs)
{
    for (const DeviceRecord &device : devices) {
        if (m_wanted.size() >= devicesPerClaim)
            return; // whoever wants them will ask again
        const Target target(device.user, device.device);
        if (!leavesAlone(device, nowMs) && !isAsked(target))
            m_wanted.append(target);
    }
}

bool SessionClaims::isAsked(const Target &target) const
{
    return m_wanted.contains(target) || (m_claim && m_claim->targets.contains(target))
        || std::any_of(m_parts.cbegin(), m_parts.cend(),
                       [&](const QList<Target> &part) { return part.contains(target); });
}

bool SessionClaims::leavesAlone(const DeviceRecord &device, qint64 nowMs) const
{
    const Target target(device.user, device.device);
    return !speaksOlm(device) || m_requests.blocks(0, nowMs) || m_devices.blocks(target, nowMs)
        || m_servers.blocks(serverOf(device.user), nowMs) || m_tooLarge.blocks(target, nowMs)
        || m_users.blocks(device.user, nowMs);
}

KeysClaim SessionClaims::build(QList<Target> targets)
{
    std::map<UserId, QByteArrayList> byUser;
    for (const auto &[user, device] : targets)
        byUser[user].append(jsonString(device.toString()) + ":\"signed_curve25519\"");
    QByteArrayList users;
    for (const auto &[user, devices] : byUser)
        users.append(jsonString(user.toString()) + ":{" + devices.join(',') + '}');
    return {.body = R"({"timeout":10000,"one_time_keys":{)" + users.join(',') + "}}"};
}

QList<SessionClaims::Target> SessionClaims::nextTargets(qint64 nowMs)
{
    if (!m_parts.isEmpty())
        return m_requests.blocks(0, nowMs) ? QList<Target>() : m_parts.takeFirst();
    QList<Target> targets;
    std::copy_if(m_wanted.cbegin(), m_wanted.cend(), std::back_inserter(targets),
                 [&](const Target &target) { return !m_tooLarge.remembers(target); });
    // Together with others they would cost those a key once more.
    if (targets.isEmpty())
        targets = m_wanted.mid(0, 1);
    m_wanted.removeIf([&](const Target &target) { return targets.contains(target); });
    return targets;
}

std::optional<OutgoingRequest> SessionClaims::request(CryptoStep &step)
{
    if (!m_claim) {
        const auto owed = step.failure.take(step.store().devicesToUnwedge(devicesPerClaim));
        want(owed, step.nowMs());
        const QList<Target> targets = nextTargets(step.nowMs());
        if (targets.isEmpty())
            return {};
        m_claim = Claim{RequestId(u"claim-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces)), targets};
    }
    return OutgoingRequest{m_claim->id, build(m_claim->targets)};
}

Result<void> SessionClaims::answered(CryptoStep &step, const QByteArray &body)
{
    const auto answer = RawObject::parse(body);
    if (!answer) {
        rejected(step, answer.error());
        return tl::unexpected(answer.error());
    }
    const Claim claim = *std::exchange(m_claim, std::nullopt);
    m_requests.succeeded(0);
    const QStringList failures = answer->object(u"failures"_s).names();
    for (const QString &server : failures)
        m_servers.failed(server, step.nowMs());
    const RawObject users = answer->object(u"one_time_keys"_s);
    for (const Target &target : claim.targets) {
        const RawObject keys = users.object(target.first.toString()).object(target.second.toString());
        m_tooLarge.succeeded(target);
        if (take(step, target, keys))
            m_devices.succeeded(target);
        else
            m_devices.failed(target, step.nowMs());
    }
    return {};
}

void SessionClaims::rejected(CryptoStep &step, const Error &error)
{
    const QList<Target> targets = std::exchange(m_claim, std::nullopt)->targets;
    const bool tooLarge = error.kind == ErrorKind::TooLarge;
    if (!tooLarge)
        m_requests.failed(0, step.nowMs());
    if (targets.size() > 1) {
        const qsizetype size = (targets.size() + partsOfAClaim - 1) / partsOfAClaim;
        for (qsizetype from = 0; from < targets.size(); from += size)
            m_parts.append(targets.mid(from, size));
    } else if (tooLarge) {
        setAside(step, targets.first());
    } else {
        m_devices.failed(targets.first(), step.nowMs());
    }
}

void SessionClaims::setAside(CryptoStep &step, const Target &target)
{
    const UserId &user = target.first;
    step.note(CryptoNote::Kind::AnswerTooLarge, user, target.second, u"one-time key"_s);
    m_tooLarge.failed(target, step.nowMs());
    if (++m_tooLargeOf[user] < tooLargePerUser)
        return;
    m_tooLargeOf.remove(user);
    m_users.failed(user, step.nowMs());
    const auto isTheirs = [&](const Target &one) { return one.first == user; };
    m_wanted.removeIf(isTheirs);
    for (QList<Target> &part : m_parts)
        part.removeIf(isTheirs);
    m_parts.removeIf([](const QList<Target> &part) { return part.isEmpty(); });
}

bool SessionClaims::take(CryptoStep &step, const Target &target, const RawObject &keys)
{
    auto device = step.devices.find(target.first, target.second);
    if (!device)
        return false; // gone meanwhile
    if (keys.isEmpty())
        return false; // no key left, or no such device at its server
    auto session = makeSession(step, *device, keys);
    if (!session) {
        step.note(CryptoNote::Kind::ClaimedKeyRejected, device->user, device->device, session.error().code);
        return false;
    }
    step.sessions.add(device->curveKey, std::move(*session), step.nowMs(), device->signingKey);
    if (device->noOlmSent) {
        device->noOlmSent = false;
        step.devices.put(*device);
    }
    if (device->unwedgePending)
        sayHello(step, *device);
    step.somethingChanged();
    return true;
}

Result<OlmSession> SessionClaims::makeSession(CryptoStep &step, const DeviceRecord &device,
                                              const RawObject &keys)
{
    const QStringList names = keys.names();
    if (names.size() != 1 || !names.first().startsWith("signed_curve25519:"_L1))
        return fail(ErrorKind::Crypto, u"PARVIS_ONE_TIME_KEY_SHAPE"_s);
    // Under the stored key of this very device: another device of the same user is somebody else.
    const auto key =
        parseSignedOneTimeKey(keys.raw(names.first()), device.user, device.device, device.signingKey);
    if (!key)
        return tl::unexpected(key.error());
    OlmAccount *account = step.olmAccount();
    if (!account)
        return fail(ErrorKind::Crypto, u"PARVIS_CRYPTO_PICKLE"_s);
    return OlmSession::outbound(*account, device.curveKey, *key);
}

void SessionClaims::sayHello(CryptoStep &step, DeviceRecord &device)
{
    device.unwedgePending = false;
    step.devices.put(device);
    const auto content = encryptForDevice(step, device, u"m.dummy"_s, "{}");
    if (content)
        step.queueToDevice(u"m.room.encrypted"_s, toDeviceBody({{device, *content}}));
}

} // namespace parvis::crypto

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/device_cards.h"

#include <QTimer>

namespace parvis {

namespace {

/// How long an answer to the first question about somebody is waited for.
constexpr int patienceMs = 10'000;

DeviceTrust toClient(crypto::DeviceTrust trust)
{
    switch (trust) {
    case crypto::DeviceTrust::Blocked:
        return DeviceTrust::Blocked;
    case crypto::DeviceTrust::Unsigned:
        return DeviceTrust::Unsigned;
    case crypto::DeviceTrust::Violated:
        return DeviceTrust::Violated;
    case crypto::DeviceTrust::Signed:
        return DeviceTrust::Signed;
    case crypto::DeviceTrust::Verified:
        return DeviceTrust::Verified;
    }
    Q_UNREACHABLE();
    return DeviceTrust::Unsigned;
}

Result<QList<DeviceCard>> known(Engine &engine, const UserId &user)
{
    const auto devices = engine.machine().deviceViews(user);
    if (!devices)
        return tl::unexpected(devices.error());
    QList<DeviceCard> cards;
    for (const crypto::DeviceView &view : *devices) {
        cards.append({.deviceId = view.device.device,
                      .name = view.device.displayName,
                      .trust = toClient(view.trust),
                      .lastSeenMs = 0,
                      .thisDevice = user == engine.user() && view.device.device == engine.device()});
    }
    return cards;
}

/// Waits for the first answer about a person.
class DeviceQuestion : public QObject
{
public:
    DeviceQuestion(Engine &engine, UserId user) : QObject(&engine), m_engine(engine), m_user(std::move(user))
    {
        connect(&engine.pump(), &OutgoingPump::devicesAnswered, this, [this](const QList<UserId> &users) {
            if (users.contains(m_user))
                finish();
        });
        QTimer::singleShot(patienceMs, this, [this] { finish(); });
    }

    [[nodiscard]] Task<QList<DeviceCard>> task() { return m_promise.task(); }

private:
    void finish()
    {
        if (std::exchange(m_done, true))
            return;
        deleteLater();
        m_promise.resolve(known(m_engine, m_user));
    }

    Engine &m_engine;
    UserId m_user;
    Promise<QList<DeviceCard>> m_promise;
    bool m_done = false;
};

} // namespace

Task<QList<DeviceCard>> deviceCards(Engine &engine, const UserId &user)
{
    auto devices = known(engine, user);
    if (!devices || !devices->isEmpty())
        return Task<QList<DeviceCard>>::ready(std::move(devices));
    if (auto followed = engine.machine().trackUsers({user}); !followed)
        return Task<QList<DeviceCard>>::ready(tl::unexpected(followed.error()));
    // Asked before, and nothing has changed since: there are none.
    const auto tracked = engine.cryptoStore().trackedUser(user);
    if (tracked && *tracked && !(*tracked)->outdated)
        return Task<QList<DeviceCard>>::ready(std::move(devices));
    auto *question = new DeviceQuestion(engine, user);
    auto task = question->task();
    engine.pump().kick();
    return task;
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/device_cards.h"

#include "api/devices.h"
#include "engine/client_trust.h"
#include "engine/engine_work.h"

#include <QTimer>

namespace parvis {

namespace {

/// How long an answer to the first question about somebody is waited for.
constexpr int questionPatienceMs = 10'000;

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

bool isOutdated(Engine &engine, const UserId &user)
{
    const auto tracked = engine.cryptoStore().trackedUser(user);
    return !tracked || !*tracked || (*tracked)->outdated;
}

/// Waits for an answer about a person that is newer than the question.
class DeviceQuestion : public EngineWork
{
public:
    DeviceQuestion(Engine &engine, UserId user) : EngineWork(engine), m_user(std::move(user))
    {
        connect(&engine.pump(), &OutgoingPump::devicesAnswered, this, [this](const QList<UserId> &users) {
            if (users.contains(m_user) && !isOutdated(m_engine, m_user))
                finish();
        });
        QTimer::singleShot(questionPatienceMs, this, [this] { finish(); });
    }

    [[nodiscard]] Task<void> task() { return m_promise.task(); }

private:
    void finish()
    {
        if (std::exchange(m_done, true))
            return;
        deleteLater();
        m_promise.resolve({});
    }

    UserId m_user;
    Promise<void> m_promise;
    bool m_done = false;
};

Task<void> answered(Engine &engine, const UserId &user)
{
    auto task = (new DeviceQuestion(engine, user))->task();
    engine.pump().kick();
    return task;
}

/// What the server's list of our own sessions says beside: names, times, sessions without keys.
QList<DeviceCard> withSessions(QList<DeviceCard> cards, const QList<api::GetDevices::Device> &sessions)
{
    for (const api::GetDevices::Device &session : sessions) {
        const auto card = std::find_if(cards.begin(), cards.end(), [&](const DeviceCard &one) {
            return one.deviceId == session.deviceId;
        });
        if (card == cards.end()) {
            cards.append({.deviceId = session.deviceId,
                          .name = session.name,
                          .lastSeenMs = session.lastSeenMs,
                          .hasKeys = false});
            continue;
        }
        card->lastSeenMs = session.lastSeenMs;
        if (!session.name.isEmpty())
            card->name = session.name;
    }
    return cards;
}

Task<QList<DeviceCard>> ownDevices(Engine &engine)
{
    auto promise = std::make_shared<Promise<QList<DeviceCard>>>();
    auto task = promise->task();
    engine.api()
        .send(api::GetDevices{})
        .then(&engine, [&engine, promise](const Result<QList<api::GetDevices::Device>> &sessions) {
            // Given up: the engine itself is on its way out, and its machine is gone already.
            if (!sessions && sessions.error().kind == ErrorKind::Cancelled)
                return promise->resolve(tl::unexpected(sessions.error()));
            auto cards = known(engine, engine.user());
            // Offline, what is known stands all the same.
            if (cards && sessions)
                cards = withSessions(*std::move(cards), *sessions);
            promise->resolve(std::move(cards));
        });
    return task;
}

} // namespace

Task<QList<DeviceCard>> deviceCards(Engine &engine, const UserId &user)
{
    auto devices = known(engine, user);
    if (!devices)
        return Task<QList<DeviceCard>>::ready(std::move(devices));
    if (devices->isEmpty()) {
        if (auto followed = engine.machine().trackUsers({user}); !followed)
            return Task<QList<DeviceCard>>::ready(tl::unexpected(followed.error()));
        // Asked before, and nothing has changed since: there are none.
        if (isOutdated(engine, user))
            return answered(engine, user).andThen(&engine, [&engine, user] {
                return user == engine.user() ? ownDevices(engine)
                                             : Task<QList<DeviceCard>>::ready(known(engine, user));
            });
    }
    return user == engine.user() ? ownDevices(engine) : Task<QList<DeviceCard>>::ready(std::move(devices));
}

Task<void> askForDevices(Engine &engine, const UserId &user)
{
    if (auto told = engine.machine().onDevicesChanged({user}); !told)
        return Task<void>::ready(std::move(told));
    return answered(engine, user);
}

} // namespace parvis

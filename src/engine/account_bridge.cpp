// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/account_bridge.h"

#include "engine/engine_follow.h"

namespace parvis {

namespace {

template <typename T>
typename ValueBridge<T>::Find follow(Core *core, ObservableValue<T> &(Engine::*value)(), T none,
                                     typename EngineValue<T>::Meanwhile meanwhile = {})
{
    return [core, value, none, meanwhile](QObject *owner) {
        auto *followed = new EngineValue<T>(
            *core, [value](Engine &engine) -> ObservableValue<T> & { return (engine.*value)(); }, none, owner,
            meanwhile);
        return &followed->value();
    };
}

} // namespace

AccountBridge::AccountBridge(CoreLink link)
    : m_link(link),
      m_session(link.executor, follow<SessionInfo>(link.core, &Engine::session, {})),
      m_connection(link.executor,
                   follow<Connection>(link.core, &Engine::connection, {}, &Core::connectionWhileRenewing)),
      m_storage(
          link.executor,
          follow<StorageState>(link.core, &Engine::storage, StorageState::Good, &Core::storageWhileRenewing))
{
}

void AccountBridge::subscribeSession(const QObject *context, ValueSink<SessionInfo> sink)
{
    m_session.value().subscribe(context, std::move(sink));
}

void AccountBridge::subscribeConnection(const QObject *context, ValueSink<Connection> sink)
{
    m_connection.value().subscribe(context, std::move(sink));
}

void AccountBridge::subscribeStorage(const QObject *context, ValueSink<StorageState> sink)
{
    m_storage.value().subscribe(context, std::move(sink));
}

Task<void> AccountBridge::startSync()
{
    return m_link.askEngine(this, [](Engine &engine) {
        engine.start();
        return Result<void>();
    });
}

Task<void> AccountBridge::stopSync()
{
    return m_link.askEngine(this, [](Engine &engine) { return engine.stop(); });
}

void AccountBridge::retryNow()
{
    m_link
        .ask(this,
             [](Core &core) {
                 core.retryNow();
                 return Result<void>();
             })
        .then(this, [](const Result<void> &) {});
}

} // namespace parvis

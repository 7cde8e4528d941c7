// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/diagnostics_bridge.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

EngineStatus::Sync syncOf(std::optional<SyncDialect> dialect)
{
    if (!dialect)
        return EngineStatus::Sync::Connecting;
    return *dialect == SyncDialect::Sliding ? EngineStatus::Sync::Sliding : EngineStatus::Sync::V2;
}

Result<EngineStatus> engineStatus(Core &core)
{
    EngineStatus status;
    Engine *engine = core.engine();
    if (!engine) {
        status.connection = core.connectionWhileRenewing().value_or(Connection());
        return status;
    }
    status.connection = engine->connection().get();
    const SyncStatus sync = engine->sync().status().get();
    if (sync.phase != SyncStatus::Phase::Stopped)
        status.sync = syncOf(sync.dialect);
    status.queueDepth = engine->queue().waiting();
    const auto pending = engine->cryptoStore().pendingToDevice(1000);
    if (!pending)
        return tl::unexpected(pending.error());
    status.toDevicePending = int(pending->size());
    const auto account = engine->cryptoStore().account();
    if (!account)
        return tl::unexpected(account.error());
    if (*account)
        status.oneTimeKeys = (*account)->serverOneTimeKeys;
    status.rooms = int(engine->rooms().all().size());
    if (const qint64 stored = engine->sync().positionStoredAtMs(); stored > 0)
        status.positionAgeMs = core.nowMs() - stored;
    return status;
}

} // namespace

Task<EngineStatus> DiagnosticsBridge::status()
{
    return m_link.ask(this, [](Core &core) { return engineStatus(core); });
}

Task<EngineStatus> DiagnosticsBridge::waitIdle()
{
    return m_link.askEngine(this, [](Engine &engine) { return engine.idle(); }).andThen(this, [this] {
        return status();
    });
}

Task<SessionInfo> DiagnosticsBridge::attach(const AttachAccount &account, Secret accessToken,
                                            Secret refreshToken)
{
    return m_link.ask(this,
                      [account, access = std::make_shared<Secret>(std::move(accessToken)),
                       refresh = std::make_shared<Secret>(std::move(refreshToken))](Core &core) {
                          return core.attach(account, std::move(*access), std::move(*refresh));
                      });
}

Task<bool> DiagnosticsBridge::knowsRoom(const RoomId &room)
{
    return m_link.askEngine(this, [room](Engine &engine) {
        const auto known = engine.rooms().room(room);
        return Result<bool>(known && (rooms::isPresent(*known) || known->unsent));
    });
}

Task<RawAnswer> DiagnosticsBridge::raw(const RawRequest &request)
{
    static const QHash<QByteArray, HttpVerb> verbs{{"GET", HttpVerb::Get},
                                                   {"PUT", HttpVerb::Put},
                                                   {"POST", HttpVerb::Post},
                                                   {"DELETE", HttpVerb::Delete}};
    const auto verb = verbs.constFind(request.method.toUpper());
    if (verb == verbs.cend() || !request.path.startsWith('/'))
        return Task<RawAnswer>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_REQUEST"_s));
    return m_link.askEngine(this, [verb = *verb, request](Engine &engine) {
        return engine.api()
            .exchange({.verb = verb, .url = request.path, .body = request.body})
            .andThen(&engine, [](const HttpReply &reply) {
                return Result<RawAnswer>(RawAnswer{.status = reply.status, .body = reply.body});
            });
    });
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/recovery_data.h"

#include "api/account_data.h"
#include "api/room_keys.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// That the server has none is an answer, if it was the homeserver who said so.
template <typename T>
Result<std::optional<T>> orNothing(Result<T> result)
{
    if (result)
        return std::optional(*std::move(result));
    if (result.error().code == "M_NOT_FOUND"_L1)
        return std::optional<T>();
    return tl::unexpected(result.error());
}

/// Answers @p task with errors taken for what they say.
template <typename T>
Task<std::optional<T>> optional(Task<T> task, const QObject *context)
{
    Promise<std::optional<T>> promise;
    auto answer = promise.task();
    std::move(task).then(context, [promise = std::move(promise)](Result<T> result) mutable {
        promise.resolve(orNothing(std::move(result)));
    });
    return answer;
}

} // namespace

Task<std::optional<QByteArray>> accountData(Engine &engine, const QString &type)
{
    return optional(engine.api().sendWithRetry(api::GetAccountData{.userId = engine.user(), .type = type}),
                    &engine)
        .andThen(&engine, [](const std::optional<QJsonObject> &content) {
            return Result<std::optional<QByteArray>>(
                content ? std::optional(QJsonDocument(*content).toJson(QJsonDocument::Compact))
                        : std::nullopt);
        });
}

Task<std::optional<QByteArray>> currentBackup(Engine &engine)
{
    return optional(engine.api().sendWithRetry(api::GetBackupVersion{}), &engine);
}

Task<QString> makeBackup(Engine &engine, const QByteArray &body)
{
    // Once: a repetition would make a second backup.
    return engine.api().send(api::CreateBackup{.body = body});
}

Task<void> writeAccountData(Engine &engine, const crypto::AccountDataWrite &what)
{
    return engine.api().sendWithRetry(
        api::SetAccountData{.userId = engine.user(),
                            .type = what.type,
                            .content = QJsonDocument::fromJson(what.content).object()});
}

Task<void> askForBackup(Engine &engine)
{
    return currentBackup(engine).andThen(&engine, [&engine](const std::optional<QByteArray> &body) {
        return engine.machine().recovery().backupIs(body);
    });
}

void fetchMissingKeys(Engine &engine)
{
    engine.lateKeys().retryWaiting([&engine](const RoomId &room, const SessionId &session) {
        // Also where a key is here: whoever has it passes it on, and it may be nothing.
        engine.machine().recovery().wantFromBackup(room, session);
        engine.pump().kick();
        const auto keys = engine.cryptoStore().inboundSessions(room, session);
        return keys && !keys->isEmpty();
    });
}

} // namespace parvis

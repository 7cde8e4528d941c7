// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/sync_crypto.h"
#include "sync/sync_transport.h"

#include <QHash>
#include <QJsonDocument>
#include <QStringList>

#include <deque>

namespace parvis {

/// Remembers what it was told; reads what it was given a key for.
class FakeSyncCrypto : public SyncCrypto
{
public:
    QStringList log;
    QString since;
    QList<bool> positionLost;
    QHash<QString, ClearText> clear; ///< by event id
    std::optional<Error> failure;
    Result<QString> toDeviceSince() override { return since; }
    Result<void> receive(const SyncUpdate &update, bool lost) override
    {
        if (failure)
            return tl::unexpected(*failure);
        positionLost.append(lost);
        log.append(QStringLiteral("receive %1").arg(update.toDevice.size()));
        if (!update.toDeviceNextBatch.isEmpty())
            since = update.toDeviceNextBatch;
        return {};
    }
    Result<void> follow(const QList<RoomNews> &news) override
    {
        for (const RoomNews &one : news) {
            const QString room = one.room.toString();
            for (const QByteArray &content : one.encryption)
                log.append(QStringLiteral("encrypted %1 %2").arg(room, QString::fromUtf8(content)));
            if (!one.historyVisibility.isEmpty())
                log.append(QStringLiteral("history %1 %2").arg(room, one.historyVisibility));
            if (one.missed)
                log.append(QStringLiteral("limited %1").arg(room));
            for (const auto &[user, now] : one.changes)
                log.append(
                    QStringLiteral("member %1 %2 %3").arg(room, user.toString(), memberStateWord(now)));
            for (const UserId &user : one.inside)
                log.append(QStringLiteral("known %1 %2").arg(room, user.toString()));
        }
        return {};
    }
    Result<QList<Decryption>> decrypt(const RoomId &, const QList<Event> &events) override
    {
        QList<Decryption> out;
        for (const Event &event : events) {
            const auto found = clear.constFind(event.id.toString());
            out.append(found == clear.cend() ? Decryption(Undecryptable::MissingKey) : Decryption(*found));
        }
        return out;
    }
    Result<QList<QList<Decryption>>> decryptRooms(const QList<EncryptedEvents> &rooms) override
    {
        QList<QList<Decryption>> out;
        for (const EncryptedEvents &one : rooms)
            out.append(*decrypt(one.room, one.events));
        return out;
    }
};

/// A server that answers what the test laid out; without an answer it waits, as a long poll does.
class FakeSyncTransport : public SyncTransport
{
public:
    struct Asked {
        QString connection; ///< "encryption", "room-list", "classic"
        QString position;
        int timeoutMs;
        QByteArray body;
    };

    Result<bool> slidingAnswer = true;
    QList<Asked> asked;
    QHash<QString, std::deque<Result<QByteArray>>> answers; ///< by connection
    QHash<QString, std::shared_ptr<Promise<QByteArray>>> waiting;
    Task<bool> hasSliding() override { return Task<bool>::ready(slidingAnswer); }
    Task<QByteArray> sliding(const QString &pos, int timeoutMs, const QByteArray &body,
                             const CancelToken &) override
    {
        const QString connection = QJsonDocument::fromJson(body)[QLatin1StringView("conn_id")].toString();
        return answer(connection, pos, timeoutMs, body);
    }
    Task<QByteArray> classic(const QString &since, int timeoutMs, const QString &filter,
                             const CancelToken &) override
    {
        return answer(QStringLiteral("classic"), since, timeoutMs, filter.toUtf8());
    }
    /// To the request that waits, or to the next one.
    void give(const QString &connection, Result<QByteArray> body)
    {
        if (const auto promise = waiting.take(connection))
            promise->resolve(std::move(body));
        else
            answers[connection].push_back(std::move(body));
    }
    [[nodiscard]] QList<Asked> of(const QString &connection) const
    {
        QList<Asked> out;
        for (const Asked &one : asked) {
            if (one.connection == connection)
                out.append(one);
        }
        return out;
    }

private:
    Task<QByteArray> answer(const QString &connection, const QString &position, int timeoutMs,
                            const QByteArray &body)
    {
        asked.append({connection, position, timeoutMs, body});
        auto &queue = answers[connection];
        if (!queue.empty()) {
            Result<QByteArray> first = std::move(queue.front());
            queue.pop_front();
            return Task<QByteArray>::ready(std::move(first));
        }
        auto promise = std::make_shared<Promise<QByteArray>>();
        Task<QByteArray> task = promise->task();
        waiting.insert(connection, promise);
        return task;
    }
};

} // namespace parvis

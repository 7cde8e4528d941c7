// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "send/send_queue.h"

#include <QStringList>

#include <vector>

namespace parvis {

/// A server in memory: requests wait until the test answers them.
class FakeEventPath : public EventPath
{
public:
    struct Request {
        store::QueueRow row;
        WireEvent event;
        Promise<EventId> promise;
    };

    explicit FakeEventPath(store::QueueStore &store) : m_store(store) {}

    std::vector<Request> requests;
    std::vector<Promise<WireEvent>> preparing; ///< filled while holdPreparing is set
    QStringList kept;                          ///< what came into the local history, in this order
    bool encrypts = false;
    bool holdPreparing = false;
    std::optional<Error> prepareFails;
    std::optional<Error> keepFails;
    int prepared = 0; ///< how often something was encrypted or looked at

    Task<WireEvent> prepare(const store::QueueRow &row) override
    {
        ++prepared;
        if (prepareFails)
            return Task<WireEvent>::ready(tl::unexpected(*prepareFails));
        if (holdPreparing) {
            preparing.emplace_back();
            return preparing.back().task();
        }
        if (!encrypts)
            return Task<WireEvent>::ready(WireEvent{.type = row.kind, .content = row.content});
        // Never the same twice, as a ratchet.
        const QByteArray content =
            row.ciphertext.value_or("secret " + QByteArray::number(prepared) + ' ' + row.content);
        if (auto stored = m_store.setCiphertext(row.txnId, content); !stored)
            return Task<WireEvent>::ready(tl::unexpected(stored.error()));
        return Task<WireEvent>::ready(
            WireEvent{.type = QStringLiteral("m.room.encrypted"), .content = content});
    }

    Task<EventId> put(const store::QueueRow &row, const WireEvent &event) override
    {
        requests.push_back({row, event, {}});
        return requests.back().promise.task();
    }

    Result<void> keep(const store::QueueRow &row, const WireEvent &event, const EventId &id) override
    {
        if (keepFails)
            return tl::unexpected(*keepFails);
        kept.append(id.toString() + QLatin1Char(' ') + event.type + QLatin1Char(' ')
                    + QString::fromUtf8(row.content));
        return {};
    }

    /// Answers the newest request.
    void accept(const char *eventId) { answer(EventId(QString::fromLatin1(eventId))); }
    void refuse(ErrorKind kind, const char *code, int retryAfterMs = 0)
    {
        answer(tl::unexpected(Error{kind, QString::fromLatin1(code), {}, retryAfterMs}));
    }

    /// The texts in the order in which they reached the server.
    [[nodiscard]] QByteArrayList bodies() const
    {
        QByteArrayList found;
        for (const Request &request : requests)
            found.append(request.row.content);
        return found;
    }

    /// Answers request number @p index, which may start others.
    void answer(std::size_t index, Result<EventId> result)
    {
        auto promise = std::move(requests.at(index).promise);
        promise.resolve(std::move(result));
    }

private:
    void answer(Result<EventId> result) { answer(requests.size() - 1, std::move(result)); }

    store::QueueStore &m_store;
};

} // namespace parvis

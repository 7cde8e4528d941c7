// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "net/http.h"

#include <QFileDevice>
#include <QIODevice>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QObject>

#include <algorithm>
#include <deque>

namespace parvis {

/// An Http whose answers a test writes down beforehand; without one, a request waits for answer(), or for its
/// cancellation. Files go up and come down as with the real one.
class FakeHttp final : public Http
{
public:
    Task<HttpReply> send(const HttpRequest &request) override
    {
        sent += request;
        if (request.cancel.isCancelled())
            return Task<HttpReply>::ready(fail(ErrorKind::Cancelled, QStringLiteral("PARVIS_CANCELLED")));
        if (request.upload && request.upload->seek(0))
            uploaded += request.upload->readAll();
        if (!m_ready.empty()) {
            auto next = std::move(m_ready.front());
            m_ready.pop_front();
            return Task<HttpReply>::ready(brought(request, std::move(next)));
        }
        m_open.push_back({++m_number, request, {}});
        request.cancel.onCancel(&m_context, [this, number = m_number] { cancelled(number); });
        return m_open.back().promise.task();
    }

    /// For the next request that has none yet.
    void willSay(Result<HttpReply> reply) { m_ready.push_back(std::move(reply)); }
    void willSay(int status, const QByteArray &body) { willSay(HttpReply{.status = status, .body = body}); }
    void willFail(ErrorKind kind, const QString &code) { willSay(fail(kind, code)); }

    /// The oldest request that waits.
    void answer(int status, const QByteArray &body) { answer(HttpReply{.status = status, .body = body}); }
    void answer(Result<HttpReply> reply)
    {
        Q_ASSERT(!m_open.empty());
        auto open = std::move(m_open.front());
        m_open.pop_front();
        open.promise.resolve(brought(open.request, std::move(reply)));
    }
    [[nodiscard]] qsizetype open() const { return qsizetype(m_open.size()); }

    [[nodiscard]] QByteArray bearer(qsizetype i) const
    {
        return sent.at(i).bearer ? sent.at(i).bearer->view().toByteArray() : QByteArray();
    }
    [[nodiscard]] QJsonObject body(qsizetype i) const
    {
        return QJsonDocument::fromJson(sent.at(i).body).object();
    }

    QList<HttpRequest> sent;
    QList<QByteArray> uploaded; ///< what came as files, in their order

private:
    struct Open {
        int number;
        HttpRequest request;
        Promise<HttpReply> promise;
    };
    static Result<HttpReply> brought(const HttpRequest &request, Result<HttpReply> reply)
    {
        if (!reply || !reply->ok() || !request.download)
            return reply;
        if (reply->body.size() > request.maxReplyBytes)
            return fail(ErrorKind::TooLarge, QStringLiteral("PARVIS_REPLY_TOO_LARGE"));
        const bool empty = request.download->seek(0) && request.download->resize(0);
        if (!empty || request.download->write(reply->body) != reply->body.size()
            || !request.download->flush())
            return fail(ErrorKind::Storage, QStringLiteral("PARVIS_FILE_NOT_WRITTEN"));
        if (request.progress)
            request.progress(reply->body.size(), reply->body.size());
        reply->body.clear();
        return reply;
    }

    void cancelled(int number)
    {
        const auto it = std::find_if(m_open.begin(), m_open.end(),
                                     [number](const Open &open) { return open.number == number; });
        if (it == m_open.end())
            return;
        auto promise = std::move(it->promise);
        m_open.erase(it);
        promise.resolve(fail(ErrorKind::Cancelled, QStringLiteral("PARVIS_CANCELLED")));
    }

    std::deque<Result<HttpReply>> m_ready;
    std::deque<Open> m_open;
    QObject m_context; ///< of what is told when a request is cancelled
    int m_number = 0;
};

} // namespace parvis

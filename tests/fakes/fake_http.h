// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "net/http.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QList>

#include <deque>

namespace parvis {

/// An Http whose answers a test writes down beforehand; without one, a request waits for answer().
class FakeHttp final : public Http
{
public:
    Task<HttpReply> send(const HttpRequest &request) override
    {
        sent += request;
        if (!m_ready.empty()) {
            auto next = std::move(m_ready.front());
            m_ready.pop_front();
            return Task<HttpReply>::ready(std::move(next));
        }
        m_open.emplace_back();
        return m_open.back().task();
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
        auto promise = std::move(m_open.front());
        m_open.pop_front();
        promise.resolve(std::move(reply));
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

private:
    std::deque<Result<HttpReply>> m_ready;
    std::deque<Promise<HttpReply>> m_open;
};

} // namespace parvis

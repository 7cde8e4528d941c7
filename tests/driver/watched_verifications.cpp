// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "watched_verifications.h"

#include <algorithm>

#include "values_json.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

/// Looks at each change until there is an answer.
class Wait : public QObject
{
public:
    Wait(WatchedVerifications &watched, WatchedVerifications::Test matches,
         WatchedVerifications::Test hopeless)
        : QObject(&watched),
          m_watched(watched),
          m_matches(std::move(matches)),
          m_hopeless(std::move(hopeless))
    {
        connect(&watched, &WatchedVerifications::changed, this, &Wait::look, Qt::QueuedConnection);
    }

    Task<VerificationInfo> start()
    {
        auto task = m_promise.task();
        look();
        return task;
    }

private:
    void look()
    {
        const auto &all = m_watched.all();
        for (auto one = all.crbegin(); one != all.crend() && !m_done; ++one) {
            if (m_matches(*one))
                finish(*one);
            else if (m_hopeless && m_hopeless(*one))
                finish(fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_VERIFICATION"_s, one->cancelCode));
        }
    }

    void finish(Result<VerificationInfo> answer)
    {
        m_done = true;
        deleteLater();
        m_promise.resolve(std::move(answer));
    }

    WatchedVerifications &m_watched;
    WatchedVerifications::Test m_matches;
    WatchedVerifications::Test m_hopeless;
    Promise<VerificationInfo> m_promise;
    bool m_done = false;
};

} // namespace

WatchedVerifications::WatchedVerifications(VerificationPort &port, LineProtocol &protocol)
{
    port.subscribe(this, [this, &protocol](const QList<VerificationInfo> &now) { take(now, protocol); });
}

void WatchedVerifications::take(const QList<VerificationInfo> &now, LineProtocol &protocol)
{
    const auto before = std::exchange(m_all, now);
    for (const VerificationInfo &one : now) {
        if (!before.contains(one))
            protocol.announce(u"verification"_s, toJson(one));
    }
    Q_EMIT changed();
}

Task<VerificationInfo> WatchedVerifications::wait(Test matches, Test hopeless)
{
    return (new Wait(*this, std::move(matches), std::move(hopeless)))->start();
}

} // namespace parvis::driver

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/identity_word.h"

#include "engine/engine_work.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr int wordPatienceMs = 30'000;

/// Looks after each answer of the server. Deletes itself when it has answered.
class IdentityWait : public EngineWork
{
public:
    explicit IdentityWait(Engine &engine) : EngineWork(engine)
    {
        connect(&engine.pump(), &OutgoingPump::progressed, this, [this] { look(); });
        QTimer::singleShot(wordPatienceMs, this, [this] {
            finish(fail(ErrorKind::Timeout, u"PARVIS_TIMEOUT"_s, u"keys query"_s));
        });
    }

    [[nodiscard]] Task<crypto::OwnIdentity> start()
    {
        auto task = m_promise.task();
        m_engine.pump().kick();
        look();
        return task;
    }

private:
    void look()
    {
        auto own = m_engine.machine().ownIdentity();
        if (!own || own->checked)
            finish(std::move(own));
    }

    void finish(Result<crypto::OwnIdentity> own)
    {
        if (std::exchange(m_done, true))
            return;
        m_promise.resolve(std::move(own));
        deleteLater();
    }

    Promise<crypto::OwnIdentity> m_promise;
    bool m_done = false;
};

} // namespace

Task<crypto::OwnIdentity> identityWord(Engine &engine)
{
    return (new IdentityWait(engine))->start();
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/key_intake.h"

#include "crypto/key_transfer.h"
#include "engine/engine.h"

namespace parvis {

Task<void> KeyIntake::run(Engine &engine, Keys keys, Take take)
{
    if (keys.isEmpty())
        return Task<void>::ready({});
    auto *work = new KeyIntake(engine, std::move(keys), std::move(take));
    auto task = work->m_promise.task();
    work->next();
    return task;
}

KeyIntake::KeyIntake(Engine &engine, Keys keys, Take take)
    : EngineWork(engine), m_keys(std::move(keys)), m_take(std::move(take))
{
}

void KeyIntake::next()
{
    const auto taken = m_take(m_keys.mid(m_at, crypto::importSlice));
    m_at += crypto::importSlice;
    if (taken) {
        m_engine.lateKeys().keysArrived(taken->sessions);
        if (m_at < m_keys.size()) {
            QMetaObject::invokeMethod(this, &KeyIntake::next, Qt::QueuedConnection);
            return;
        }
    }
    deleteLater();
    m_promise.resolve(taken ? Result<void>() : tl::unexpected(taken.error()));
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "crypto/key_recovery.h"
#include "engine/engine_work.h"

#include <functional>

namespace parvis {

/// Takes many keys in, a slice a turn of the core thread, so that everything else has its turns between. What
/// was taken in before a failure stays. Core thread; deletes itself.
class KeyIntake final : public EngineWork
{
public:
    using Keys = QList<crypto::InboundSessionRecord>;
    /// Takes in one slice: the machine's import() or what belongs to it. Called also after whoever asked has
    /// gone: it holds on to nothing that does not live as long as the engine.
    using Take = std::function<Result<crypto::ImportOutcome>(const Keys &slice)>;

    /// Answers once all @p keys are in, at once where there is none; fails with what @p take says.
    [[nodiscard]] static Task<void> run(Engine &engine, Keys keys, Take take);

private:
    KeyIntake(Engine &engine, Keys keys, Take take);
    void next();

    const Keys m_keys;
    const Take m_take;
    qsizetype m_at = 0;
    Promise<void> m_promise;
};

} // namespace parvis

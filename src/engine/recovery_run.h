// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/recovery_setup.h"
#include "engine/engine.h"
#include "engine/engine_work.h"

namespace parvis {

/// Takes the steps of a crypto::RecoverySetup to the server, and answers with the recovery key in letters.
/// What is interrupted is gone on with by the next one. Deletes itself when it has answered. Core thread.
///
/// Fails as RecoverySetup and IdentitySetup do, and with PARVIS_RECOVERY_BUSY while another one runs.
class RecoveryRun : public EngineWork
{
public:
    [[nodiscard]] static Task<Secret> run(Engine &engine, Secret password, bool replace);

private:
    RecoveryRun(Engine &engine, Secret password, bool replace);

    void next();
    void take(const crypto::RecoverySetup::ReadStorage &);
    void take(const crypto::RecoverySetup::ReadWish &);
    void take(const crypto::RecoverySetup::MakeIdentity &step);
    void take(const crypto::RecoverySetup::AskForBackup &);
    void take(const crypto::RecoverySetup::MakeBackup &step);
    void take(const crypto::RecoverySetup::Write &step);
    void take(crypto::RecoverySetup::Done &step);
    void goOn(const Result<void> &done);
    void finish(Result<Secret> result);

    Secret m_password;
    crypto::RecoverySetup m_setup;
    Promise<Secret> m_promise;
    bool m_done = false;
};

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/engine.h"
#include "engine/engine_work.h"

#include <QTimer>

namespace parvis {

/// Makes a cross-signing identity for the account and takes it to the server, which may ask who asks. Deletes
/// itself when it has answered. Core thread.
///
/// Fails with PARVIS_IDENTITY_EXISTS where there is one and none is to be replaced: this device is to be
/// verified instead; PARVIS_PASSWORD_NEEDED where the server wants the password; PARVIS_AUTH_IN_BROWSER, with
/// the address in `detail`, where the person is to agree on the account's page first and ask again.
class IdentitySetup : public EngineWork
{
public:
    /// @p replace: an identity that exists is given up.
    [[nodiscard]] static Task<void> run(Engine &engine, Secret password, bool replace);

private:
    IdentitySetup(Engine &engine, Secret password, bool replace);

    void checked(const Result<crypto::OwnIdentity> &own);
    /// Another device may have made one a moment ago, and its news may still be on their way.
    void askAnew();
    void upload(bool exists);
    /// There is an identity. What an earlier set-up of this device took to the server may have come to be
    /// known only now: then it is made; any other is to be verified instead.
    void settled();
    /// The account's identity is the one that was agreed to before this set-up began.
    [[nodiscard]] bool isAgreed() const;
    /// What the server shows is what an earlier set-up of this device took there, whose answer was lost.
    [[nodiscard]] bool isOurs(const QJsonValue &master);
    void uploaded(const Result<void> &result);
    void signaturesFollow();
    void whenSigned();
    void finish(const Result<void> &result);

    Secret m_password;
    bool m_replace;
    Ed25519Key m_agreed; ///< of an earlier set-up, whose answer never came
    QTimer m_patience;   ///< for the signatures that follow
    Promise<void> m_promise;
    bool m_done = false;
};

} // namespace parvis

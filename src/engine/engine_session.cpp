// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// Who is signed in: with new tokens, and under which name.
#include "api/profile.h"
#include "engine/engine.h"
#include "engine/person_name.h"

namespace parvis {

Result<void> Engine::signInAgain(const Tokens &tokens)
{
    if (auto saved = m_tokenKeeper.save(tokens); !saved)
        return saved;
    if (auto told = m_machine->onSignedInAgain(); !told)
        return told;
    m_api.setTokens(tokens.clone(), &m_tokenKeeper);
    SessionInfo session = m_session.get();
    session.needsSignIn = false;
    m_session.set(session);
    start();
    return {};
}

void Engine::fetchProfile()
{
    m_api.sendWithRetry(api::GetProfile{.userId = m_user})
        .then(this, [this](const Result<api::GetProfile::Response> &profile) {
            if (!profile)
                return;
            SessionInfo session = m_session.get();
            const PersonName person = splitPersonName(profile->displayName);
            session.displayName = person.name;
            session.organisation = person.organisation;
            m_session.set(session);
        });
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/authenticated_call.h"

#include "api/api_error.h"

using namespace Qt::StringLiterals;

namespace parvis {

Task<void> AuthenticatedCall::run(ApiClient &api, AuthMemory &memory, const UserId &user, What what,
                                  Secret password)
{
    auto *call = new AuthenticatedCall(api, memory, user, std::move(what), std::move(password));
    auto task = call->m_promise.task();
    const auto begun = memory.take(call->m_what.body);
    if (begun)
        call->send(With::Session, api::withSession(call->m_what.body, *begun));
    else
        call->send(With::Nothing, call->m_what.body);
    return task;
}

AuthenticatedCall::AuthenticatedCall(ApiClient &api, AuthMemory &memory, UserId user, What what,
                                     Secret password)
    : QObject(&api),
      m_api(api),
      m_memory(memory),
      m_user(std::move(user)),
      m_what(std::move(what)),
      m_password(std::move(password))
{
}

void AuthenticatedCall::send(With with, const QByteArray &body)
{
    if (with != With::Nothing && m_what.agreed) {
        if (auto kept = m_what.agreed(); !kept)
            return finish(kept);
    }
    m_api.exchange(m_what.build(body)).then(this, [this, with](const Result<HttpReply> &reply) {
        answered(with, reply);
    });
}

void AuthenticatedCall::answered(With with, const Result<HttpReply> &reply)
{
    if (!reply)
        return finish(tl::unexpected(reply.error()));
    if (const auto challenge = api::authChallenge(*reply))
        return challenged(with, *challenge);
    if (reply->ok())
        return finish({});
    // What was begun in the browser is forgotten there: from the beginning.
    if (with == With::Session && reply->status < 500 && reply->status != 429)
        return send(With::Nothing, m_what.body);
    finish(tl::unexpected(errorFromReply(*reply, 0)));
}

void AuthenticatedCall::challenged(With with, const api::AuthChallenge &challenge)
{
    const QString password = u"m.login.password"_s;
    // Wrong: the person is asked again, not the server. Only one that names the stage as done took it.
    if (with == With::Password && !challenge.completed.contains(password))
        return finish(fail(ErrorKind::Auth, u"PARVIS_WRONG_PASSWORD"_s, challenge.errcode));
    if (with != With::Password && challenge.isEnough(password)) {
        if (m_password.isEmpty())
            return finish(fail(ErrorKind::Auth, u"PARVIS_PASSWORD_NEEDED"_s));
        return send(With::Password, api::withPassword(m_what.body, challenge, m_user.toString(), m_password));
    }
    m_memory.keep(m_what.body, challenge);
    finish(fail(ErrorKind::Auth, u"PARVIS_AUTH_IN_BROWSER"_s, challenge.page(m_api.baseUrl())));
}

void AuthenticatedCall::finish(const Result<void> &result)
{
    m_promise.resolve(result);
    deleteLater();
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/identity_setup.h"

#include "api/api_error.h"
#include "api/keys.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// For the questions that come before, and for the signatures that come after.
constexpr int patienceMs = 30'000;

} // namespace

Task<void> IdentitySetup::run(Engine &engine, Secret password, bool replace)
{
    auto *setup = new IdentitySetup(engine, std::move(password), replace);
    auto task = setup->m_promise.task();
    engine.pump().kick();
    setup->whenChecked();
    return task;
}

IdentitySetup::IdentitySetup(Engine &engine, Secret password, bool replace)
    : QObject(&engine), m_engine(engine), m_password(std::move(password)), m_replace(replace)
{
    connect(&engine.pump(), &OutgoingPump::progressed, this, [this] {
        if (m_uploaded)
            whenSigned();
        else if (!m_uploading)
            whenChecked();
    });
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        // The identity is there; its signatures go out as soon as they can.
        finish(m_uploaded ? Result<void>() : fail(ErrorKind::Timeout, u"PARVIS_TIMEOUT"_s, u"keys query"_s));
    });
    m_patience.start(patienceMs);
}

void IdentitySetup::whenChecked()
{
    const auto own = m_engine.machine().ownIdentity();
    if (!own)
        return finish(tl::unexpected(own.error()));
    if (!own->checked)
        return;
    if (own->exists && !m_replace)
        return finish(fail(ErrorKind::Usage, u"PARVIS_IDENTITY_EXISTS"_s));
    const auto body = m_engine.machine().newIdentity();
    if (!body)
        return finish(tl::unexpected(body.error()));
    m_body = *body;
    m_uploading = true;
    upload({});
}

void IdentitySetup::upload(const std::optional<api::AuthChallenge> &challenge)
{
    QByteArray body =
        challenge ? api::withPassword(m_body, *challenge, m_engine.user().toString(), m_password) : m_body;
    m_engine.api()
        .exchange(api::UploadIdentity{.body = body}.build())
        .then(this, [this, withPassword = challenge.has_value()](const Result<HttpReply> &reply) {
            answered(reply, withPassword);
        });
}

void IdentitySetup::answered(const Result<HttpReply> &reply, bool withPassword)
{
    if (!reply)
        return finish(tl::unexpected(reply.error()));
    if (const auto challenge = api::authChallenge(*reply))
        return challenged(*challenge, withPassword);
    if (!reply->ok())
        return finish(tl::unexpected(errorFromReply(*reply, 0)));
    if (auto kept = m_engine.machine().newIdentityAccepted(); !kept)
        return finish(kept);
    m_uploaded = true;
    Q_EMIT m_engine.trustChanged({});
    m_engine.pump().kick();
    whenSigned();
}

void IdentitySetup::challenged(const api::AuthChallenge &challenge, bool withPassword)
{
    if (withPassword) // wrong: the person is asked again, not the server
        return finish(fail(ErrorKind::Auth, u"PARVIS_WRONG_PASSWORD"_s, challenge.errcode));
    if (challenge.isEnough(u"m.login.password"_s)) {
        if (m_password.isEmpty())
            return finish(fail(ErrorKind::Auth, u"PARVIS_PASSWORD_NEEDED"_s));
        return upload(challenge);
    }
    finish(fail(ErrorKind::Auth, u"PARVIS_AUTH_IN_BROWSER"_s, challenge.url));
}

void IdentitySetup::whenSigned()
{
    const auto own = m_engine.machine().ownIdentity();
    if (own && own->thisDeviceSigned)
        finish({});
}

void IdentitySetup::finish(Result<void> result)
{
    if (std::exchange(m_done, true))
        return;
    m_patience.stop();
    m_promise.resolve(std::move(result));
    deleteLater();
}

} // namespace parvis

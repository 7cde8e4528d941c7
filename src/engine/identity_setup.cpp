// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/identity_setup.h"

#include "api/keys.h"
#include "engine/authenticated_call.h"
#include "engine/identity_word.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr int setupPatienceMs = 30'000;

/// The server has answered, and has not done it. Where it did not answer, it may have.
bool isRefusal(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Auth:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::RateLimited:
    case ErrorKind::TooLarge:
        return true;
    default:
        return false;
    }
}

} // namespace

Task<void> IdentitySetup::run(Engine &engine, Secret password, bool replace)
{
    auto *setup = new IdentitySetup(engine, std::move(password), replace);
    const auto agreed = engine.machine().agreedIdentity();
    setup->m_agreed = agreed.value_or(Ed25519Key());
    auto task = setup->m_promise.task();
    identityWord(engine).then(setup,
                              [setup](const Result<crypto::OwnIdentity> &own) { setup->checked(own); });
    return task;
}

IdentitySetup::IdentitySetup(Engine &engine, Secret password, bool replace)
    : EngineWork(engine), m_password(std::move(password)), m_replace(replace)
{
    m_patience.setSingleShot(true);
    // The identity is there; its signatures go out as soon as they can.
    connect(&m_patience, &QTimer::timeout, this, [this] { finish({}); });
}

void IdentitySetup::checked(const Result<crypto::OwnIdentity> &own)
{
    if (!own)
        return finish(tl::unexpected(own.error()));
    if (own->exists && !m_replace)
        return settled();
    if (m_replace)
        return upload(own->exists);
    askAnew();
}

void IdentitySetup::askAnew()
{
    const QString user = m_engine.user().toString();
    const QJsonObject question{{"device_keys"_L1, QJsonObject{{user, QJsonArray()}}}, {"timeout"_L1, 10'000}};
    m_engine.api()
        .sendWithRetry(api::QueryKeys{QJsonDocument(question).toJson(QJsonDocument::Compact)})
        .then(this, [this, user](const Result<QByteArray> &answer) {
            if (!answer)
                return finish(tl::unexpected(answer.error()));
            const QJsonValue shown = QJsonDocument::fromJson(*answer)["master_keys"_L1][user];
            if (isAgreed())
                return settled();
            if (!shown.isObject() || isOurs(shown))
                return upload(false);
            // The machine takes it in by its own question, with all its checks.
            if (auto told = m_engine.machine().onDevicesChanged({m_engine.user()}); !told)
                return finish(told);
            m_engine.pump().kick();
            finish(fail(ErrorKind::Usage, u"PARVIS_IDENTITY_EXISTS"_s));
        });
}

bool IdentitySetup::isAgreed() const
{
    const auto own = m_engine.machine().ownIdentity();
    return own && own->isWhole() && !m_agreed.isEmpty() && own->master == m_agreed;
}

void IdentitySetup::settled()
{
    if (!isAgreed())
        return finish(fail(ErrorKind::Usage, u"PARVIS_IDENTITY_EXISTS"_s));
    signaturesFollow();
}

bool IdentitySetup::isOurs(const QJsonValue &master)
{
    const auto body = m_engine.machine().newIdentity();
    return body && QJsonDocument::fromJson(*body)["master_key"_L1]["keys"_L1] == master["keys"_L1];
}

void IdentitySetup::upload(bool exists)
{
    const auto body = m_engine.machine().newIdentity();
    if (!body)
        return finish(tl::unexpected(body.error()));
    // Where there is none yet, nothing can be lost by one that the person did not wait for.
    if (!exists) {
        if (auto kept = m_engine.machine().newIdentityAgreed(m_replace); !kept)
            return finish(kept);
    }
    const auto agreed = [engine = &m_engine, replace = m_replace] {
        return engine->machine().newIdentityAgreed(replace);
    };
    const auto build = [](const QByteArray &with) { return api::UploadIdentity{.body = with}.build(); };
    AuthenticatedCall::run(m_engine.api(), m_engine.authMemory(), m_engine.user(), {build, *body, agreed},
                           std::move(m_password))
        .then(this, [this](const Result<void> &result) { uploaded(result); });
}

void IdentitySetup::uploaded(const Result<void> &result)
{
    // What an earlier set-up took there may have been taken, whatever is said of this one.
    if (!result && isRefusal(result.error()) && m_agreed.isEmpty()) {
        if (auto forgotten = m_engine.machine().newIdentityRefused(); !forgotten)
            return finish(forgotten);
    }
    if (!result)
        return finish(result);
    if (auto kept = m_engine.machine().newIdentityAccepted(m_replace); !kept)
        return finish(kept);
    signaturesFollow();
}

void IdentitySetup::signaturesFollow()
{
    Q_EMIT m_engine.trustChanged({});
    connect(&m_engine.pump(), &OutgoingPump::progressed, this, [this] { whenSigned(); });
    m_patience.start(setupPatienceMs);
    m_engine.pump().kick();
    whenSigned();
}

void IdentitySetup::whenSigned()
{
    const auto own = m_engine.machine().ownIdentity();
    if (own && own->thisDeviceSigned)
        finish({});
}

void IdentitySetup::finish(const Result<void> &result)
{
    if (std::exchange(m_done, true))
        return;
    m_patience.stop();
    m_promise.resolve(result);
    deleteLater();
}

} // namespace parvis

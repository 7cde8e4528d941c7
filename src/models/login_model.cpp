// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/login_model.h"

#include "models/typed_secret.h"

#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace parvis {

LoginModel::LoginModel(LoginPort &port, QObject *parent)
    : QObject(parent), m_port(port), m_rules(port.rules())
{
}

void LoginModel::go(Step step, ShownError error)
{
    m_busy = false;
    m_step = step;
    m_error = std::move(error);
    Q_EMIT changed();
}

void LoginModel::findServer(const QString &serverOrUser)
{
    const auto wanted = serverOrUser.trimmed();
    if (m_busy || wanted.isEmpty())
        return;
    m_busy = true;
    m_error = {};
    Q_EMIT changed();
    m_port.discover(wanted).then(this, [this](Result<ServerInfo> server) {
        if (!server)
            return go(ServerStep, ShownError(server.error(), ErrorText::During::SignIn));
        if (!server->flows.password)
            return go(ServerStep, ShownError({ErrorKind::Forbidden, u"PARVIS_NO_PASSWORD_FLOW"_s, {}}));
        m_server = *server;
        m_user = server->user;
        go(PasswordStep);
    });
}

void LoginModel::signIn(const QString &user, const QString &password)
{
    if (m_busy || m_step != PasswordStep || user.trimmed().isEmpty() || password.isEmpty())
        return;
    m_user = user.trimmed();
    m_password = typedSecret(password);
    attempt({});
}

void LoginModel::finish(const QString &passphrase)
{
    if (!m_busy && m_step == VaultStep)
        attempt(typedSecret(passphrase));
}

void LoginModel::attempt(Secret passphrase)
{
    m_busy = true;
    m_error = {};
    Q_EMIT changed();
    //: The name of this device in the person's list of devices. 1: system, for example "Debian GNU/Linux 12"
    const auto deviceName = tr("Parvis on %1").arg(QSysInfo::prettyProductName());
    const PasswordLogin login{.baseUrl = m_server.baseUrl, .user = m_user, .deviceName = deviceName};
    m_port.loginPassword(login, m_password.clone(), std::move(passphrase))
        .then(this, [this](Result<SessionInfo> session) {
            if (!session && session.error().kind == ErrorKind::Keychain)
                return go(VaultStep, ShownError::of(session, ErrorText::During::SignIn));
            m_password = {};
            if (!session)
                return go(PasswordStep, ShownError::of(session, ErrorText::During::SignIn));
            go(ServerStep); // for the next time somebody signs in
        });
}

void LoginModel::back()
{
    if (m_busy)
        return;
    m_password = {};
    go(m_step == VaultStep ? PasswordStep : ServerStep);
}

void LoginModel::retranslate()
{
    Q_EMIT changed();
}

} // namespace parvis

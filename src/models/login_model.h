// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/login_port.h"
#include "models/shown_error.h"

#include <QObject>
#include <QQmlEngine>

namespace parvis {

/// The steps of signing in: find the server, give the password; where no keychain answers, choose a
/// passphrase.
class LoginModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(Step step READ step NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString serverName READ serverName NOTIFY changed)
    Q_PROPERTY(QString baseUrl READ baseUrl NOTIFY changed)
    Q_PROPERTY(QString user READ user NOTIFY changed)
    Q_PROPERTY(QString suggestedServer READ suggestedServer CONSTANT)
    Q_PROPERTY(bool passphraseAllowed READ passphraseAllowed CONSTANT)

public:
    enum Step { ServerStep, PasswordStep, VaultStep };
    Q_ENUM(Step)

    explicit LoginModel(LoginPort &port, QObject *parent = nullptr);

    Q_INVOKABLE void findServer(const QString &serverOrUser);
    /// A failure of the keychain leads to VaultStep, where the same password is used again.
    Q_INVOKABLE void signIn(const QString &user, const QString &password);
    /// From VaultStep: an empty passphrase tries the keychain once more.
    Q_INVOKABLE void finish(const QString &passphrase);
    Q_INVOKABLE void back();
    void retranslate();

    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] bool busy() const { return m_busy; }
    [[nodiscard]] QString errorText() const { return m_error.text(); }
    [[nodiscard]] QString serverName() const { return m_server.serverName; }
    [[nodiscard]] QString baseUrl() const { return m_server.baseUrl; }
    [[nodiscard]] QString user() const { return m_user; }
    [[nodiscard]] QString suggestedServer() const { return m_rules.suggestedServer; }
    [[nodiscard]] bool passphraseAllowed() const { return m_rules.passphraseVault; }

Q_SIGNALS:
    void changed();

private:
    void go(Step step, ShownError error = {});
    void attempt(Secret passphrase);

    LoginPort &m_port;
    LoginRules m_rules;
    Step m_step = ServerStep;
    bool m_busy = false;
    ShownError m_error;
    ServerInfo m_server;
    QString m_user;
    Secret m_password; ///< only between PasswordStep and the answer
};

} // namespace parvis

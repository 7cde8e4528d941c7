// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/account_port.h"
#include "client/login_port.h"
#include "models/shown_error.h"

#include <QObject>
#include <QQmlEngine>

namespace parvis {

/// Whether somebody is signed in here, and what stands in the way where a stored account does not open.
class SessionModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(Phase phase READ phase NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString userId READ userId NOTIFY changed)
    Q_PROPERTY(QString displayName READ displayName NOTIFY changed)
    Q_PROPERTY(QString serverName READ serverName NOTIFY changed)
    Q_PROPERTY(QString initials READ initials NOTIFY changed)
    Q_PROPERTY(int colour READ colour NOTIFY changed)
    Q_PROPERTY(bool needsSignIn READ needsSignIn NOTIFY changed)
    Q_PROPERTY(QString problemTitle READ problemTitle NOTIFY changed)
    Q_PROPERTY(QString problemText READ problemText NOTIFY changed)
    Q_PROPERTY(QString problemAccount READ problemAccount NOTIFY changed)
    Q_PROPERTY(bool asksPassphrase READ asksPassphrase NOTIFY changed)
    Q_PROPERTY(bool asksPassword READ asksPassword NOTIFY changed)
    Q_PROPERTY(bool offersStartOver READ offersStartOver NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(bool leaving READ leaving NOTIFY leavingChanged)
    Q_PROPERTY(QStringList losses READ losses NOTIFY leavingChanged)
    Q_PROPERTY(bool previewed READ previewed NOTIFY leavingChanged)

public:
    enum Phase { Starting, SignedOut, Problem, SignedIn };
    Q_ENUM(Phase)

    SessionModel(AccountPort &account, LoginPort &login, QObject *parent = nullptr);

    /// Looks for a stored account and opens it.
    Q_INVOKABLE void start();
    /// Tries the account of the problem page once more.
    Q_INVOKABLE void retry();
    Q_INVOKABLE void unlock(const QString &passphrase);
    Q_INVOKABLE void signInAgain(const QString &password);
    /// The person has read what is set aside and agreed.
    Q_INVOKABLE void startOver();
    /// Finds out what signing out would lose, for the question.
    Q_INVOKABLE void previewLogout();
    Q_INVOKABLE void logout();
    void retranslate();

    [[nodiscard]] Phase phase() const;
    [[nodiscard]] bool busy() const { return m_busy; }
    [[nodiscard]] QString userId() const { return m_session.userId.toString(); }
    [[nodiscard]] QString displayName() const;
    [[nodiscard]] QString serverName() const { return m_session.serverName; }
    [[nodiscard]] QString initials() const;
    [[nodiscard]] int colour() const;
    [[nodiscard]] bool needsSignIn() const { return m_session.needsSignIn; }
    [[nodiscard]] QString problemTitle() const;
    [[nodiscard]] QString problemText() const;
    [[nodiscard]] QString problemAccount() const;
    [[nodiscard]] bool asksPassphrase() const { return m_stored.state == StoredState::NeedsPassphrase; }
    [[nodiscard]] bool asksPassword() const { return m_stored.state == StoredState::SignedOut; }
    [[nodiscard]] bool offersStartOver() const;
    [[nodiscard]] QString errorText() const { return m_error.text(); }
    [[nodiscard]] bool leaving() const { return m_leaving; }
    [[nodiscard]] QStringList losses() const;
    [[nodiscard]] bool previewed() const { return m_preview.has_value(); }

Q_SIGNALS:
    void changed();
    void leavingChanged();
    /// The account is open: its rooms can be followed.
    void opened();
    /// The person signed out or started over: nothing may point to what the account was about.
    void forgotten();

private:
    void open(const UserId &user, Secret passphrase);
    void take(const SessionInfo &session);
    void settle(bool busy, ShownError error = {});

    AccountPort &m_account;
    LoginPort &m_login;
    SessionInfo m_session;
    StoredAccount m_stored; ///< the one that does not open; without a user id there is no problem
    std::optional<LogoutPreview> m_preview;
    bool m_started = false; ///< the first look at the stored accounts is over
    bool m_opening = false; ///< an account was found in order, but is not here yet
    bool m_busy = false;
    bool m_leaving = false;
    ShownError m_error;
};

} // namespace parvis

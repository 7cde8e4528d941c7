// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/session_model.h"

#include "models/person_mark.h"
#include "models/sentences.h"
#include "models/typed_secret.h"

namespace parvis {

SessionModel::SessionModel(AccountPort &account, LoginPort &login, QObject *parent)
    : QObject(parent), m_account(account), m_login(login)
{
    account.subscribeSession(this, [this](const SessionInfo &session) { take(session); });
}

void SessionModel::take(const SessionInfo &session)
{
    const bool opens = session.userId != m_session.userId && !session.userId.isEmpty();
    m_session = session;
    if (opens) {
        m_started = true;
        m_opening = false;
        m_stored = {};
        m_error = {};
    }
    Q_EMIT changed();
    if (!opens)
        return;
    // Should it fail, the connection says so; what is stored can be read all the same.
    m_account.startSync().then(this, [](const Result<void> &) {});
    Q_EMIT opened();
}

SessionModel::Phase SessionModel::phase() const
{
    if (!m_session.userId.isEmpty())
        return SignedIn;
    if (!m_stored.userId.isEmpty())
        return Problem;
    return m_started && !m_opening ? SignedOut : Starting;
}

void SessionModel::settle(bool busy, ShownError error)
{
    m_busy = busy;
    m_error = std::move(error);
    Q_EMIT changed();
}

void SessionModel::start()
{
    settle(true);
    m_login.accounts().then(this, [this](Result<QList<StoredAccount>> accounts) {
        if (accounts && !accounts->isEmpty())
            return open(accounts->first().userId, {});
        m_started = true;
        settle(false, ShownError::of(accounts));
    });
}

void SessionModel::open(const UserId &user, Secret passphrase)
{
    settle(true);
    m_login.restore(user, std::move(passphrase)).then(this, [this, user](Result<StoredAccount> account) {
        m_started = true;
        if (!account) {
            m_stored.userId = user; // the state stays what it was: the page offers the same again
            return settle(false, ShownError::of(account, ErrorText::During::SignIn));
        }
        const bool ready = account->state == StoredState::Ready;
        m_opening = ready && m_session.userId.isEmpty(); // its session is on its way
        m_stored = ready ? StoredAccount{} : *account;
        settle(false, account->problem ? ShownError(*account->problem) : ShownError());
    });
}

void SessionModel::retry()
{
    if (!m_busy)
        open(m_stored.userId, {});
}

void SessionModel::unlock(const QString &passphrase)
{
    if (!m_busy)
        open(m_stored.userId, typedSecret(passphrase));
}

void SessionModel::signInAgain(const QString &password)
{
    if (m_busy)
        return;
    settle(true);
    const auto user = m_session.userId.isEmpty() ? m_stored.userId : m_session.userId;
    m_login.signInAgain(user, typedSecret(password)).then(this, [this](Result<SessionInfo> session) {
        settle(false, ShownError::of(session, ErrorText::During::Confirming));
    });
}

void SessionModel::startOver()
{
    if (m_busy)
        return;
    settle(true);
    m_login.startOver(m_stored.userId).then(this, [this](Result<void> done) {
        if (done) {
            m_stored = {};
            Q_EMIT forgotten();
        }
        settle(false, ShownError::of(done, ErrorText::During::SignIn));
    });
}

void SessionModel::previewLogout()
{
    m_preview.reset();
    Q_EMIT leavingChanged();
    m_login.logoutPreview().then(this, [this](Result<LogoutPreview> preview) {
        // Without an answer the question still names what it cannot know.
        m_preview = preview.value_or(LogoutPreview{.keysNotBackedUp = -1, .serverReachable = false});
        Q_EMIT leavingChanged();
    });
}

void SessionModel::logout()
{
    if (m_leaving)
        return;
    m_leaving = true;
    Q_EMIT leavingChanged();
    m_login.logout(false).then(this, [this](Result<void> done) {
        m_leaving = false;
        m_preview.reset();
        if (done)
            Q_EMIT forgotten();
        Q_EMIT leavingChanged();
        settle(false, ShownError::of(done));
    });
}

QStringList SessionModel::losses() const
{
    QStringList all;
    if (!m_preview)
        return all;
    if (m_preview->unsent > 0)
        all += tr("%n message(s) not sent yet", "", m_preview->unsent);
    if (m_preview->drafts > 0)
        all += tr("%n draft(s)", "", m_preview->drafts);
    if (m_preview->keysNotBackedUp > 0)
        all += tr("The keys of your encrypted messages: no backup holds them. Without another device you "
                  "will no longer be able to read these messages.");
    if (m_preview->keysNotBackedUp < 0)
        all += tr("Perhaps more: Parvis could not find out what is not backed up.");
    if (m_preview->serverReachable && !m_preview->otherDevices)
        all += m_preview->recoverable
            ? tr("This is your only device: to read your encrypted messages again, you will need your "
                 "recovery key.")
            : tr("This is your only device, and you have confirmed no recovery key: nobody will ever be "
                 "able to read your encrypted messages again.");
    if (!m_preview->serverReachable)
        all += tr("The server does not answer: until it does, it will still list this device.");
    return all;
}

void SessionModel::retranslate()
{
    Q_EMIT changed();
    Q_EMIT leavingChanged();
}

QString SessionModel::displayName() const
{
    return m_session.displayName.isEmpty() ? userId() : m_session.displayName;
}

QString SessionModel::initials() const
{
    return parvis::initials(displayName());
}

int SessionModel::colour() const
{
    return avatarColour(userId());
}

QString SessionModel::problemTitle() const
{
    const auto title = Sentences::problemTitle(m_stored.state);
    return title.isEmpty() ? tr("Your account could not be opened") : title;
}

QString SessionModel::problemText() const
{
    return Sentences::problem(m_stored.state);
}

QString SessionModel::problemAccount() const
{
    return m_stored.displayName.isEmpty() ? m_stored.userId.toString() : m_stored.displayName;
}

bool SessionModel::offersStartOver() const
{
    switch (m_stored.state) {
    case StoredState::KeychainEmpty:
    case StoredState::WrongKey:
    case StoredState::Damaged:
    case StoredState::NeedsPassphrase:
    case StoredState::KeychainAbsent:
        return true;
    case StoredState::Ready:
    case StoredState::KeychainLocked:
    case StoredState::NewerVersion:
    case StoredState::SignedOut:
        return false;
    }
    Q_UNREACHABLE();
    return false;
}

} // namespace parvis

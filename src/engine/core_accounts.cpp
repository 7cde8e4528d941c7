// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// What becomes of accounts that are on this computer: opened, signed in again, signed out, set aside.
#include "api/devices.h"
#include "engine/core.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// What the person has to choose; empty where the error is no state of the account.
std::optional<StoredState> stateOf(const Error &error)
{
    static const QHash<QString, StoredState> states{
        {u"PARVIS_KEYCHAIN_ABSENT"_s, StoredState::KeychainAbsent},
        {u"PARVIS_KEYCHAIN_FAILED"_s, StoredState::KeychainAbsent},
        {u"PARVIS_KEYCHAIN_LOCKED"_s, StoredState::KeychainLocked},
        {u"PARVIS_KEYCHAIN_EMPTY"_s, StoredState::KeychainEmpty},
        {u"PARVIS_STORE_WRONG_KEY"_s, StoredState::WrongKey},
        {u"PARVIS_STORE_DAMAGED"_s, StoredState::Damaged},
        {u"PARVIS_KEYS_DAMAGED"_s, StoredState::Damaged},
        {u"PARVIS_STORE_ABSENT"_s, StoredState::Damaged},
        {u"PARVIS_CRYPTO_PICKLE"_s, StoredState::Damaged},
        {u"PARVIS_STORE_NEWER"_s, StoredState::NewerVersion},
        {u"PARVIS_PASSPHRASE_NEEDED"_s, StoredState::NeedsPassphrase},
    };
    const auto found = states.constFind(error.code);
    return found == states.cend() ? std::nullopt : std::optional(*found);
}

StoredAccount describe(const session::AccountEntry &entry)
{
    StoredAccount account{.userId = entry.id(),
                          .deviceId = entry.header.deviceId,
                          .homeserver = QString::fromUtf8(entry.header.baseUrl),
                          .displayName = {},
                          .state = StoredState::Ready,
                          .problem = entry.problem};
    if (entry.problem)
        account.state = stateOf(*entry.problem).value_or(StoredState::Damaged);
    else if (session::needsPassphrase(entry.lock))
        account.state = StoredState::NeedsPassphrase;
    return account;
}

} // namespace

Task<QList<StoredAccount>> Core::accounts()
{
    Promise<QList<StoredAccount>> promise;
    auto task = promise.task();
    // A keychain that does not open is no reason not to say what is there.
    m_profiles->finishInterrupted().then(this,
                                         [this, promise = std::move(promise)](const Result<void> &) mutable {
                                             QList<StoredAccount> accounts;
                                             const auto entries = m_profiles->accounts();
                                             for (const session::AccountEntry &entry : entries)
                                                 accounts.append(describe(entry));
                                             promise.resolve(std::move(accounts));
                                         });
    return task;
}

Task<StoredAccount> Core::restore(const UserId &user, Secret vaultPassphrase)
{
    const auto entries = m_profiles->accounts();
    const auto entry =
        std::find_if(entries.cbegin(), entries.cend(), [&](const auto &one) { return one.isOf(user); });
    if (entry == entries.cend())
        return Task<StoredAccount>::ready(fail(ErrorKind::NotFound, u"PARVIS_NO_ACCOUNT"_s));
    StoredAccount account = describe(*entry);
    if (account.problem)
        return Task<StoredAccount>::ready(account);
    if (auto free = needNobody(); !free)
        return Task<StoredAccount>::ready(tl::unexpected(free.error()));

    Promise<StoredAccount> promise;
    auto task = promise.task();
    m_profiles->open(user, std::move(vaultPassphrase))
        .andThen(this,
                 [this](std::unique_ptr<session::AccountFiles> files) { return begin(std::move(files)); })
        .then(this, [account, promise = std::move(promise)](const Result<SessionInfo> &session) mutable {
            if (session) {
                account.state = session->needsSignIn ? StoredState::SignedOut : StoredState::Ready;
                return promise.resolve(account);
            }
            const auto state = stateOf(session.error());
            if (!state)
                return promise.resolve(tl::unexpected(session.error()));
            account.state = *state;
            account.problem = session.error();
            promise.resolve(account);
        });
    return task;
}

Task<SessionInfo> Core::signInAgain(const UserId &user, Secret password)
{
    if (!m_engine || m_engine->user() != user)
        return Task<SessionInfo>::ready(fail(ErrorKind::NotFound, u"PARVIS_NO_ACCOUNT"_s));
    return m_login
        .withPassword({.baseUrl = m_engine->api().baseUrl(),
                       .user = user.toString(),
                       .password = std::move(password),
                       .deviceId = m_engine->device(),
                       .deviceName = {},
                       .expected = user})
        .andThen(this, [this](const session::NewSession &opened) -> Result<SessionInfo> {
            if (!m_engine)
                return fail(ErrorKind::Cancelled, u"PARVIS_NO_ACCOUNT"_s);
            if (auto again = m_engine->signInAgain(opened.tokens); !again)
                return tl::unexpected(again.error());
            return m_engine->session().get();
        });
}

Task<void> Core::startOver(const UserId &user)
{
    return closeEngine().andThen(
        this, [this, user] { return m_profiles->startOver(user).map([](const QString &) {}); });
}

Task<LogoutPreview> Core::logoutPreview()
{
    if (const auto engine = needEngine(); !engine)
        return Task<LogoutPreview>::ready(tl::unexpected(engine.error()));
    LogoutPreview preview{.unsent = int(m_engine->queue().allRows().size())};
    const auto drafts = m_engine->drafts().all();
    if (!drafts)
        return Task<LogoutPreview>::ready(tl::unexpected(drafts.error()));
    const auto withText = drafts->keys();
    preview.drafts =
        int((QSet<RoomId>(withText.cbegin(), withText.cend()) | m_engine->media().joined().rooms()).size());
    const auto keys = m_engine->sessionsWithoutBackup();
    if (!keys)
        return Task<LogoutPreview>::ready(tl::unexpected(keys.error()));
    preview.keysNotBackedUp = *keys;
    const CryptoStatus encryption = m_engine->cryptoStatus().get();
    preview.recoverable = encryption.secretStorage && encryption.backupReadable
        && !encryption.recoveryKeyUnseen && !encryption.backupKeyOwed;

    Promise<LogoutPreview> promise;
    auto task = promise.task();
    m_engine->api()
        .send(api::GetDevices{})
        .then(this,
              [preview,
               promise = std::move(promise)](const Result<QList<api::GetDevices::Device>> &devices) mutable {
                  preview.serverReachable = devices.has_value();
                  preview.otherDevices = devices && devices->size() > 1;
                  promise.resolve(preview);
              });
    return task;
}

Task<void> Core::logout(bool everywhere)
{
    if (const auto engine = needEngine(); !engine)
        return Task<void>::ready(tl::unexpected(engine.error()));
    const UserId user = m_engine->user();
    Promise<void> promise;
    auto task = promise.task();
    auto told = std::make_shared<Result<void>>();
    session::closeSession(m_engine->api(), everywhere)
        .then(this, [this, user, told, promise = std::move(promise)](const Result<void> &closed) mutable {
            *told = closed;
            closeEngine()
                .andThen(this, [this, user] { return m_profiles->wipe(user); })
                .then(this, [told, promise = std::move(promise)](const Result<void> &wiped) mutable {
                    // What the person must know first: something of theirs is still on this computer.
                    promise.resolve(wiped ? *told : wiped);
                });
        });
    return task;
}

} // namespace parvis

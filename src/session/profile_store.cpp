// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "session/profile_store.h"

#include "base/log.h"
#include "session/header_file.h"
#include "session/profile_generation.h"
#include "store/private_file.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace parvis::session {

/// A key file that was opened, with what opened it.
struct ProfileStore::Unlocked {
    AccountHeader header;
    KeyFile file;
    Openers openers;
    Secret master;
};

namespace {

template <typename T>
Task<T> readyError(const Error &error)
{
    return Task<T>::ready(tl::unexpected(error));
}

Result<KeyFile> readKeyFile(const AccountPaths &paths)
{
    const auto json = readPrivateFile(paths.key(), KeyFile::maxBytes);
    if (!json)
        return tl::unexpected(json.error());
    return KeyFile::parse(*json);
}

QString newEntryName()
{
    return QString::fromLatin1("account-" + Secret::random(16).view().toByteArray().toHex());
}

tl::unexpected<Error> passphraseNeeded()
{
    return fail(ErrorKind::Auth, u"PARVIS_PASSPHRASE_NEEDED"_s);
}

} // namespace

ProfileStore::ProfileStore(QString folder, ProfileLock lock, SecretVault &vault, const Clock &clock)
    : m_folder(std::move(folder)), m_lock(std::move(lock)), m_vault(vault), m_clock(clock)
{
}

Result<std::unique_ptr<ProfileStore>> ProfileStore::open(const QString &folder, SecretVault &vault,
                                                         const Clock &clock)
{
    const QString path = QDir(folder).absolutePath();
    if (auto made = makePrivateFolder(path); !made)
        return tl::unexpected(made.error());
    auto lock = ProfileLock::acquire(path);
    if (!lock)
        return tl::unexpected(lock.error());
    if (auto made = makePrivateFolder(path + "/accounts"_L1); !made)
        return tl::unexpected(made.error());
    return std::unique_ptr<ProfileStore>(new ProfileStore(path, *std::move(lock), vault, clock));
}

QList<AccountEntry> ProfileStore::accounts() const
{
    QList<AccountEntry> found;
    const QDir folder(m_folder + "/accounts"_L1);
    // Everything that has an account's name: also what is no folder, or cannot be looked into.
    const auto all = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    for (const QString &name : folder.entryList(all, QDir::Name)) {
        const AccountPaths paths{folder.filePath(name)};
        if (!AccountPaths::isFolderName(name) || !holdsData(paths)) // set aside; or a crash before the header
            continue;
        const auto header = readHeader(paths);
        if (!header) {
            found.append({{}, Lock::Keychain, header.error(), name});
            continue;
        }
        if (header->state != AccountHeader::State::Ready)
            continue;
        const auto file = readKeyFile(paths);
        const Lock assumed = header->vaultEntry.isEmpty() ? Lock::Passphrase : Lock::Keychain;
        if (file)
            found.append({*header, file->lock, std::nullopt, name});
        else
            found.append({*header, assumed, file.error(), name});
    }
    return found;
}

Task<void> ProfileStore::checkVault()
{
    const QString name = newEntryName();
    return m_vault.write(name, Secret::random(keyBytes)).andThen(this, [this, name] {
        return m_vault.remove(name);
    });
}

Result<AccountHeader> ProfileStore::headerOf(const UserId &user) const
{
    const AccountPaths paths = AccountPaths::of(m_folder, user);
    auto header = readHeader(paths);
    const bool absent = !header && header.error().code == u"PARVIS_STORE_ABSENT"_s && !holdsData(paths);
    if (absent || (header && header->state != AccountHeader::State::Ready))
        return fail(ErrorKind::NotFound, u"PARVIS_NO_ACCOUNT"_s);
    return header;
}

Task<Secret> ProfileStore::stretched(const std::optional<Argon2Parameters> &parameters, Secret passphrase)
{
    if (!parameters)
        return Task<Secret>::ready(Secret());
    if (passphrase.isEmpty())
        return Task<Secret>::ready(passphraseNeeded());
    return stretchPassphraseOnPool(std::move(passphrase), *parameters);
}

Task<Openers> ProfileStore::openersFor(const AccountHeader &header, const KeyFile &file, Secret passphrase)
{
    // The passphrase first: without it there is no use in asking the person to open the keychain.
    return stretched(file.argon2, std::move(passphrase))
        .andThen(this, [this, entry = header.vaultEntry, lock = file.lock](Secret key) {
            auto vaultKey = needsKeychain(lock) ? m_vault.read(entry) : Task<Secret>::ready(Secret());
            auto kept = std::make_shared<Secret>(std::move(key));
            return std::move(vaultKey).andThen(this, [kept](Secret fromVault) {
                return Result<Openers>(Openers{std::move(fromVault), std::move(*kept)});
            });
        });
}

Task<ProfileStore::Unlocked> ProfileStore::unlock(const UserId &user, Secret passphrase)
{
    const auto header = headerOf(user);
    if (!header)
        return readyError<Unlocked>(header.error());
    const auto file = readKeyFile(AccountPaths::of(m_folder, user));
    if (!file)
        return readyError<Unlocked>(file.error());
    return openersFor(*header, *file, std::move(passphrase))
        .andThen(this, [header = *header, file = *file](Openers openers) -> Result<Unlocked> {
            auto master = unwrapMaster(file, header.userId, openers);
            if (!master)
                return tl::unexpected(master.error());
            return Unlocked{header, file, std::move(openers), *std::move(master)};
        });
}

Task<std::unique_ptr<AccountFiles>> ProfileStore::open(const UserId &user, Secret passphrase)
{
    using Opened = Result<std::unique_ptr<AccountFiles>>;
    auto opened = unlock(user, std::move(passphrase)).andThen(this, [this](Unlocked unlocked) {
        auto keys = AccountKeys::derive(unlocked.master);
        if (!keys)
            return Opened(tl::unexpected(keys.error()));
        const AccountPaths paths = AccountPaths::of(m_folder, unlocked.header.userId);
        if (const auto mended = mendHeader(paths, unlocked.header, m_clock.nowMs()); !mended)
            qCWarning(log::store) << "profile.json cannot be mended:" << mended.error().code;
        return AccountFiles::open(paths, unlocked.header, *std::move(keys), AccountFiles::Mode::Open,
                                  m_clock.nowMs());
    });
    return std::move(opened).andThen(
        this, [this](std::unique_ptr<AccountFiles> files) { return withOpenings(std::move(files)); });
}

/// A vault that keeps no count keeps nobody from their messages.
Task<std::unique_ptr<AccountFiles>> ProfileStore::withOpenings(std::unique_ptr<AccountFiles> files)
{
    if (files->header().vaultEntry.isEmpty())
        return Task<std::unique_ptr<AccountFiles>>::ready(std::move(files));
    const QString entry = ProfileGeneration::entryOf(files->header().vaultEntry);
    Promise<std::unique_ptr<AccountFiles>> promise;
    auto task = promise.task();
    m_vault.read(entry).then(
        this, [files = std::move(files), promise = std::move(promise)](const Result<Secret> &known) mutable {
            if (known) {
                files->setOpeningsInVault(ProfileGeneration::parse(*known));
            } else if (known.error().code != u"PARVIS_KEYCHAIN_EMPTY"_s) {
                qCWarning(log::store) << "the keychain's count of openings:" << known.error().code;
                files->setVaultIsSilent(true);
            }
            promise.resolve(std::move(files));
        });
    return task;
}

Result<void> ProfileStore::countOpening(AccountFiles &files)
{
    const QString entry = files.header().vaultEntry;
    if (entry.isEmpty())
        return {};
    // In the files first: a crash before the vault hears of it leaves them ahead, and no copy is taken for
    // old.
    auto count = ProfileGeneration::count(files.keys(), files.openingsInVault());
    if (!count)
        return tl::unexpected(count.error());
    files.setOpeningsInVault(ProfileGeneration::parse(*count));
    if (files.vaultIsSilent())
        return {};
    m_vault.write(ProfileGeneration::entryOf(entry), *std::move(count))
        .then(this, [](const Result<void> &told) {
            if (!told)
                qCWarning(log::store) << "the keychain's count of openings:" << told.error().code;
        });
    return {};
}

Task<void> ProfileStore::clearForCreate(const UserId &user)
{
    const AccountPaths paths = AccountPaths::of(m_folder, user);
    const auto header = readHeader(paths);
    if (!header && header.error().code == u"PARVIS_STORE_ABSENT"_s && !holdsData(paths))
        return Task<void>::ready({});
    if (!header) // of data that is there nothing is overwritten, whatever it lacks
        return readyError<void>(header.error());
    if (header->state == AccountHeader::State::Ready)
        return Task<void>::ready(fail(ErrorKind::Usage, u"PARVIS_ACCOUNT_EXISTS"_s));
    return wipeLeftover(paths.folder, *header);
}

Task<std::unique_ptr<AccountFiles>> ProfileStore::create(store::StoredSession session, Lock lock,
                                                         Secret passphrase)
{
    const auto kept = std::make_shared<store::StoredSession>(std::move(session));
    const auto phrase = std::make_shared<Secret>(std::move(passphrase));
    const auto begun = std::make_shared<bool>(false);
    Promise<std::unique_ptr<AccountFiles>> promise;
    auto task = promise.task();
    auto finish = [this, kept, begun,
                   promise = std::move(promise)](Result<std::unique_ptr<AccountFiles>> made) mutable {
        // What was there before is no business of ours; what we began, where there was nothing, is removed as
        // far as the vault lets us.
        if (made || !*begun)
            return promise.resolve(std::move(made));
        clearForCreate(kept->userId)
            .then(this, [promise = std::move(promise), error = made.error()](Result<void>) mutable {
                promise.resolve(tl::unexpected(error));
            });
    };
    clearForCreate(kept->userId)
        .andThen(this,
                 [this, kept, lock, phrase, begun] {
                     *begun = true;
                     return createCleared(kept->clone(), lock, std::move(*phrase));
                 })
        .then(this, std::move(finish));
    return task;
}

Task<std::unique_ptr<AccountFiles>> ProfileStore::createCleared(store::StoredSession session, Lock lock,
                                                                Secret passphrase)
{
    using Files = std::unique_ptr<AccountFiles>;
    const AccountPaths paths = AccountPaths::of(m_folder, session.userId);
    const AccountHeader header{AccountHeader::State::Creating, session.userId, session.deviceId,
                               session.baseUrl, needsKeychain(lock) ? newEntryName() : QString()};
    // The header before the keychain: an entry that nothing names could never be removed again.
    auto made = makePrivateFolder(paths.folder).and_then([&] { return writeHeader(paths, header); });
    if (!made)
        return readyError<Files>(made.error());

    const auto argon2 = needsPassphrase(lock) ? std::optional(Argon2Parameters::fresh()) : std::nullopt;
    const auto vaultKey = std::make_shared<Secret>(Secret::random(keyBytes));
    auto stored = needsKeychain(lock) ? m_vault.write(header.vaultEntry, vaultKey->clone())
                                      : Task<void>::ready(Result<void>());
    const auto phrase = std::make_shared<Secret>(std::move(passphrase));
    const auto kept = std::make_shared<store::StoredSession>(std::move(session));
    return std::move(stored)
        .andThen(this, [this, argon2, phrase] { return stretched(argon2, std::move(*phrase)); })
        .andThen(this, [=, this](Secret key) -> Result<Files> {
            const Secret master = Secret::random(keyBytes);
            const Openers openers{needsKeychain(lock) ? vaultKey->clone() : Secret(), std::move(key)};
            const auto file = wrapMaster(master, header.userId, lock, openers, argon2);
            if (!file)
                return tl::unexpected(file.error());
            return writeAccount(*kept, *file, master, header);
        });
}

Result<std::unique_ptr<AccountFiles>> ProfileStore::writeAccount(const store::StoredSession &session,
                                                                 const KeyFile &file, const Secret &master,
                                                                 AccountHeader header)
{
    const AccountPaths paths = AccountPaths::of(m_folder, header.userId);
    auto keys = AccountKeys::derive(master);
    if (!keys)
        return tl::unexpected(keys.error());
    if (auto written = writePrivateFile(paths.key(), file.toJson()); !written)
        return tl::unexpected(written.error());

    header.state = AccountHeader::State::Ready;
    auto files =
        AccountFiles::open(paths, header, *std::move(keys), AccountFiles::Mode::Create, m_clock.nowMs());
    if (!files)
        return files;
    if (auto saved = store::AccountStore((*files)->keys()).saveSession(session); !saved)
        return tl::unexpected(saved.error());
    if (auto written = writeHeader(paths, header); !written)
        return tl::unexpected(written.error());
    return files;
}

Task<void> ProfileStore::setPassphrase(const UserId &user, Secret current, Secret next)
{
    const auto phrase = std::make_shared<Secret>(std::move(next));
    const auto unlocked = std::make_shared<Unlocked>();
    return unlock(user, std::move(current))
        .andThen(this,
                 [this, phrase, unlocked](Unlocked found) -> Task<Secret> {
                     *unlocked = std::move(found);
                     const bool keychain = needsKeychain(unlocked->file.lock);
                     if (phrase->isEmpty() && !keychain)
                         return Task<Secret>::ready(passphraseNeeded());
                     unlocked->file.lock = !keychain ? Lock::Passphrase
                         : phrase->isEmpty()         ? Lock::Keychain
                                                     : Lock::KeychainAndPassphrase;
                     unlocked->file.argon2 =
                         phrase->isEmpty() ? std::nullopt : std::optional(Argon2Parameters::fresh());
                     return stretched(unlocked->file.argon2, std::move(*phrase));
                 })
        .andThen(this, [this, user, unlocked](Secret key) -> Result<void> {
            unlocked->openers.stretched = std::move(key);
            const auto file = wrapMaster(unlocked->master, user, unlocked->file.lock, unlocked->openers,
                                         unlocked->file.argon2);
            if (!file)
                return tl::unexpected(file.error());
            return writePrivateFile(AccountPaths::of(m_folder, user).key(), file->toJson());
        });
}

} // namespace parvis::session

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "session/header_file.h"
#include "session/profile_generation.h"
#include "session/profile_store.h"
#include "store/private_file.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace parvis::session {

namespace {

Result<void> removeFiles(const QString &folder, const QStringList &patterns)
{
    const QDir dir(folder);
    for (const QString &name : dir.entryList(patterns, QDir::Files | QDir::Hidden | QDir::System)) {
        if (auto removed = removePrivateFile(dir.filePath(name)); !removed)
            return removed;
    }
    return {};
}

/// An account's folder with its header, if it has one.
using Leftover = QPair<QString, AccountHeader>;

} // namespace

Task<void> ProfileStore::wipe(const UserId &user)
{
    const auto header = headerOf(user);
    if (!header)
        return Task<void>::ready(tl::unexpected(header.error()));
    return wipeLeftover(AccountPaths::of(m_folder, user).folder, *header);
}

Task<void> ProfileStore::wipeLeftover(const QString &folder, const AccountHeader &header)
{
    if (auto wiped = wipeFiles(folder, header); !wiped)
        return Task<void>::ready(tl::unexpected(wiped.error()));
    return forgetEntry(folder, header.vaultEntry);
}

/// In this order: the note that it has begun; the wrapped master key, after which nothing can be read any
/// more; keys.db with the tokens; the rest. The header stays, for the name of the keychain's entry.
Result<void> ProfileStore::wipeFiles(const QString &folder, AccountHeader header)
{
    const AccountPaths paths{folder};
    header.state = AccountHeader::State::Wiping;
    auto gone = writeHeader(paths, header)
                    .and_then([&] { return removePrivateFile(paths.key()); })
                    .and_then([&] { return removeFiles(folder, {u"key.json*"_s}); })
                    .and_then([&] { return removeFiles(folder, {u"keys.db*"_s}); })
                    .and_then([&] { return removeFiles(folder, {u"cache.db*"_s}); });
    if (!gone)
        return gone;
    if (!QDir(paths.media()).removeRecursively())
        return fail(ErrorKind::Storage, u"PARVIS_STORE_FAILED"_s, u"media folder"_s);
    return {};
}

/// The entry last: alone it opens nothing, and a keychain that is locked must not keep the files.
Task<void> ProfileStore::forgetEntry(const QString &folder, const QString &vaultEntry)
{
    auto forgotten = vaultEntry.isEmpty()
        ? Task<void>::ready(Result<void>())
        : m_vault.remove(ProfileGeneration::entryOf(vaultEntry)).andThen(this, [this, vaultEntry] {
              return m_vault.remove(vaultEntry);
          });
    return std::move(forgotten).andThen(this, [folder]() -> Result<void> {
        if (!QDir(folder).removeRecursively())
            return fail(ErrorKind::Storage, u"PARVIS_STORE_FAILED"_s, u"account folder"_s);
        return {};
    });
}

Task<void> ProfileStore::finishInterrupted()
{
    QList<Leftover> leftovers;
    const QDir folder(m_folder + "/accounts"_L1);
    for (const QString &name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (!AccountPaths::isFolderName(name))
            continue;
        const AccountPaths paths{folder.filePath(name)};
        removeEmptyFolder(paths); // no header was written yet, or it went last
        const auto header = readHeader(paths);
        if (header && header->state != AccountHeader::State::Ready)
            leftovers.append({paths.folder, *header});
    }
    Promise<void> promise;
    auto task = promise.task();
    finishNext(std::move(leftovers), {}, std::move(promise));
    return task;
}

void ProfileStore::finishNext(QList<Leftover> rest, Result<void> soFar, Promise<void> promise)
{
    if (rest.isEmpty())
        return promise.resolve(std::move(soFar));
    const auto [folder, header] = rest.takeFirst();
    auto wiped = wipeFiles(folder, header);
    auto done = wiped ? forgetEntry(folder, header.vaultEntry) : Task<void>::ready(std::move(wiped));
    std::move(done).then(
        this, [this, rest, soFar, promise = std::move(promise)](Result<void> result) mutable {
            finishNext(std::move(rest), soFar ? std::move(result) : std::move(soFar), std::move(promise));
        });
}

Result<QString> ProfileStore::startOver(const UserId &user)
{
    const AccountPaths paths = AccountPaths::of(m_folder, user);
    if (!holdsData(paths))
        return fail(ErrorKind::NotFound, u"PARVIS_NO_ACCOUNT"_s);
    const QString stamp =
        QDateTime::fromMSecsSinceEpoch(m_clock.nowMs(), QTimeZone::utc()).toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
    QString target = paths.folder + u".set-aside-"_s + stamp;
    for (int again = 2; QFileInfo::exists(target); ++again)
        target = paths.folder + u".set-aside-"_s + stamp + u'-' + QString::number(again);
    if (!QFile::rename(paths.folder, target))
        return fail(ErrorKind::Storage, u"PARVIS_STORE_FAILED"_s, u"cannot rename"_s);
    return target;
}

} // namespace parvis::session

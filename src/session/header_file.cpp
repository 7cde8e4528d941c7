// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "session/header_file.h"

#include "store/database.h"
#include "store/private_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace parvis::session {

namespace {

Result<AccountHeader> readFrom(const QString &path)
{
    const auto json = readPrivateFile(path, AccountHeader::maxBytes);
    if (!json)
        return tl::unexpected(json.error());
    return AccountHeader::parse(*json);
}

/// The copy, where it is this very account's.
std::optional<AccountHeader> readCopy(const AccountPaths &paths)
{
    const auto copy = readFrom(paths.headerCopy());
    const bool ours = copy && copy->state == AccountHeader::State::Ready
        && AccountPaths::folderName(copy->userId) == QFileInfo(paths.folder).fileName();
    return ours ? std::optional(*copy) : std::nullopt;
}

/// What a crash leaves of writing profile.json for the first time.
QString draftOf(const AccountPaths &paths)
{
    return paths.header() + u".new"_s;
}

} // namespace

Result<AccountHeader> readHeader(const AccountPaths &paths)
{
    auto header = readFrom(paths.header());
    // A newer Parvis may mean something else by it.
    if (header || header.error().code == "PARVIS_STORE_NEWER"_L1)
        return header;
    if (const auto copy = readCopy(paths))
        return *copy;
    return header;
}

Result<void> writeHeader(const AccountPaths &paths, const AccountHeader &header)
{
    const auto copied = header.state == AccountHeader::State::Ready
        ? writePrivateFile(paths.headerCopy(), header.toJson())
        : removePrivateFile(paths.headerCopy());
    if (!copied)
        return copied;
    return writePrivateFile(paths.header(), header.toJson());
}

Result<void> mendHeader(const AccountPaths &paths, const AccountHeader &header, qint64 nowMs)
{
    const auto found = readFrom(paths.header());
    if (found == header && readCopy(paths) == header)
        return {};
    if (!found && found.error().code != "PARVIS_STORE_ABSENT"_L1) {
        if (auto kept = Database::setAside(paths.header(), nowMs); !kept)
            return tl::unexpected(kept.error());
    }
    return writeHeader(paths, header);
}

bool holdsData(const AccountPaths &paths)
{
    // Not QFileInfo::exists(): it says false of what it is not allowed to look at, too.
    struct stat found = {};
    if (::lstat(QFile::encodeName(paths.folder).constData(), &found) != 0)
        return errno != ENOENT;
    const QDir folder(paths.folder);
    if (!S_ISDIR(found.st_mode) || !folder.isReadable())
        return true;
    const QStringList names =
        folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    return std::any_of(names.cbegin(), names.cend(),
                       [&](const QString &name) { return folder.filePath(name) != draftOf(paths); });
}

void removeEmptyFolder(const AccountPaths &paths)
{
    if (holdsData(paths))
        return;
    (void)removePrivateFile(draftOf(paths)); // what it leaves is removed another time
    QDir().rmdir(paths.folder);
}

} // namespace parvis::session

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/private_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr mode_t fileMode = S_IRUSR | S_IWUSR;
constexpr mode_t folderMode = S_IRWXU;

/// An open file descriptor, closed when it goes.
class Descriptor
{
public:
    explicit Descriptor(int value) : m_value(value) {}
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor()
    {
        if (m_value >= 0)
            ::close(m_value);
    }
    [[nodiscard]] int value() const { return m_value; }
    [[nodiscard]] bool isOpen() const { return m_value >= 0; }

private:
    int m_value;
};

tl::unexpected<Error> failed(const char *step, int number)
{
    const bool full = number == ENOSPC || number == EDQUOT || number == EFBIG;
    const QString code = full ? u"PARVIS_DISK_FULL"_s : u"PARVIS_STORE_FAILED"_s;
    // The path may name the person: step and errno are enough.
    return fail(ErrorKind::Storage, code, QString::fromLatin1(step) + u" errno "_s + QString::number(number));
}

/// A rename, a creation or a removal is on disk only when the folder is.
Result<void> syncFolderOf(const QString &path)
{
    const Descriptor folder(::open(QFile::encodeName(QFileInfo(path).absolutePath()).constData(),
                                   O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.isOpen() || ::fsync(folder.value()) != 0)
        return failed("fsync folder", errno);
    return {};
}

Result<void> writeAll(int descriptor, QByteArrayView content)
{
    qsizetype done = 0;
    while (done < content.size()) {
        const ssize_t wrote = ::write(descriptor, content.data() + done, size_t(content.size() - done));
        if (wrote < 0 && errno != EINTR)
            return failed("write", errno);
        done += qMax<ssize_t>(wrote, 0);
    }
    if (::fsync(descriptor) != 0)
        return failed("fsync", errno);
    return {};
}

Result<void> createFile(const QByteArray &name, QByteArrayView content)
{
    const Descriptor file(
        ::open(name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, fileMode));
    if (!file.isOpen())
        return failed("create", errno);
    if (::fchmod(file.value(), fileMode) != 0) // a strict umask may have taken away too much
        return failed("chmod", errno);
    return writeAll(file.value(), content);
}

} // namespace

Result<void> createPrivateFile(const QString &path)
{
    if (auto created = createFile(QFile::encodeName(path), {}); !created)
        return created;
    return syncFolderOf(path);
}

Result<void> restrictToOwner(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat found = {};
    if (::stat(name.constData(), &found) != 0)
        return errno == ENOENT ? Result<void>() : failed("stat", errno);
    if ((found.st_mode & 07777) == fileMode)
        return {};
    if (::chmod(name.constData(), fileMode) != 0)
        return failed("chmod", errno);
    return {};
}

Result<void> makePrivateFolder(const QString &path)
{
    const QString folder = QDir::cleanPath(QDir(path).absolutePath());
    const QString parent = QFileInfo(folder).path();
    if (!QFileInfo::exists(parent)) {
        if (auto made = makePrivateFolder(parent); !made)
            return made;
    }
    const QByteArray name = QFile::encodeName(folder);
    if (::mkdir(name.constData(), folderMode) == 0)
        return syncFolderOf(folder);
    if (errno != EEXIST)
        return failed("mkdir", errno);
    if (::chmod(name.constData(), folderMode) != 0)
        return failed("chmod", errno);
    return {};
}

Result<void> writePrivateFile(const QString &path, QByteArrayView content)
{
    const QByteArray name = QFile::encodeName(path);
    const QByteArray draft = name + ".new";
    if (::unlink(draft.constData()) != 0 && errno != ENOENT) // of a crash
        return failed("unlink", errno);
    auto written = createFile(draft, content);
    if (written && ::rename(draft.constData(), name.constData()) != 0)
        written = failed("rename", errno);
    if (!written) {
        ::unlink(draft.constData());
        return written;
    }
    return syncFolderOf(path);
}

Result<QByteArray> readPrivateFile(const QString &path, qint64 maxBytes)
{
    // Not QFile::exists(): it says false of what it is not allowed to look at, too.
    const Descriptor descriptor(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (!descriptor.isOpen() && errno == ENOENT)
        return fail(ErrorKind::Storage, u"PARVIS_STORE_ABSENT"_s);
    if (!descriptor.isOpen())
        return failed("open", errno);
    QFile file;
    if (!file.open(descriptor.value(), QIODevice::ReadOnly))
        return fail(ErrorKind::Storage, u"PARVIS_STORE_FAILED"_s, u"open"_s);
    QByteArray content = file.read(maxBytes + 1);
    if (content.size() > maxBytes)
        return fail(ErrorKind::Storage, u"PARVIS_STORE_DAMAGED"_s, u"larger than it may be"_s);
    if (file.error() != QFileDevice::NoError)
        return fail(ErrorKind::Storage, u"PARVIS_STORE_FAILED"_s, u"read"_s);
    return content;
}

Result<void> removePrivateFile(const QString &path)
{
    if (::unlink(QFile::encodeName(path).constData()) != 0)
        return errno == ENOENT ? Result<void>() : failed("unlink", errno);
    return syncFolderOf(path);
}

} // namespace parvis

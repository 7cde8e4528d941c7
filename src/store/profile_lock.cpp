// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/profile_lock.h"

#include <QFile>

#include <sys/file.h>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace parvis {

Result<ProfileLock> ProfileLock::acquire(const QString &folder)
{
    const QByteArray name = QFile::encodeName(folder + "/lock"_L1);
    const int descriptor = ::open(name.constData(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return fail(ErrorKind::Storage, u"PARVIS_STORE_FAILED"_s,
                    u"lock file errno "_s + QString::number(errno));
    ProfileLock lock(descriptor);
    // The file stays for good: who removed it could let two others in, each with a file of its own.
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        return lock;
    if (errno == EWOULDBLOCK)
        return fail(ErrorKind::Storage, u"PARVIS_PROFILE_IN_USE"_s);
    return fail(ErrorKind::Storage, u"PARVIS_STORE_FAILED"_s, u"lock errno "_s + QString::number(errno));
}

ProfileLock::ProfileLock(ProfileLock &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

ProfileLock &ProfileLock::operator=(ProfileLock &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

ProfileLock::~ProfileLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "fakes/memory_vault.h"
#include "session/profile_store.h"

#include <QFile>
#include <QTemporaryDir>

#include "await.h"

namespace parvis::session {

using namespace Qt::StringLiterals;

inline const UserId claire(u"@claire:exemple.gouv"_s);
inline const UserId karim(u"@karim:exemple.gouv"_s);
inline const RoomId room(u"!r:exemple.gouv"_s);

struct FixedClock : Clock {
    [[nodiscard]] qint64 nowMs() const override { return 1'700'000'000'000; }
};

inline store::StoredSession sessionOf(const UserId &user)
{
    return {user,
            DeviceId(u"DEVICE"_s),
            "https://exemple.gouv",
            {Secret("TOKEN-IN-CLEAR"), Secret("REFRESH-IN-CLEAR"), 7}};
}

template <typename T>
QString codeOf(const Result<T> &result)
{
    return result ? u"no error"_s : result.error().code;
}

/// A profile folder and a keychain, both new for each test function.
class ProfileFixture : public QObject
{
    Q_OBJECT

protected:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MemoryVault> m_vault;
    FixedClock m_clock;

    using Files = std::unique_ptr<AccountFiles>;

    [[nodiscard]] QString profile() const { return m_folder->filePath(u"profile"_s); }
    [[nodiscard]] AccountPaths pathsOf(const UserId &user) const { return AccountPaths::of(profile(), user); }

    std::unique_ptr<ProfileStore> start()
    {
        auto store = ProfileStore::open(profile(), *m_vault, m_clock);
        if (!store)
            qFatal("%s", qPrintable(store.error().code));
        return *std::move(store);
    }

    Result<Files> create(ProfileStore &store, const UserId &user = claire, Lock lock = Lock::Keychain,
                         const char *passphrase = "")
    {
        return await(store.create(sessionOf(user), lock, Secret(passphrase)));
    }

    Result<Files> open(ProfileStore &store, const UserId &user = claire, const char *passphrase = "")
    {
        return await(store.open(user, Secret(passphrase)));
    }

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static void overwrite(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(content), content.size());
    }

    static void setState(const AccountPaths &paths, AccountHeader::State state)
    {
        auto header = AccountHeader::parse(contentOf(paths.header()));
        QVERIFY(header);
        header->state = state;
        overwrite(paths.header(), header->toJson());
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_vault = std::make_unique<MemoryVault>();
    }
};

} // namespace parvis::session

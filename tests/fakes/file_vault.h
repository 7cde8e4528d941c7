// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "session/secret_vault.h"
#include "store/private_file.h"

namespace parvis::session {

/// A keychain in a folder, one file an entry, in clear: for tests of restarts on machines without a keychain.
/// Never linked into the application.
class FileVault : public SecretVault
{
public:
    explicit FileVault(QString folder) : m_folder(std::move(folder)) {}

    Task<void> write(const QString &name, Secret value) override
    {
        return Task<void>::ready(makePrivateFolder(m_folder).and_then(
            [&] { return writePrivateFile(pathOf(name), value.view()); }));
    }

    Task<Secret> read(const QString &name) override
    {
        auto content = readPrivateFile(pathOf(name), 4096);
        if (!content && content.error().code == QStringLiteral("PARVIS_STORE_ABSENT"))
            return Task<Secret>::ready(fail(ErrorKind::Keychain, QStringLiteral("PARVIS_KEYCHAIN_EMPTY")));
        if (!content)
            return Task<Secret>::ready(fail(ErrorKind::Keychain, QStringLiteral("PARVIS_KEYCHAIN_FAILED")));
        Secret secret(*content);
        wipe(*content);
        return Task<Secret>::ready(std::move(secret));
    }

    Task<void> remove(const QString &name) override
    {
        return Task<void>::ready(removePrivateFile(pathOf(name)));
    }

private:
    /// The names are ours, but a name must never lead out of the folder.
    [[nodiscard]] QString pathOf(const QString &name) const
    {
        return m_folder + u'/' + QString::fromLatin1(name.toUtf8().toHex());
    }

    QString m_folder;
};

} // namespace parvis::session

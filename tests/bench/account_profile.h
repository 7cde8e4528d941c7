// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QTemporaryDir>

#include "scripted_server.h"

namespace parvis::bench {

/// A profile with an account in it, whose rooms came with one answer of a server that is silent afterwards.
/// The key lies in the keychain of this session.
class AccountProfile
{
public:
    explicit AccountProfile(QByteArray sync);

    /// Lets the driver sign in and synchronise; false where it could not, for example without a keychain.
    [[nodiscard]] bool make(const QString &driver);
    [[nodiscard]] QString folder() const { return m_folder.filePath(QStringLiteral("profile")); }

private:
    [[nodiscard]] Script answer(const SeenRequest &request) const;

    QByteArray m_sync;
    QTemporaryDir m_folder;
    ScriptedServer m_server;
};

} // namespace parvis::bench

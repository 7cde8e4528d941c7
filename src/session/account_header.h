// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace parvis::session {

/// profile.json, in clear and without a secret: it says that there is an account, whose it is and under which
/// name the keychain has its key. An emptied keychain is thereby seen as such, and never as a first start.
struct AccountHeader {
    enum class State {
        Creating, ///< a crash came before the sign-in was acknowledged: there is nothing to keep
        Ready,
        Wiping, ///< the person signed out, and a crash came before everything was gone
    };
    static constexpr qint64 maxBytes = 16 * 1024;

    State state = State::Creating;
    UserId userId;
    DeviceId deviceId;
    QByteArray baseUrl;
    QString vaultEntry; ///< empty: the keychain has no part in it

    /// PARVIS_STORE_DAMAGED, PARVIS_STORE_NEWER.
    [[nodiscard]] static Result<AccountHeader> parse(const QByteArray &json);
    [[nodiscard]] QByteArray toJson() const;

    bool operator==(const AccountHeader &) const = default;
};

} // namespace parvis::session

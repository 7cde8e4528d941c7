// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "session/profile_generation.h"

#include "store/keys/account_store.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::session {

namespace {

constexpr auto countSetting = "profile.generation"_L1;

Result<quint64> countIn(Database &keys)
{
    return store::AccountStore(keys).setting(countSetting).map([](const QString &text) {
        return quint64(text.toULongLong());
    });
}

} // namespace

QString ProfileGeneration::entryOf(const QString &vaultEntry)
{
    return vaultEntry + "-generation"_L1;
}

quint64 ProfileGeneration::parse(const Secret &entry)
{
    return entry.view().toULongLong(); // 0 where it is none: what is not known makes no copy an old one
}

Result<bool> ProfileGeneration::isOldCopy(Database &keys, quint64 inVault)
{
    return countIn(keys).map([&](quint64 here) { return here < inVault; });
}

Result<Secret> ProfileGeneration::count(Database &keys, quint64 inVault)
{
    const auto here = countIn(keys);
    if (!here)
        return tl::unexpected(here.error());
    const QString next = QString::number(std::max(*here, inVault) + 1);
    if (auto counted = store::AccountStore(keys).setSetting(countSetting, next); !counted)
        return tl::unexpected(counted.error());
    return Secret(next.toLatin1());
}

} // namespace parvis::session

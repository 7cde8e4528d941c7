// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "policy/policy.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace parvis::policy {

QString sourceName(Source source)
{
    switch (source) {
    case Source::Default:
        return u"default"_s;
    case Source::Recommended:
        return u"recommended"_s;
    case Source::Mandatory:
        return u"mandatory"_s;
    case Source::User:
        return u"user"_s;
    }
    Q_UNREACHABLE();
    return {};
}

Effective Policy::value(Key key, const UserValues &user) const
{
    const KeyInfo &about = info(key);
    if (const auto it = m_mandatory.find(key); it != m_mandatory.end())
        return {*it, Source::Mandatory, true};
    if (about.lockable) {
        if (const auto it = user.find(key); it != user.end())
            return {*it, Source::User, false};
    }
    // What no person can set is fixed, wherever it comes from; "locked" is about a choice that was taken
    // away.
    if (const auto it = m_recommended.find(key); it != m_recommended.end())
        return {*it, Source::Recommended, false};
    return {builtIn(about, about.fallback), Source::Default, false};
}

QString Policy::text(Key key) const
{
    return std::get<QString>(value(key).value);
}

QStringList Policy::list(Key key) const
{
    return std::get<QStringList>(value(key).value);
}

int Policy::number(Key key) const
{
    return std::get<int>(value(key).value);
}

QString Policy::path(Key key) const
{
    const QString path = text(key);
    return path.startsWith("~/"_L1) ? QDir::homePath() + path.sliced(1) : path;
}

} // namespace parvis::policy

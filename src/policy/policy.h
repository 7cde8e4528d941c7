// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "policy/policy_keys.h"

#include <QList>
#include <QMap>

namespace parvis::policy {

enum class Source { Default, Recommended, Mandatory, User };

/// "default", "recommended", "mandatory" or "user", as the driver prints it.
[[nodiscard]] QString sourceName(Source source);

/// A value as it holds, and why.
struct Effective {
    Value value;
    Source source = Source::Default;
    bool locked = false; ///< the person cannot change it

    bool operator==(const Effective &) const = default;
};

/// Something in the file that could not be taken as it stands.
struct Mistake {
    QString key;     ///< the key, or the part of the file, that it is about; empty: the file as a whole
    int line = 0;    ///< 0: unknown
    QString message; ///< English, for the administrator

    bool operator==(const Mistake &) const = default;
};

/// What the person chose; only lockable keys count.
using UserValues = QMap<Key, Value>;

/// The administrator's configuration. An immutable value: replaced as a whole, passed by copy, any thread.
class Policy
{
public:
    Policy() = default;
    Policy(QMap<Key, Value> mandatory, QMap<Key, Value> recommended)
        : m_mandatory(std::move(mandatory)), m_recommended(std::move(recommended))
    {
    }

    /// Mandatory goes before the person, the person before recommended, recommended before the default.
    [[nodiscard]] Effective value(Key key, const UserValues &user = {}) const;

    /// value() where no person has a say, or has said nothing.
    [[nodiscard]] QString text(Key key) const;
    [[nodiscard]] QStringList list(Key key) const;
    [[nodiscard]] int number(Key key) const;
    /// text() with the person's home in the place of "~"; empty where there is none.
    [[nodiscard]] QString path(Key key) const;

    bool operator==(const Policy &) const = default;

private:
    QMap<Key, Value> m_mandatory;
    QMap<Key, Value> m_recommended;
};

} // namespace parvis::policy

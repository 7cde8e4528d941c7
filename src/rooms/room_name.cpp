// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "rooms/room_name.h"

#include "events/plain_text.h"
#include "rooms/members.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace parvis::rooms {

namespace {

QString translated(const char *text, int n = -1)
{
    return QCoreApplication::translate("RoomName", text, nullptr, n);
}

} // namespace

QString heroName(const Hero &hero, const QList<Hero> &others)
{
    const auto same = [&](const Hero &other) {
        return other.user != hero.user && confusable(other.displayName) == confusable(hero.displayName);
    };
    const bool ambiguous = std::any_of(others.cbegin(), others.cend(), same);
    return personName(hero.user, hero.displayName, ambiguous);
}

QString roomName(const NameParts &parts)
{
    if (const QString name = plainLine(parts.name); !name.isEmpty())
        return name;
    if (const QString alias = plainLine(parts.alias); !alias.isEmpty())
        return alias;
    QStringList names;
    for (const Hero &hero : parts.heroes.mid(0, 5))
        names.append(heroName(hero, parts.heroes));
    const QString list = names.join(u", "_s);
    const qint64 people = parts.joined + parts.invited;
    if (people <= 1)
        return names.isEmpty() ? translated(QT_TRANSLATE_NOOP("RoomName", "Empty room"))
                               : translated(QT_TRANSLATE_NOOP("RoomName", "Empty room (was %1)")).arg(list);
    const qint64 others = people - names.size() - 1;
    if (others <= 0)
        return list;
    if (names.isEmpty())
        //: A conversation without a name whose members are not known; %n: how many they are
        return translated(QT_TRANSLATE_N_NOOP("RoomName", "%n people"), int(qMin<qint64>(people, 1'000'000)));
    //: A conversation without a name; %1: some members' names, %n: how many more there are
    return translated(QT_TRANSLATE_N_NOOP("RoomName", "%1 and %n others"),
                      int(qMin<qint64>(others, 1'000'000)))
        .arg(list);
}

} // namespace parvis::rooms

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "rooms/members.h"

#include "events/plain_text.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::rooms {

namespace {

/// The Latin letter that this one looks like, small or large: of Cyrillic, Greek, and among the Latin ones.
QChar drawnAs(QChar letter)
{
    static constexpr QStringView others = u"авеһікмнорстухјѕԁԛԝ"
                                          u"αβεζηικμνορτυχ"
                                          u"01|iı";
    static constexpr QStringView latin = u"abehlkmhopctyxjsdqw"
                                         u"abezhlkmnoptyx"
                                         u"ollll";
    static_assert(others.size() == latin.size());
    const qsizetype at = others.indexOf(letter);
    return at < 0 ? letter : latin[at];
}

} // namespace

QString confusable(const QString &name)
{
    QString folded = plainLine(name).normalized(QString::NormalizationForm_KC).toCaseFolded();
    std::transform(folded.cbegin(), folded.cend(), folded.begin(), drawnAs);
    return folded;
}

QString personName(const UserId &user, const QString &displayName, bool ambiguous)
{
    static const QRegularExpression likeAnId(u"@[^\\s:]+:[^\\s]"_s);
    const QString name = plainLine(displayName);
    if (name.isEmpty() || name == user.toString())
        return user.toString();
    if (ambiguous || likeAnId.match(name).hasMatch())
        return u"%1 (%2)"_s.arg(name, user.toString());
    return name;
}

void Members::load()
{
    if (m_loaded)
        return;
    m_loaded = true;
    m_members.clear();
    m_uses.clear();
    const auto members = m_store.members(m_room);
    if (!members)
        return; // names are decoration: the ids stand in for them
    for (const StoredMember &member : *members) {
        m_members.insert(member.user, member);
        if (member.membership == MemberState::Join || member.membership == MemberState::Invite)
            ++m_uses[confusable(member.displayName)];
    }
}

QString Members::nameOf(const UserId &user)
{
    load();
    const auto member = m_members.constFind(user);
    if (member == m_members.cend())
        return user.toString();
    const bool inside = member->membership == MemberState::Join || member->membership == MemberState::Invite;
    const int others = m_uses.value(confusable(member->displayName)) - (inside ? 1 : 0);
    return personName(user, member->displayName, others > 0);
}

QString Members::nameOf(const UserId &user, const QString &otherwise)
{
    const auto member = find(user);
    const bool gone = member && member->displayName.isEmpty()
        && (member->membership == MemberState::Leave || member->membership == MemberState::Ban);
    return member && !gone ? nameOf(user) : personName(user, otherwise, false);
}

std::optional<StoredMember> Members::find(const UserId &user)
{
    load();
    const auto member = m_members.constFind(user);
    return member == m_members.cend() ? std::nullopt : std::optional(*member);
}

QList<StoredMember> Members::with(MemberState membership)
{
    load();
    QList<StoredMember> out;
    for (const StoredMember &member : std::as_const(m_members)) {
        if (member.membership == membership)
            out.append(member);
    }
    return out;
}

} // namespace parvis::rooms

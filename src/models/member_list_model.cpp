// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/member_list_model.h"

#include "models/new_room_model.h"
#include "models/person_mark.h"

#include <QCollator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr int adminPower = 100;
constexpr int moderatorPower = 50;

bool isHere(const MemberCard &member)
{
    return member.membership == Membership::Join || member.membership == Membership::Invite;
}

} // namespace

MemberListModel::MemberListModel(RoomListPort &port, QObject *parent)
    : DiffListModel(RowOrder::AsListed, parent), m_port(port)
{
}

void MemberListModel::setRoom(const RoomId &room)
{
    if (room == m_room)
        return;
    m_room = room;
    m_all.clear();
    m_filterText.clear();
    m_loading = false;
    m_count = 0;
    say({});
    show();
    load();
}

void MemberListModel::setShown(bool shown)
{
    if (shown == m_shown)
        return;
    m_shown = shown;
    Q_EMIT changed();
    load();
}

void MemberListModel::setCount(int count)
{
    const auto before = std::exchange(m_count, count);
    if (before != 0 && before != count)
        load();
}

void MemberListModel::say(ShownError error, const QString &invited)
{
    m_error = std::move(error);
    m_invited = invited;
    Q_EMIT changed();
}

QString MemberListModel::noticeText() const
{
    return m_invited.isEmpty() ? QString() : tr("%1 is invited.").arg(m_invited);
}

void MemberListModel::load()
{
    if (m_room.isEmpty() || !m_shown)
        return;
    m_loading = true;
    Q_EMIT changed();
    m_port.members(m_room).then(this, [this, room = m_room](Result<QList<MemberCard>> members) {
        if (room != m_room)
            return;
        m_loading = false;
        if (!members)
            return say(ShownError(members.error()));
        m_all = *std::move(members);
        m_all.removeIf([](const MemberCard &m) { return !isHere(m); });
        // The C locale sorts by code points: "Émile" would come after "Zoé".
        const QLocale locale;
        QCollator collator(locale.language() == QLocale::C ? QLocale(QLocale::English) : locale);
        collator.setCaseSensitivity(Qt::CaseInsensitive);
        std::stable_sort(m_all.begin(), m_all.end(), [&](const MemberCard &a, const MemberCard &b) {
            if (a.membership != b.membership)
                return a.membership == Membership::Join;
            return a.power != b.power ? a.power > b.power : collator.compare(a.name, b.name) < 0;
        });
        show();
    });
}

void MemberListModel::show()
{
    QList<MemberCard> shown;
    for (const auto &member : std::as_const(m_all)) {
        if (m_filterText.isEmpty() || member.name.contains(m_filterText, Qt::CaseInsensitive)
            || member.organisation.contains(m_filterText, Qt::CaseInsensitive)
            || member.userId.toString().contains(m_filterText, Qt::CaseInsensitive))
            shown += member;
    }
    apply({{ListDiff<MemberCard>::Reset{shown}}});
    Q_EMIT changed();
}

void MemberListModel::setFilterText(const QString &text)
{
    if (m_filterText == text)
        return;
    m_filterText = text;
    show();
}

void MemberListModel::retranslate()
{
    show();
}

bool MemberListModel::invite(const QString &userId)
{
    const auto id = userId.trimmed();
    if (!NewRoomModel::isUserId(id)) {
        say(ShownError({ErrorKind::Usage, u"PARVIS_BAD_USER_ID"_s, {}}));
        return false;
    }
    say({});
    m_port.invite(m_room, UserId(id)).then(this, [this, id, room = m_room](Result<void> done) {
        if (room != m_room)
            return;
        say(ShownError::of(done, ErrorText::During::Inviting), done ? id : QString());
        if (done)
            load();
    });
    return true;
}

void MemberListModel::leave()
{
    m_port.leave(m_room).then(this, [this, room = m_room](Result<void> done) {
        if (!done && room == m_room)
            return say(ShownError(done.error()));
        if (done)
            Q_EMIT left(room.toString());
    });
}

QString MemberListModel::rank(const MemberCard &member) const
{
    if (member.membership == Membership::Invite)
        return tr("Invited");
    if (member.power >= adminPower)
        return tr("Admin");
    return member.power >= moderatorPower ? tr("Moderator") : QString();
}

QString MemberListModel::spoken(const MemberCard &member) const
{
    QStringList parts{member.own ? tr("%1 (you)").arg(member.name) : member.name};
    if (!member.organisation.isEmpty())
        parts += member.organisation;
    if (member.external)
        parts += tr("external guest");
    if (const auto word = rank(member); !word.isEmpty())
        parts += word;
    return parts.join(u", "_s);
}

QVariant MemberListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &member = item(index);
    switch (Role(role)) {
    case UserIdRole:
        return member.userId.toString();
    case NameRole:
        return member.name;
    case OrganisationRole:
        return member.organisation.isEmpty() ? member.userId.toString() : member.organisation;
    case RankRole:
        return rank(member);
    case ExternalRole:
        return member.external;
    case InitialsRole:
        return initials(member.name);
    case ColourRole:
        return avatarColour(member.userId.toString());
    case SpokenRole:
        return spoken(member);
    }
    return {};
}

QHash<int, QByteArray> MemberListModel::roleNames() const
{
    return {{UserIdRole, "userId"}, {NameRole, "name"},         {OrganisationRole, "organisation"},
            {RankRole, "rank"},     {ExternalRole, "external"}, {InitialsRole, "initials"},
            {ColourRole, "colour"}, {SpokenRole, "spoken"}};
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/room_list_model.h"

#include "models/person_mark.h"
#include "models/sentences.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// The same diffs over rows instead of rooms.
template <typename Fn>
ListDiffs<RoomRow> mapped(const ListDiffs<RoomSummary> &diffs, Fn row)
{
    const auto rows = [&row](const QList<RoomSummary> &rooms) {
        QList<RoomRow> all;
        all.reserve(rooms.size());
        for (const auto &room : rooms)
            all += row(room);
        return all;
    };
    ListDiffs<RoomRow> out;
    for (const auto &diff : diffs) {
        if (const auto *insert = std::get_if<ListDiff<RoomSummary>::Insert>(&diff.change))
            out += {ListDiff<RoomRow>::Insert{insert->at, rows(insert->items)}};
        else if (const auto *update = std::get_if<ListDiff<RoomSummary>::Update>(&diff.change))
            out += {ListDiff<RoomRow>::Update{update->at, row(update->item)}};
        else if (const auto *remove = std::get_if<ListDiff<RoomSummary>::Remove>(&diff.change))
            out += {ListDiff<RoomRow>::Remove{remove->at, remove->count}};
        else
            out +=
                {ListDiff<RoomRow>::Reset{rows(std::get<ListDiff<RoomSummary>::Reset>(diff.change).items)}};
    }
    return out;
}

} // namespace

RoomListModel::RoomListModel(RoomListPort &port, QObject *parent)
    : DiffListModel(RowOrder::AsListed, parent), m_port(port)
{
}

RoomListModel::~RoomListModel() = default;

void RoomListModel::follow()
{
    if (std::exchange(m_followed, true))
        return;
    m_port.subscribeTotals(this, [this](const UnreadTotals &totals) {
        m_totals = totals;
        Q_EMIT totalsChanged();
    });
    m_port.subscribeLoaded(this, [this](bool loaded) {
        m_loaded = loaded;
        Q_EMIT loadedChanged();
    });
    subscribe();
}

void RoomListModel::subscribe()
{
    if (!m_followed)
        return;
    m_subscription = std::make_unique<QObject>();
    m_port.subscribe(m_filter, m_subscription.get(), [this](const ListDiffs<RoomSummary> &diffs) {
        apply(mapped(diffs, [this](const RoomSummary &room) { return row(room); }));
    });
}

void RoomListModel::setTexts(const DateTexts &texts)
{
    m_texts = texts;
    ListDiffs<RoomRow> diffs;
    for (qsizetype i = 0; i < items().size(); ++i)
        diffs += {ListDiff<RoomRow>::Update{i, row(items().at(i).room)}};
    apply(diffs);
    Q_EMIT actionChanged();
}

void RoomListModel::keep(const RoomId &room)
{
    m_filter.keep = room;
    // Anew only where it makes a difference: otherwise every click would redraw the list.
    if (m_filter.show == RoomFilter::Show::Unread || m_filter.show == RoomFilter::Show::Mentions)
        subscribe();
}

void RoomListModel::setFilterText(const QString &text)
{
    if (m_filter.text == text)
        return;
    m_filter.text = text;
    Q_EMIT filterChanged();
    subscribe();
}

void RoomListModel::setShow(Show show)
{
    if (this->show() == show)
        return;
    m_filter.show = RoomFilter::Show(show);
    Q_EMIT filterChanged();
    subscribe();
}

int RoomListModel::rowOf(const QString &roomId) const
{
    for (qsizetype i = 0; i < items().size(); ++i) {
        if (items().at(i).room.roomId.toString() == roomId)
            return int(i);
    }
    return -1;
}

QString RoomListModel::neighbour(const QString &roomId, int step) const
{
    const auto at = rowOf(roomId);
    if (at < 0)
        return firstRoom();
    const auto next = at + step;
    return next >= 0 && next < items().size() ? items().at(next).room.roomId.toString() : QString();
}

QString RoomListModel::firstRoom() const
{
    return items().isEmpty() ? QString() : items().constFirst().room.roomId.toString();
}

void RoomListModel::begin(const QString &roomId)
{
    m_busyRoom = roomId;
    m_failedRoom.clear();
    m_actionError = {};
    Q_EMIT actionChanged();
}

void RoomListModel::end(const QString &roomId, ShownError error)
{
    m_busyRoom.clear();
    m_failedRoom = error.isEmpty() ? QString() : roomId;
    m_actionError = std::move(error);
    Q_EMIT actionChanged();
}

void RoomListModel::accept(const QString &roomId)
{
    if (!m_busyRoom.isEmpty())
        return;
    begin(roomId);
    m_port.join(roomId).then(this, [this, roomId](Result<RoomId> room) {
        end(roomId, ShownError::of(room, ErrorText::During::Joining));
        if (room)
            Q_EMIT accepted(roomId, room->toString());
    });
}

void RoomListModel::decline(const QString &roomId)
{
    if (!m_busyRoom.isEmpty())
        return;
    begin(roomId);
    m_port.leave(RoomId(roomId)).then(this, [this, roomId](Result<void> done) {
        end(roomId, ShownError::of(done));
        if (done)
            Q_EMIT declined(roomId);
    });
}

RoomRow RoomListModel::row(const RoomSummary &room) const
{
    RoomRow row;
    row.room = room;
    if (room.membership == Membership::Invite)
        row.section = tr("Invitations");
    else if (room.favourite)
        row.section = tr("Favourites");
    else if (room.lowPriority)
        row.section = tr("Low priority");
    else
        row.section = tr("Recent");
    row.preview = Sentences::preview(room);
    row.timeText = m_texts.shortest(room.last.ts);
    row.initials = initials(room.name);
    row.colour = avatarColour(room.avatarSeed);
    row.spoken = spoken(row);
    return row;
}

QString RoomListModel::spoken(const RoomRow &row) const
{
    const auto &room = row.room;
    QStringList parts{room.name};
    if (room.kind == RoomKind::External)
        parts += tr("open to external guests");
    if (room.highlight > 0)
        parts += tr("%n message(s) for you", "", room.highlight);
    if (room.unread > 0)
        parts += tr("%n unread message(s)", "", room.unread);
    else if (room.markedUnread)
        parts += tr("marked as unread");
    if (room.hasFailed)
        parts += tr("a message was not sent");
    if (room.hasDraft)
        parts += tr("a text is begun");
    if (!row.preview.isEmpty())
        parts += row.preview;
    if (!row.timeText.isEmpty())
        parts += row.timeText;
    return parts.join(u", "_s);
}

QVariant RoomListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &row = item(index);
    const auto &room = row.room;
    switch (Role(role)) {
    case RoomIdRole:
        return room.roomId.toString();
    case NameRole:
        return room.name;
    case SectionRole:
        return row.section;
    case PreviewRole:
        return row.preview;
    case TimeTextRole:
        return row.timeText;
    case UnreadRole:
        return room.unread;
    case HighlightRole:
        return room.highlight;
    case MarkedUnreadRole:
        return room.markedUnread;
    case FavouriteRole:
        return room.favourite;
    case LowPriorityRole:
        return room.lowPriority;
    case InvitedRole:
        return room.membership == Membership::Invite;
    case ExternalRole:
        return room.kind == RoomKind::External;
    case EncryptedRole:
        return room.encrypted;
    case DirectRole:
        return room.direct;
    case DraftRole:
        return room.hasDraft;
    case FailedRole:
        return room.hasFailed;
    case InitialsRole:
        return row.initials;
    case ColourRole:
        return row.colour;
    case SpokenRole:
        return row.spoken;
    }
    return {};
}

QHash<int, QByteArray> RoomListModel::roleNames() const
{
    return {{RoomIdRole, "roomId"},       {NameRole, "name"},
            {SectionRole, "section"},     {PreviewRole, "preview"},
            {TimeTextRole, "timeText"},   {UnreadRole, "unread"},
            {HighlightRole, "highlight"}, {MarkedUnreadRole, "markedUnread"},
            {FavouriteRole, "favourite"}, {LowPriorityRole, "lowPriority"},
            {InvitedRole, "invited"},     {ExternalRole, "external"},
            {EncryptedRole, "encrypted"}, {DirectRole, "direct"},
            {DraftRole, "draft"},         {FailedRole, "failed"},
            {InitialsRole, "initials"},   {ColourRole, "colour"},
            {SpokenRole, "spoken"}};
}

} // namespace parvis

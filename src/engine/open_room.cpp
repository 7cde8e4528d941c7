// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/open_room.h"

#include "base/log.h"
#include "engine/client_trust.h"
#include "engine/person_name.h"
#include "engine/room_pins.h"
#include "engine/summaries.h"
#include "events/relation.h"
#include "rooms/members.h"
#include "rooms/room_state.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace parvis {

OpenRoom::OpenRoom(Engine &engine, const RoomId &room, const EventId &thread)
    : m_engine(engine),
      m_room(room),
      m_thread(thread),
      m_source(engine.api()),
      m_timeline(engine.cache(), engine.crypto(), m_source, room, thread),
      m_shields(engine.crypto(), room),
      m_unreadables(unreadableParts()),
      m_lines(m_timeline.items(),
              [this](const timeline::Item &item) {
                  return toClient(m_shields.marked(item), m_context, m_unreadables.explain(item));
              }),
      m_typingNotice(engine.api(), engine.clock(), engine.user(), room),
      m_repaired(engine.delay()),
      m_readers(engine, room)
{
    m_engine.retention().opened(m_room);
    latchEncryption();
    followKeys();
    refreshHeader();
    refreshEchoes();
    if (const auto opened = m_timeline.open(); !opened)
        qCWarning(log::timeline) << "a room cannot be opened:" << opened.error().code;
    // Whoever opens it gets the lines with the header, not an empty conversation first.
    m_timeline.items().flush();
    engine.lateKeys().retryRoom(room);

    connect(&engine.queue(), &SendQueue::changed, this, [this](const RoomId &changed) {
        if (changed == m_room)
            refreshEchoes();
    });
    connect(&engine.rooms(), &rooms::RoomList::changed, this, [this](const QList<RoomId> &changed) {
        if (!changed.contains(m_room))
            return;
        refreshHeader();
        // Another time: this one is told of in the middle of a commit.
        QMetaObject::invokeMethod(this, &OpenRoom::latchEncryption, Qt::QueuedConnection);
    });
    connect(&engine, &Engine::trustChanged, this, [this](const QList<UserId> &users) {
        m_shields.forget(users);
        m_lines.refresh([&](const timeline::Item &item) { return RoomShields::concerns(item, users); });
        refreshHeader();
    });
    connect(&engine.syncApply(), &SyncApply::typingChanged, this,
            [this](const RoomId &changed, const QList<UserId> &users) {
                if (changed != m_room)
                    return;
                m_typing = users;
                m_typing.removeAll(m_engine.user());
                refreshHeader();
            });
    engine.cache().subscribe(this, [this](const AppliedChanges &applied) { followRoom(applied); });
    m_lines.items().subscribe(this, [this](const ListDiffs<TimelineItem> &diffs) { nameSenders(diffs); });
    engine.media().transfers().subscribe(this,
                                         [this](const QList<FileTransfer> &all) { showTransfers(all); });
    m_timeline.edges().subscribe(this, [this](const timeline::Edges &edges) {
        refreshHeader();
        if (edges.unsure && m_lookAgainMs == 0)
            lookAgainLater();
    });
    m_readers.counts().subscribe(this, [this](const ReaderCounts &) { refreshHeader(); });
}

OpenRoom::~OpenRoom()
{
    m_closing = true;
    m_engine.retention().closed(m_room);
}

UnreadableLines::Parts OpenRoom::unreadableParts() const
{
    return {.clock = m_engine.clock(),
            .delay = m_engine.delay(),
            .isBeingFetched = [this](const SessionId &session) {
                return m_engine.machine().recovery().isWantedFromBackup(m_room, session);
            }};
}

void OpenRoom::followKeys()
{
    const auto account = m_engine.cryptoStore().account();
    const qint64 createdMs = account && *account ? (*account)->createdMs : 0;
    m_engine.cryptoStatus().subscribe(this, [this, createdMs](const CryptoStatus &status) {
        m_unreadables.setWays(keyWays(status, createdMs));
    });
    connect(&m_unreadables, &UnreadableLines::changed, this, &OpenRoom::explainSoon);
    connect(&m_engine.pump(), &OutgoingPump::progressed, this, &OpenRoom::explainSoon);
    connect(&m_engine.lateKeys(), &timeline::LateKeys::becameReadable, this,
            [this](const RoomId &room, const QList<RoomEvent> &events) {
                if (room == m_room)
                    countRepaired(events);
            });
}

void OpenRoom::explainSoon()
{
    if (std::exchange(m_explaining, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_explaining = false;
            m_lines.refresh([](const timeline::Item &item) { return !item.isReadable(); });
        },
        Qt::QueuedConnection);
}

void OpenRoom::countRepaired(const QList<RoomEvent> &events)
{
    m_repaired.add(int(std::count_if(events.cbegin(), events.cend(), [this](const RoomEvent &event) {
        return event.type() == event_type::message && !m_unreadables.isInGrace(event.event.id)
            && relationOf(event.event.content()).kind != RelationKind::Replace;
    })));
}

Result<void> OpenRoom::askAgain(const EventId &event)
{
    const auto row = m_engine.cache().events().event(m_room, event);
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_EVENT"_s);
    const SessionId session((*row)->event.event.content()["session_id"_L1].toString());
    if ((*row)->event.isReadable() || session.isEmpty())
        return {};
    if (auto asked = m_engine.machine().recovery().askAgain(m_room, session); !asked)
        return asked;
    m_engine.lateKeys().keyArrived(m_room, session); // it may be here, and have been missed
    m_engine.pump().kick();
    explainSoon();
    return {};
}

void OpenRoom::nameSenders(const ListDiffs<TimelineItem> &diffs)
{
    // Members come lazily, and a server does not repeat those that it believes to be known: somebody without
    // a row of their own would stand there by their id.
    const auto unknown = [this](const TimelineItem &item) {
        const auto member = m_engine.cache().rooms().member(m_room, item.sender);
        return member && !*member;
    };
    for (const auto &diff : diffs) {
        const auto *insert = std::get_if<ListDiff<TimelineItem>::Insert>(&diff.change);
        const auto *reset = std::get_if<ListDiff<TimelineItem>::Reset>(&diff.change);
        if (m_namesAsked || (!insert && !reset))
            continue;
        const auto &items = insert ? insert->items : reset->items;
        m_namesAsked = std::any_of(items.cbegin(), items.cend(), unknown);
        if (m_namesAsked)
            m_engine.members().completeMembers(m_room).then(this, [](const Result<crypto::RoomMembers> &) {});
    }
}

Task<Paginated> OpenRoom::paginateBack(int count)
{
    return m_timeline.paginateBack(count).andThen(
        this, [this](int added) { return Result<Paginated>(paginated(added)); });
}

Task<Paginated> OpenRoom::paginateForward(int count)
{
    return m_timeline.paginateForward(count).andThen(
        this, [this](int added) { return Result<Paginated>(paginated(added)); });
}

Task<void> OpenRoom::goTo(const EventId &event)
{
    return m_timeline.goTo(event).andThen(this, [this] {
        flush();
        return Result<void>();
    });
}

Task<EventId> OpenRoom::goToTime(qint64 ts)
{
    constexpr qint64 endOfYear9999 = Q_INT64_C(253'402'300'799'000);
    if (ts < 0 || ts > endOfYear9999)
        return Task<EventId>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_REQUEST"_s));
    return m_timeline.goToTime(ts).andThen(this, [this](const EventId &event) {
        flush();
        return Result<EventId>(event);
    });
}

Result<void> OpenRoom::backToNewest()
{
    auto done = m_timeline.backToNewest();
    flush();
    return done;
}

void OpenRoom::flush()
{
    m_timeline.items().flush();
    m_lines.items().flush();
}

Paginated OpenRoom::paginated(int added)
{
    flush();
    const timeline::Edges &edges = m_timeline.edges().get();
    return {.added = added, .atStart = edges.atStart, .atEnd = edges.atEnd};
}

void OpenRoom::lookAgainLater()
{
    m_lookAgainMs = std::clamp(2 * m_lookAgainMs, firstLookMs, longestLookMs);
    m_engine.delay().after(m_lookAgainMs, this, [this] {
        m_timeline.lookAgain().then(this, [this](const Result<int> &) {
            if (m_closing)
                return; // what is looked at here is gone already
            if (m_timeline.edges().get().unsure)
                lookAgainLater();
            else
                m_lookAgainMs = 0;
        });
    });
}

Result<void> OpenRoom::markRead(const EventId &event, ReceiptKind kind)
{
    return m_thread.isEmpty() ? m_engine.receipts().markRead(m_room, event, kind)
                              : m_engine.receipts().markThreadRead(m_room, m_thread, event, kind);
}

void OpenRoom::followRoom(const AppliedChanges &applied)
{
    const bool ignores = applied.accountData.contains(event_type::ignoredUsers);
    const auto isThis = [this](const RoomApplied &one) { return one.id == m_room; };
    const auto here = std::find_if(applied.rooms.cbegin(), applied.rooms.cend(), isThis);
    if (here == applied.rooms.cend()) {
        if (ignores)
            refreshHeader();
        return;
    }
    const auto pinned = pinnedIn(m_engine.cache(), m_room);
    if (ignores || here->members || (pinned && *pinned != m_header.get().pinned))
        refreshHeader();
}

void OpenRoom::latchEncryption()
{
    const auto stored = m_engine.cache().rooms().room(m_room);
    const bool latched = stored && *stored && (*stored)->encryption.isEmpty()
        && m_engine.machine().isEncrypted(m_room).value_or(false);
    if (!latched)
        return;
    const auto kept = m_engine.cache().commit(
        {.rooms = {{.id = m_room, .encryption = QLatin1StringView(crypto::megolmAlgorithm)}}});
    if (!kept)
        qCWarning(log::timeline) << "that a room is encrypted cannot be kept:" << kept.error().code;
}

void OpenRoom::refreshEchoes()
{
    const bool encrypted = m_engine.machine().isEncrypted(m_room).value_or(false);
    QList<timeline::LocalEcho> echoes;
    const auto rows = m_engine.queue().rows(m_room);
    for (const store::QueueRow &row : rows)
        echoes.append(toEcho(row, m_engine.queue().error(row), encrypted));
    m_timeline.setEchoes(std::move(echoes));
}

void OpenRoom::showTransfers(const QList<FileTransfer> &all)
{
    QList<FileTransfer> here;
    std::copy_if(all.cbegin(), all.cend(), std::back_inserter(here),
                 [this](const FileTransfer &transfer) { return transfer.room == m_room; });
    const auto touched = std::exchange(m_context.transfers, here) + here;
    m_lines.refresh([&](const timeline::Item &item) {
        return std::any_of(touched.cbegin(), touched.cend(),
                           [&](const FileTransfer &transfer) { return concerns(transfer, item); });
    });
}

RoomHeader::CannotSend OpenRoom::cannotSend(const rooms::Summary &room) const
{
    if (room.membership != MemberState::Join)
        return RoomHeader::CannotSend::NotMember;
    if (!room.replacedBy.isEmpty())
        return RoomHeader::CannotSend::Upgraded;
    if (!room.encryption.isEmpty() && room.encryption != QLatin1StringView(crypto::megolmAlgorithm))
        return RoomHeader::CannotSend::EncryptionUnknown;
    const auto levels = rooms::RoomState(m_engine.cache().rooms(), m_room).powerLevels();
    const QString type = room.encryption.isEmpty() ? event_type::message : event_type::encrypted;
    return levels && !levels->maySend(m_engine.user(), type) ? RoomHeader::CannotSend::ReadOnly
                                                             : RoomHeader::CannotSend::No;
}

std::optional<PersonIdentity> OpenRoom::otherPerson(const rooms::Summary &room) const
{
    // Which conversations are of two the account's data say, and those are the server's: who is there counts.
    const auto stored = room.directUser.isEmpty()
        ? std::nullopt
        : m_engine.cache().rooms().room(m_room).value_or(std::nullopt);
    if (!stored || !stored->membersComplete)
        return {};
    const auto members = m_engine.cache().rooms().members(m_room);
    if (!members)
        return {};
    QSet<UserId> there;
    for (const StoredMember &member : *members) {
        if (member.membership == MemberState::Join || member.membership == MemberState::Invite)
            there.insert(member.user);
    }
    if (there != QSet<UserId>{m_engine.user(), room.directUser})
        return {};
    // Where it cannot be read, nothing speaks for the person.
    const auto identity = m_engine.machine().identity(room.directUser);
    return identity ? toClient(*identity) : PersonIdentity();
}

void OpenRoom::refreshHeader()
{
    RoomHeader header;
    header.roomId = m_room;
    const auto room = m_engine.rooms().room(m_room);
    if (room) {
        const bool direct = !room->directUser.isEmpty();
        header.name = shownName(*room);
        header.topic = room->topic;
        header.kind = kindOf(*room);
        header.membership = toClient(room->membership);
        // A name is what its owner says; who is about to let somebody in sees whose it is.
        header.inviterName = rooms::personName(room->inviter, splitPersonName(room->inviterName).name, true);
        header.encrypted = !room->encryption.isEmpty();
        header.direct = direct;
        header.person = header.encrypted ? otherPerson(*room) : std::nullopt;
        header.avatarSeed = direct ? room->directUser.toString() : m_room.toString();
        header.memberCount = int(room->memberCount);
        header.cannotSend = cannotSend(*room);
    } else {
        header.membership = Membership::Leave;
        header.cannotSend = RoomHeader::CannotSend::NotMember;
    }
    header.atStart = m_timeline.edges().get().atStart;
    header.atEnd = m_timeline.edges().get().atEnd;
    header.readUpTo = m_timeline.edges().get().readUpTo;
    header.typingUsers = m_typing;
    header.typingUsers.removeIf([this](const UserId &user) { return m_timeline.ignores(user); });
    rooms::Members names(m_engine.cache().rooms(), m_room);
    for (const UserId &user : std::as_const(header.typingUsers))
        header.typing.append(splitPersonName(names.nameOf(user)).name);
    header.pinned = pinnedIn(m_engine.cache(), m_room).value_or(QList<EventId>());
    header.readers = m_readers.counts().get();
    if (header.encrypted != m_header.get().encrypted)
        m_readers.countSoon();
    if (std::exchange(m_context.canSend, header.canSend()) != header.canSend())
        m_lines.refresh([](const timeline::Item &item) { return item.own; });
    m_header.set(header);
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/timeline_model.h"

#include "models/person_mark.h"
#include "models/rich_text.h"
#include "models/sentences.h"
#include "text/links.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parvis {

namespace {

constexpr int pageSize = 40;
constexpr int linksInMenu = 5;
constexpr int editableWithin = 50; ///< how far back the up arrow looks
constexpr auto noticeFor = 12s;    ///< long enough to be read, or heard after something else
constexpr qsizetype mostAsked = 100;

/// What was written: with a file, what goes with it.
QString wordsOf(const TimelineItem &item)
{
    return item.hasMedia() ? item.media.caption : item.body;
}

} // namespace

TimelineModel::TimelineModel(TimelinePort &port, MediaPort &media, QObject *parent)
    : DiffListModel(RowOrder::Reversed, parent), m_port(port), m_saver(media)
{
    m_noticeTimer.setSingleShot(true);
    m_noticeTimer.setInterval(noticeFor);
    connect(&m_noticeTimer, &QTimer::timeout, this, [this] { setNotice(Notice::Nothing, 0); });
    connect(&m_saver, &FileSaver::noted, this,
            [this](const EventId &event, const FileNote &note) { apply(m_rows.setFileNote(event, note)); });
}

TimelineModel::~TimelineModel() = default;

void TimelineModel::open(const RoomId &room)
{
    m_subscription.reset();
    m_timeline.reset();
    m_placed = false;
    m_present = false;
    ++m_jumps;
    m_seen = {};
    m_leaving.clear();
    m_saver.setRoom(room);
    apply(m_rows.setNewAfter({}));
    takeItems({{ListDiff<TimelineItem>::Reset{}}});
    setLoading(false);
    setNotice(Notice::Nothing, 0);
    m_repairs = 0;
    RoomHeader header;
    header.roomId = room;
    takeHeader(header);
    if (room.isEmpty())
        return;
    m_timeline = m_port.open(room);
    m_subscription = std::make_unique<QObject>();
    // The header first: it knows where the person stopped reading.
    m_timeline->subscribeHeader(m_subscription.get(), [this](const RoomHeader &h) { takeHeader(h); });
    m_timeline->subscribeItems(m_subscription.get(),
                               [this](const ListDiffs<TimelineItem> &diffs) { takeItems(diffs); });
    m_timeline->subscribeRepaired(m_subscription.get(),
                                  [this](const RepairedMessages &repaired) { takeRepaired(repaired); });
    if (m_rows.items().isEmpty())
        loadOlder();
}

void TimelineModel::forget()
{
    m_saver.forget();
    m_rows.forgetFileNotes();
}

void TimelineModel::followSending(const ListDiffs<TimelineItem> &diffs)
{
    const auto look = [this](const TimelineItem &item) {
        if (!item.own || !item.hasMedia())
            return;
        if (item.state != SendState::Sent)
            m_leaving += item.key;
        else if (m_leaving.remove(item.key))
            m_saver.fileSent(item.media.name);
    };
    for (const auto &diff : diffs) {
        if (const auto *update = std::get_if<ListDiff<TimelineItem>::Update>(&diff.change))
            look(update->item);
        else if (const auto *insert = std::get_if<ListDiff<TimelineItem>::Insert>(&diff.change))
            std::for_each(insert->items.cbegin(), insert->items.cend(), look);
        else if (const auto *reset = std::get_if<ListDiff<TimelineItem>::Reset>(&diff.change))
            std::for_each(reset->items.cbegin(), reset->items.cend(), look);
    }
}

void TimelineModel::setTexts(const DateTexts &texts)
{
    apply(m_rows.setTexts(texts));
    m_saver.retranslate();
    Q_EMIT headerChanged();
    Q_EMIT noticeChanged();
    if (!m_error.isEmpty())
        Q_EMIT loadingChanged();
}

void TimelineModel::takeHeader(const RoomHeader &header)
{
    const bool wasInvited = invited();
    m_header = header;
    if (invited() != wasInvited)
        Q_EMIT invitedChanged();
    if (!m_placed && !header.readUpTo.isEmpty()) {
        m_placed = true; // later receipts are our own reading: the line stays where it was
        apply(m_rows.setNewAfter(header.readUpTo));
    }
    Q_EMIT headerChanged();
}

void TimelineModel::takeItems(const ListDiffs<TimelineItem> &diffs)
{
    const bool hadLine = m_rows.hasNewLine();
    apply(m_rows.apply(diffs));
    followSending(diffs);
    // What comes while somebody looks is not new to them.
    if (m_present && !hadLine && m_rows.hasNewLine())
        apply(m_rows.setNewAfter(newestEvent()));
}

void TimelineModel::setLoading(bool loading, ShownError error)
{
    m_loading = loading;
    m_error = std::move(error);
    Q_EMIT loadingChanged();
}

void TimelineModel::loadOlder()
{
    if (!m_timeline || m_loading || m_header.atStart)
        return;
    setLoading(true);
    m_timeline->paginateBack(pageSize).then(
        m_subscription.get(), [this](Result<Paginated> page) { setLoading(false, ShownError::of(page)); });
}

int TimelineModel::unfold(const QString &key)
{
    const auto before = rowCount();
    apply(m_rows.unfold(key));
    return 1 + rowCount() - before;
}

EventId TimelineModel::newestEvent() const
{
    const auto &items = m_rows.items();
    const auto newest = std::find_if(items.crbegin(), items.crend(),
                                     [](const auto &item) { return !item.eventId.isEmpty(); });
    return newest == items.crend() ? EventId() : newest->eventId;
}

void TimelineModel::seen()
{
    if (!m_header.atEnd || m_jumping)
        return; // the newest line of a piece of the past is not the newest
    const auto newest = newestEvent();
    m_present = m_timeline != nullptr;
    if (!m_timeline || newest.isEmpty() || newest == m_seen || newest == m_header.readUpTo || invited())
        return;
    m_seen = newest;
    // A receipt that fails is repeated with the next message; the person need not know.
    m_timeline->markRead(newest).then(m_subscription.get(), [this](Result<void> done) {
        if (!done)
            m_seen = {};
    });
}

void TimelineModel::leftAlone()
{
    m_present = false;
    m_placed = true;
    const auto newest = newestEvent();
    if (newest == m_seen || newest == m_header.readUpTo)
        apply(m_rows.setNewAfter(newest));
}

bool TimelineModel::openLink(const QString &url) const
{
    const QUrl address(url, QUrl::StrictMode);
    return mayOpen(address) && QDesktopServices::openUrl(address);
}

QStringList TimelineModel::links(const QString &key) const
{
    for (const auto &row : items()) {
        if (row.item.key == key)
            return row.line.isEmpty() ? linksIn(wordsOf(row.item), linksInMenu) : QStringList();
    }
    return {};
}

void TimelineModel::copy(const QString &key) const
{
    for (const auto &row : items()) {
        if (row.item.key == key)
            QGuiApplication::clipboard()->setText(row.line.isEmpty() ? wordsOf(row.item) : row.line);
    }
}

void TimelineModel::copyFileName(const QString &key) const
{
    for (const auto &row : items()) {
        if (row.item.key == key && row.item.hasMedia())
            QGuiApplication::clipboard()->setText(row.item.media.name);
    }
}

int TimelineModel::rowOf(const QString &key) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (item(index(row)).item.key == key)
            return row;
    }
    return -1;
}

void TimelineModel::help(const QString &key)
{
    const auto row = rowOf(key);
    switch (row < 0 ? UnreadableRemedy::None : item(index(row)).remedy) {
    case UnreadableRemedy::None:
    case UnreadableRemedy::Wait:
        return;
    case UnreadableRemedy::VerifyThisDevice:
        Q_EMIT verifyWanted();
        return;
    case UnreadableRemedy::EnterRecoveryKey:
        Q_EMIT recoveryKeyWanted();
        return;
    case UnreadableRemedy::AskAgain:
        return askAgain(key);
    }
}

void TimelineModel::askAgain(const QString &key)
{
    const auto events = m_rows.helpedBy(UnreadableRemedy::AskAgain, key, mostAsked);
    setNotice(Notice::Asked, int(events.size()));
    for (const auto &event : events) {
        m_timeline->askAgain(event).then(m_subscription.get(), [this](const Result<void> &done) {
            if (!done)
                setNotice(Notice::Asked, 0, ShownError::of(done));
        });
    }
}

void TimelineModel::takeRepaired(const RepairedMessages &repaired)
{
    if (std::exchange(m_repairs, repaired.batch) != repaired.batch && repaired.count > 0)
        setNotice(Notice::Repaired, repaired.count);
}

void TimelineModel::setNotice(Notice notice, int count, ShownError error)
{
    m_notice = notice;
    m_noticed = count;
    m_askFailure = std::move(error);
    if (notice == Notice::Nothing)
        m_noticeTimer.stop();
    else
        m_noticeTimer.start();
    Q_EMIT noticeChanged();
}

QString TimelineModel::noticeText() const
{
    switch (m_notice) {
    case Notice::Nothing:
        return {};
    case Notice::Repaired:
        return tr("%n message(s) can be read now.", "", m_noticed);
    case Notice::Asked:
        return !m_askFailure.isEmpty()
            ? m_askFailure.text()
            : tr("Asked again for the keys of %n message(s): what comes can be read here at once.", "",
                 m_noticed);
    }
    Q_UNREACHABLE();
    return {};
}

std::optional<TimelineItem> TimelineModel::lastEditable() const
{
    const auto &all = m_rows.items();
    const auto last = std::max<qsizetype>(0, all.size() - editableWithin);
    for (qsizetype i = all.size() - 1; i >= last; --i) {
        if (all.at(i).editable)
            return all.at(i);
    }
    return {};
}

std::optional<TimelineItem> TimelineModel::find(const QString &eventId) const
{
    for (const auto &item : m_rows.items()) {
        if (item.eventId.toString() == eventId && !eventId.isEmpty())
            return item;
    }
    return {};
}

TimelineModel::Person TimelineModel::person() const
{
    if (!m_header.person)
        return NoPerson;
    if (m_header.person->violated || m_header.person->changed)
        return PersonChanged;
    return m_header.person->verified ? PersonVerified : PersonNotVerified;
}

QString TimelineModel::subtitle() const
{
    QString first;
    switch (person()) {
    case NoPerson:
        if (m_header.memberCount > (m_header.direct ? 2 : 0)) // one more may read what was meant for one
            first = tr("%n member(s)", "", m_header.memberCount);
        break;
    case PersonVerified:
        first = tr("Identity verified");
        break;
    case PersonNotVerified:
        first = tr("Identity not verified");
        break;
    case PersonChanged:
        first = m_header.person->changed ? tr("Identity changed") : tr("Identity no longer verified");
        break;
    }
    const QString topic = m_header.topic.simplified();
    if (first.isEmpty() || topic.isEmpty())
        return first + topic;
    //: 1: number of members, or what is known of a person's identity, 2: topic of the room
    return tr("%1 · %2").arg(first, topic);
}

QString TimelineModel::roomInitials() const
{
    return initials(m_header.name);
}

int TimelineModel::colour() const
{
    return avatarColour(m_header.avatarSeed);
}

QString TimelineModel::cannotSendText() const
{
    return Sentences::cannotSend(m_header.cannotSend);
}

QString TimelineModel::typingText() const
{
    const auto &names = m_header.typing;
    if (names.isEmpty())
        return {};
    if (names.size() == 1)
        return tr("%1 is writing…").arg(names.first());
    if (names.size() == 2)
        return tr("%1 and %2 are writing…").arg(names.at(0), names.at(1));
    return tr("Several people are writing…");
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/search_model.h"

#include "models/person_mark.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parvis {

namespace {

constexpr auto typingPause = 150ms; // nobody wants what half a word finds
constexpr auto reachEvery = 5s;     // while somebody looks: older messages may be on their way
constexpr int mostEmptyPages = 10;
constexpr qsizetype longestText = 500;

SearchFor searchFor(SearchModel::Kind kind)
{
    switch (kind) {
    case SearchModel::Anything:
        return SearchFor::Anything;
    case SearchModel::File:
        return SearchFor::File;
    case SearchModel::Image:
        return SearchFor::Image;
    case SearchModel::Video:
        return SearchFor::Video;
    case SearchModel::Audio:
        return SearchFor::Audio;
    case SearchModel::Link:
        return SearchFor::Link;
    }
    return SearchFor::Anything;
}

/// Bold where the words are; a stranger's markup is text.
QString marked(const SearchHit &hit)
{
    QString out;
    qsizetype at = 0;
    for (const TextStretch &stretch : hit.highlights) {
        const qsizetype from = std::clamp(stretch.from, at, hit.snippet.size());
        const qsizetype to = std::clamp(stretch.from + stretch.length, from, hit.snippet.size());
        out += hit.snippet.sliced(at, from - at).toHtmlEscaped();
        if (to > from)
            out += u"<b>"_s + hit.snippet.sliced(from, to - from).toHtmlEscaped() + u"</b>"_s;
        at = to;
    }
    return out + hit.snippet.sliced(at).toHtmlEscaped();
}

} // namespace

SearchModel::SearchModel(SearchPort &port, QObject *parent)
    : DiffListModel(RowOrder::AsListed, parent), m_port(port)
{
    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &SearchModel::look);
    m_reachTimer.setInterval(reachEvery);
    connect(&m_reachTimer, &QTimer::timeout, this, &SearchModel::askReach);
}

void SearchModel::setRoom(const RoomId &room)
{
    if (room == m_room)
        return;
    // Hits of all conversations stay while one goes from one to the next, also to the first one.
    m_everywhere = m_everywhere || (m_room.isEmpty() && rowCount() > 0);
    m_room = room;
    Q_EMIT wishChanged();
    if (!m_everywhere)
        wish();
}

void SearchModel::setTexts(const DateTexts &texts)
{
    m_texts = texts;
    retranslate();
}

void SearchModel::retranslate()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    Q_EMIT stateChanged();
}

void SearchModel::forget()
{
    m_text.clear();
    m_kind = Anything;
    m_everywhere = m_best = false;
    m_reach.reset();
    ++m_reachTurn;
    Q_EMIT wishChanged();
    wish();
}

void SearchModel::setText(const QString &text)
{
    const QString wanted = text.left(longestText);
    if (std::exchange(m_text, wanted) == wanted)
        return;
    Q_EMIT wishChanged();
    wish();
}

void SearchModel::setEverywhere(bool everywhere)
{
    if (std::exchange(m_everywhere, everywhere) == everywhere)
        return;
    Q_EMIT wishChanged();
    wish();
}

void SearchModel::setKind(Kind kind)
{
    if (std::exchange(m_kind, kind) == kind)
        return;
    Q_EMIT wishChanged();
    wish();
}

void SearchModel::setBest(bool best)
{
    if (std::exchange(m_best, best) == best)
        return;
    Q_EMIT wishChanged();
    wish();
}

void SearchModel::setShown(bool shown)
{
    if (std::exchange(m_shown, shown) == shown)
        return;
    if (shown) {
        askReach();
        m_reachTimer.start();
        if (wanting())
            wish(); // what came meanwhile is found as well
    } else {
        m_reachTimer.stop();
        m_delay.stop();
    }
    Q_EMIT stateChanged();
}

bool SearchModel::wanting() const
{
    return !m_text.trimmed().isEmpty() || m_kind != Anything;
}

SearchRequest SearchModel::request() const
{
    return {.text = m_text,
            .room = everywhere() ? RoomId() : m_room,
            .has = searchFor(m_kind),
            .best = m_best && !m_text.trimmed().isEmpty()};
}

void SearchModel::wish()
{
    ++m_turn;
    m_loadingMore = false;
    m_emptyPages = 0;
    if (m_busy)
        m_port.cancel();
    m_busy = m_shown && wanting();
    if (!wanting()) {
        m_known = false;
        m_next.clear();
        m_error = {};
        apply({{ListDiff<SearchHit>::Reset{}}});
    }
    if (m_busy)
        m_delay.start(typingPause);
    else
        m_delay.stop();
    Q_EMIT stateChanged();
}

void SearchModel::retry()
{
    if (rowCount() == 0)
        return wish();
    m_error = {}; // of a later page
    Q_EMIT stateChanged();
    loadMore();
}

void SearchModel::look()
{
    ask({}, true);
}

void SearchModel::ask(const QString &after, bool first)
{
    SearchRequest next = request();
    next.after = after;
    m_port.search(next).then(this, [this, first, turn = m_turn](const Result<SearchResult> &page) {
        if (turn == m_turn)
            takePage(page, first);
    });
}

void SearchModel::loadMore()
{
    if (m_busy || m_loadingMore || m_next.isEmpty() || !m_error.isEmpty())
        return;
    m_loadingMore = true;
    ask(m_next, false);
}

void SearchModel::takePage(const Result<SearchResult> &page, bool first)
{
    // Of a page all may be left out: what ignored people said, what was taken back.
    if (page && page->hits.isEmpty() && !page->next.isEmpty() && m_emptyPages < mostEmptyPages) {
        ++m_emptyPages;
        m_next = page->next;
        m_busy = first;
        m_loadingMore = true;
        return ask(m_next, first);
    }
    m_emptyPages = 0;
    m_busy = m_loadingMore = false;
    m_known = true;
    m_error = ShownError::of(page);
    if (page)
        m_next = page->next;
    else if (first)
        m_next.clear();
    const QList<SearchHit> hits = page ? page->hits : QList<SearchHit>();
    if (first)
        apply({{ListDiff<SearchHit>::Reset{hits}}});
    else
        apply({{ListDiff<SearchHit>::Insert{items().size(), hits}}});
    Q_EMIT stateChanged();
}

void SearchModel::askReach()
{
    m_port.status().then(this, [this, turn = m_reachTurn](Result<IndexStatus> status) {
        if (!status || turn != m_reachTurn)
            return; // the search itself says what is wrong
        m_reach = *std::move(status);
        Q_EMIT stateChanged();
    });
}

QString SearchModel::foundText() const
{
    if (!m_known || m_busy || !m_error.isEmpty())
        return {};
    if (rowCount() == 0)
        return tr("Nothing found");
    return more() ? tr("More than %n message(s) found", nullptr, rowCount())
                  : tr("%n message(s) found", nullptr, rowCount());
}

QString SearchModel::reachText() const
{
    if (!m_reach)
        return {};
    QStringList sentences;
    if (everywhere()) {
        const SearchCoverage &all = m_reach->coverage;
        sentences +=
            tr("This device searches %1 messages.").arg(m_texts.locale().toString(all.indexedEvents));
        if (all.roomsWithoutAllKeys > 0)
            sentences += tr("In %n conversation(s) some cannot be read, and are not found.", nullptr,
                            int(all.roomsWithoutAllKeys));
    } else {
        const auto room = std::find_if(m_reach->rooms.cbegin(), m_reach->rooms.cend(),
                                       [this](const RoomCoverage &one) { return one.roomId == m_room; });
        if (room == m_reach->rooms.cend())
            sentences += tr("Nothing of this conversation is on this device yet.");
        else if (room->complete)
            sentences += tr("The whole conversation is searched.");
        else if (room->oldestMs > 0)
            sentences += tr("Searched back to %1.").arg(m_texts.dayWithin(room->oldestMs));
        if (room != m_reach->rooms.cend() && room->unreadable > 0)
            sentences +=
                tr("%n message(s) cannot be read, and are not found.", nullptr, int(room->unreadable));
    }
    if (const QString history = historySentence(); !history.isEmpty())
        sentences += history;
    return sentences.join(u' ');
}

QString SearchModel::historySentence() const
{
    switch (m_reach->history.state) {
    case HistoryFetching::State::Fetching:
        return tr("Older messages are being fetched: %n conversation(s) left.", nullptr,
                  int(m_reach->history.roomsLeft));
    case HistoryFetching::State::Paused:
        return tr("Older messages are fetched again on mains power.");
    case HistoryFetching::State::Full:
        return tr("The space for older messages is used up.");
    case HistoryFetching::State::Waiting:
    case HistoryFetching::State::Off:
    case HistoryFetching::State::Done:
        return {};
    }
    return {};
}

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SearchHit &hit = item(index);
    switch (Role(role)) {
    case RoomIdRole:
        return hit.roomId.toString();
    case EventIdRole:
        return hit.eventId.toString();
    case RoomNameRole:
        return everywhere() ? hit.roomName : QString();
    case SenderNameRole:
        return hit.senderName;
    case TimeTextRole:
        return m_texts.shortest(hit.ts);
    case SnippetRole:
        return marked(hit);
    case InitialsRole:
        return initials(hit.senderName);
    case ColourRole:
        return avatarColour(hit.sender.toString());
    case SpokenRole:
        return QStringList{hit.senderName, hit.snippet, m_texts.full(hit.ts), hit.roomName}.join(u", "_s);
    }
    return {};
}

QHash<int, QByteArray> SearchModel::roleNames() const
{
    return {{RoomIdRole, "roomId"},         {EventIdRole, "eventId"},   {RoomNameRole, "roomName"},
            {SenderNameRole, "senderName"}, {TimeTextRole, "timeText"}, {SnippetRole, "snippet"},
            {InitialsRole, "initials"},     {ColourRole, "colour"},     {SpokenRole, "spoken"}};
}

} // namespace parvis

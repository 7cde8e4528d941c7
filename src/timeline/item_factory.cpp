// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/item_factory.h"

#include "events/edit.h"
#include "events/relation.h"
#include "timeline/reactions.h"
#include "timeline/received_shield.h"
#include "timeline/state_line.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace parvis::timeline {

namespace {

constexpr qint64 endOfYear9999 = Q_INT64_C(253'402'300'799'000);

bool isMessageLike(const QString &type)
{
    static const QSet<QString> types{event_type::message, event_type::sticker, u"m.poll.start"_s,
                                     u"org.matrix.msc3381.poll.start"_s, u"m.message"_s};
    return types.contains(type);
}

/// Two numbers that are a place, and how exact it is; nothing else is handed to whatever opens it.
QString geoUriOf(const QJsonObject &content)
{
    static const QRegularExpression place(
        u"^geo:(-?\\d{1,2}(?:\\.\\d{1,12})?),(-?\\d{1,3}(?:\\.\\d{1,12})?)(?:;u=\\d{1,9}(?:\\.\\d{1,6})?)?$"_s);
    const QString uri = content["geo_uri"_L1].toString();
    const auto found = place.match(uri.left(100));
    const bool onEarth = found.hasMatch() && std::abs(found.captured(1).toDouble()) <= 90
        && std::abs(found.captured(2).toDouble()) <= 180;
    return onEarth && uri.size() <= 100 ? uri : QString();
}

bool sentBeforeJoining(const Event &event)
{
    const QJsonObject data = event.unsignedData();
    const QString membership =
        data["membership"_L1].toString(data["io.element.msc4115.membership"_L1].toString());
    return membership == "leave"_L1;
}

} // namespace

EventId editedBy(const LocalEcho &echo)
{
    const Relation relation = relationOf(QJsonDocument::fromJson(echo.content).object());
    return relation.kind == RelationKind::Replace ? relation.target : EventId();
}

Item ItemFactory::base(const Event &event) const
{
    Item item;
    item.id = event.id;
    item.sender = event.sender;
    item.senderName = m_members.nameOf(event.sender);
    item.own = event.sender == m_own;
    item.ts = std::clamp<qint64>(event.originServerTs, 0, endOfYear9999);
    // Only our own device can have given an own event its transaction id a meaning.
    item.txn = item.own ? event.transactionId : TransactionId();
    item.key = item.txn.isEmpty() ? u"e"_s + event.id.toString() : u"t"_s + item.txn.toString();
    return item;
}

QString ItemFactory::senderName(const Item &item) const
{
    // Members come lazily; a membership event names who comes, goes or changes their name.
    return item.change.subject.isEmpty() && !item.change.memberName.isEmpty()
        ? m_members.nameOf(item.sender, item.change.memberName)
        : m_members.nameOf(item.sender);
}

void ItemFactory::readMessage(Item &item, const QJsonObject &content) const
{
    item.message = messageOf(content);
    item.geoUri = item.message.kind == MessageKind::Location ? geoUriOf(content) : QString();
    const Relation relation = relationOf(content);
    item.threadRoot = relation.kind == RelationKind::Thread ? relation.target : EventId();
    item.replyTo = relation.fallback ? EventId() : relation.replyTo;
    item.mention =
        !item.own && content["m.mentions"_L1]["user_ids"_L1].toArray().contains(QJsonValue(m_own.toString()));
}

std::optional<Item> ItemFactory::item(const TimelineRow &row, const Related &related) const
{
    const RoomEvent &event = row.event;
    Item item = base(event.event);
    item.encrypted = event.isEncrypted();
    item.type = event.type();
    if (event.event.isState()) {
        item.change = changeOf(event.event, m_members);
        item.senderName = senderName(item);
        item.kind = ItemKind::State;
        return item.change.what == Change::What::None ? std::nullopt : std::optional(std::move(item));
    }
    if (ignores(item.sender))
        return {};
    if (event.event.redacted) {
        item.kind = ItemKind::Redacted;
        if (row.relType == "m.replace"_L1)
            return {}; // a taken-back edit is no taken-back message
        const bool shown = isMessageLike(event.event.type) || event.event.type == event_type::encrypted;
        return shown ? std::optional(std::move(item)) : std::nullopt;
    }
    if (relationOf(event.event.content()).kind == RelationKind::Replace)
        return {}; // stands on its original, or is void
    if (!event.isReadable()) {
        item.kind = ItemKind::Unreadable;
        item.reason = event.reason;
        item.beforeJoining = sentBeforeJoining(event.event);
        item.session = SessionId(event.event.content()["session_id"_L1].toString());
        return item;
    }
    if (!isMessageLike(event.type()))
        return {};
    QJsonObject content = event.content();
    if (relationOf(content).kind == RelationKind::Replace)
        return {};
    const auto edit = newestEdit(event, related.edits);
    // What was voted for stays what it was.
    if (edit && !(isPollStart(event.type()) && hasVotes(event, related.references))) {
        content = editedContent(event, *edit);
        item.edited = true;
    }
    readMessage(item, content);
    item.kind = event.type() == event_type::message ? ItemKind::Message : ItemKind::Other;
    if (const auto start = pollStartOf(event.type(), content)) {
        item.kind = ItemKind::Poll;
        item.message.body = start->question;
        item.poll = tallyOf(event, *start, related.references, m_own, related.mayEnd);
    }
    item.reactions = reactionsOf(related.annotations, m_own);
    item.inThread = related.inThread;
    markAsReceived(item, row, m_encryptedSince);
    return item;
}

std::optional<Item> ItemFactory::item(const LocalEcho &echo) const
{
    if (!isMessageLike(echo.type) || !editedBy(echo).isEmpty())
        return {};
    Item item;
    item.key = u"t"_s + echo.txn.toString();
    item.id = echo.sentAs;
    item.txn = echo.txn;
    item.state = echo.state;
    item.error = echo.error;
    item.sender = m_own;
    item.senderName = m_members.nameOf(m_own);
    item.own = true;
    item.ts = echo.ts;
    item.type = echo.type;
    item.encrypted = echo.encrypted;
    item.kind = echo.type == event_type::message ? ItemKind::Message : ItemKind::Other;
    const QJsonObject content = QJsonDocument::fromJson(echo.content).object();
    readMessage(item, content);
    if (const auto start = pollStartOf(echo.type, content)) {
        item.kind = ItemKind::Poll;
        item.message.body = start->question;
        item.poll = Poll{.start = *start, .voters = {}, .ownVote = {}, .people = 0, .ended = false};
    }
    return item;
}

Item ItemFactory::withEcho(Item item, const LocalEcho &edit) const
{
    const QJsonObject content = QJsonDocument::fromJson(edit.content).object()["m.new_content"_L1].toObject();
    if (!item.own || item.kind != ItemKind::Message || content.isEmpty())
        return item;
    const EventId replyTo = item.replyTo;
    const EventId threadRoot = item.threadRoot;
    readMessage(item, content);
    item.replyTo = replyTo; // the relation of the original stays
    item.threadRoot = threadRoot;
    item.edited = true;
    item.state = edit.state;
    item.error = edit.error;
    return item;
}

void ItemFactory::addEcho(Item &item, const QString &reaction) const
{
    if (item.kind == ItemKind::Message || item.kind == ItemKind::Poll || item.kind == ItemKind::Other)
        addReaction(item.reactions, reaction, m_own, m_own);
}

bool ItemFactory::rename(Item &item) const
{
    const QString name = senderName(item);
    const QString subject = item.change.subject.isEmpty()
        ? QString()
        : m_members.nameOf(item.change.subject, item.change.memberName);
    if (name == item.senderName && (subject.isEmpty() || subject == item.change.subjectName))
        return false;
    item.senderName = name;
    if (!subject.isEmpty())
        item.change.subjectName = subject;
    return true;
}

} // namespace parvis::timeline

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/related_messages.h"

#include "events/edit.h"
#include "events/relation.h"
#include "send/compose.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr int mostAnnotations = 1000;

bool reactsWith(const QJsonObject &content, const EventId &event, const QString &key)
{
    const Relation relation = relationOf(content);
    return relation.kind == RelationKind::Annotation && relation.target == event && relation.key == key;
}

} // namespace

Result<RoomEvent> RelatedMessages::known(const EventId &event) const
{
    const auto row = m_engine.cache().events().event(m_room, event);
    if (!row)
        return tl::unexpected(row.error());
    if (!*row || (*row)->event.event.redacted)
        return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_EVENT"_s);
    return (*row)->event;
}

Result<TransactionId> RelatedMessages::reply(const EventId &event, const QString &body)
{
    return known(event).and_then([&](const RoomEvent &original) {
        const Relation relation = relationOf(original.content());
        MessagePlace place{.replyTo = event, .answers = true};
        if (original.event.sender != m_engine.user())
            place.replyToSender = original.event.sender;
        // An answer to what is in a thread stays there.
        if (relation.kind == RelationKind::Thread)
            place.thread = relation.target;
        return composeMessage(body, place).and_then([&](const QByteArray &content) {
            return m_engine.queue().enqueue(m_room, event_type::message, content);
        });
    });
}

Result<TransactionId> RelatedMessages::sendInThread(const EventId &root, const QString &body)
{
    return known(root).and_then([&](const RoomEvent &first) -> Result<TransactionId> {
        const Relation relation = relationOf(first.content());
        // Threads have one level: of a message in one, the thread is meant.
        const EventId thread = relation.kind == RelationKind::Thread ? relation.target : root;
        const auto newest = m_engine.cache().events().newestInThread(m_room, thread);
        if (!newest)
            return tl::unexpected(newest.error());
        const MessagePlace place{.replyTo = newest->value_or(thread), .thread = thread};
        return composeMessage(body, place).and_then([&](const QByteArray &content) {
            return m_engine.queue().enqueue(m_room, event_type::message, content);
        });
    });
}

Result<TransactionId> RelatedMessages::react(const EventId &event, const QString &key)
{
    return known(event).and_then([&](const RoomEvent &) -> Result<TransactionId> {
        if (const auto row = queuedReaction(event, key))
            return row->txnId;
        const auto own = ownReaction(event, key);
        if (!own)
            return tl::unexpected(own.error());
        if (!own->isEmpty())
            return fail(ErrorKind::Usage, u"PARVIS_REACTION_EXISTS"_s);
        return composeReaction(event, key).and_then([&](const QByteArray &content) {
            return m_engine.queue().enqueue(m_room, event_type::reaction, content);
        });
    });
}

Result<void> RelatedMessages::unreact(const EventId &event, const QString &key)
{
    if (const auto row = queuedReaction(event, key)) {
        const auto cancelled = m_engine.queue().cancel(row->txnId);
        // On its way: it has to get there before it can be taken back.
        if (cancelled || row->eventId.isEmpty())
            return cancelled;
        return redact(row->eventId, {}).map([](const TransactionId &) {});
    }
    return ownReaction(event, key).and_then([&](const EventId &own) -> Result<void> {
        if (own.isEmpty())
            return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_REACTION"_s);
        return redact(own, {}).map([](const TransactionId &) {});
    });
}

Result<TransactionId> RelatedMessages::forward(const EventId &event, const RoomId &to)
{
    if (!m_engine.rooms().room(to))
        return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_ROOM"_s);
    return known(event).and_then([&](const RoomEvent &original) -> Result<TransactionId> {
        if (!original.isReadable())
            return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_EVENT"_s);
        const QString type = original.type();
        if (original.event.isState() || (type != event_type::message && type != event_type::sticker)
            || relationOf(original.content()).kind == RelationKind::Replace)
            return fail(ErrorKind::Usage, u"PARVIS_NOT_FORWARDABLE"_s);
        const auto edits = m_engine.cache().events().edits(m_room, event);
        const auto encrypted = m_engine.machine().isEncrypted(to);
        if (!edits || !encrypted)
            return tl::unexpected(!edits ? edits.error() : encrypted.error());
        QJsonObject content = original.content();
        if (const auto edit = newestEdit(original, *edits))
            content = editedContent(original, *edit);
        // The key of the file would stand in clear in that room.
        if (!*encrypted && content.contains("file"_L1))
            return fail(ErrorKind::Usage, u"PARVIS_NOT_FORWARDABLE"_s);
        return composeForward(content).and_then(
            [&](const QByteArray &bytes) { return m_engine.queue().enqueue(to, type, bytes); });
    });
}

Result<TransactionId> RelatedMessages::redact(const EventId &event, const QString &reason)
{
    return known(event).and_then([&](const RoomEvent &) {
        return m_engine.queue().enqueue(m_room, event_type::redaction, composeRedaction(event, reason));
    });
}

Result<EventId> RelatedMessages::ownReaction(const EventId &event, const QString &key) const
{
    const auto annotations = m_engine.cache().events().annotations(m_room, event, mostAnnotations);
    if (!annotations)
        return tl::unexpected(annotations.error());
    for (const RoomEvent &annotation : *annotations) {
        if (annotation.event.sender == m_engine.user() && annotation.type() == event_type::reaction
            && reactsWith(annotation.content(), event, key))
            return annotation.event.id;
    }
    return EventId();
}

std::optional<store::QueueRow> RelatedMessages::queuedReaction(const EventId &event, const QString &key) const
{
    const auto rows = m_engine.queue().rows(m_room);
    for (const store::QueueRow &row : rows) {
        if (row.kind == event_type::reaction
            && reactsWith(QJsonDocument::fromJson(row.content).object(), event, key))
            return row;
    }
    return {};
}

} // namespace parvis

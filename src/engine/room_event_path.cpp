// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_event_path.h"

#include "api/room_state.h"
#include "api/send_event.h"
#include "base/log.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// So long the server's word holds that a room is not encrypted. A computer that slept has heard nothing of
/// who switched the encryption on meanwhile, and would send in clear.
constexpr qint64 clearForMs = 10'000;

constexpr QByteArrayView megolmSettings = R"({"algorithm":"m.megolm.v1.aes-sha2"})";

} // namespace

RoomEventPath::RoomEventPath(ApiClient &api, Cache &cache, crypto::CryptoMachine &machine,
                             RoomEncryptor &encryptor, const Clock &clock, FileUploads *files)
    : m_api(api), m_cache(cache), m_machine(machine), m_encryptor(encryptor), m_clock(clock), m_files(files)
{
}

bool RoomEventPath::mayHaveLeft(const store::QueueRow &row)
{
    return row.ciphertext || !m_files || m_files->isUploaded(row);
}

Task<QByteArray> RoomEventPath::complete(const store::QueueRow &row, bool encrypted)
{
    return m_files ? m_files->complete(row, encrypted) : Task<QByteArray>::ready(row.content);
}

Task<WireEvent> RoomEventPath::prepare(const store::QueueRow &row)
{
    // The server has to count the ones and act on the others.
    if (row.kind == event_type::reaction || row.kind == event_type::redaction)
        return Task<WireEvent>::ready(WireEvent{.type = row.kind, .content = row.content});
    // What was encrypted once goes in clear no more, whatever the server says.
    auto encrypted = row.ciphertext ? Task<bool>::ready(true) : isEncrypted(row.roomId);
    return std::move(encrypted).andThen(this, [this, row](bool encrypts) {
        return complete(row, encrypts).andThen(this, [this, row, encrypts](const QByteArray &content) {
            return encrypts ? encrypt(row, content) : inClear(row, content);
        });
    });
}

Task<WireEvent> RoomEventPath::inClear(const store::QueueRow &row, const QByteArray &content)
{
    // A file may have taken long, and the room may be another one by now.
    return isEncrypted(row.roomId).andThen(this, [this, row, content](bool encrypts) {
        return encrypts ? prepare(row)
                        : Task<WireEvent>::ready(WireEvent{.type = row.kind, .content = content});
    });
}

Task<WireEvent> RoomEventPath::encrypt(const store::QueueRow &row, const QByteArray &content)
{
    // Under the same transaction id also where it is encrypted anew: should the first try have arrived,
    // the server answers with its event.
    return m_encryptor.encrypt(row.roomId, row.kind, content, row.txnId, row.ciphertext)
        .andThen(this, [](const QByteArray &encrypted) {
            return Result<WireEvent>(WireEvent{.type = event_type::encrypted, .content = encrypted});
        });
}

Task<EventId> RoomEventPath::put(const store::QueueRow &row, const WireEvent &event)
{
    if (row.kind == event_type::redaction) {
        const QJsonObject content = QJsonDocument::fromJson(event.content).object();
        return m_api.send(api::RedactEvent{.roomId = row.roomId,
                                           .eventId = EventId(content["redacts"_L1].toString()),
                                           .txnId = row.txnId,
                                           .reason = content["reason"_L1].toString()});
    }
    return m_api.send(api::SendEvent{
        .roomId = row.roomId, .eventType = event.type, .txnId = row.txnId, .content = event.content});
}

Result<void> RoomEventPath::keep(const store::QueueRow &row, const WireEvent &event, const EventId &id)
{
    const auto clear = m_files ? m_files->content(row) : Result<QByteArray>(row.content);
    if (!clear)
        return tl::unexpected(clear.error());
    const QByteArray &content = event.type == event_type::encrypted ? event.content : *clear;
    // As it will come back by the synchronisation, but for the time of the server.
    const QJsonObject raw{{"event_id"_L1, id.toString()},
                          {"type"_L1, event.type},
                          {"sender"_L1, m_cache.own().toString()},
                          {"room_id"_L1, row.roomId.toString()},
                          {"origin_server_ts"_L1, m_clock.nowMs()},
                          {"content"_L1, QJsonDocument::fromJson(content).object()},
                          {"unsigned"_L1, QJsonObject{{"transaction_id"_L1, row.txnId.toString()}}}};
    RoomEvent kept;
    kept.event = Event{.id = id,
                       .type = event.type,
                       .sender = m_cache.own(),
                       .stateKey = std::nullopt,
                       .originServerTs = m_clock.nowMs(),
                       .transactionId = row.txnId,
                       .redacted = false,
                       .raw = QJsonDocument(raw).toJson(QJsonDocument::Compact)};
    if (event.type == event_type::encrypted) {
        const auto first = isFirst(row.roomId, raw);
        if (!first)
            return tl::unexpected(first.error());
        if (!*first) {
            qCWarning(log::send) << "row" << row.seq << "is in the history already, as another event";
            return {};
        }
        kept.clear = ClearText{.type = row.kind, .content = *clear};
        kept.session = SessionId(QJsonDocument::fromJson(event.content)["session_id"_L1].toString());
    }
    StateChanges changes;
    changes.rooms.append({.id = row.roomId, .timeline = {kept}, .kept = true});
    return m_cache.commit(changes).map([](const AppliedChanges &) {});
}

Result<bool> RoomEventPath::isFirst(const RoomId &room, QJsonObject event)
{
    // The server has not told its time yet, and the one from here must not stand against it.
    event.remove("origin_server_ts"_L1);
    const auto read = m_machine.decrypt(room, {QJsonDocument(event).toJson(QJsonDocument::Compact)});
    if (!read)
        return tl::unexpected(read.error());
    const auto *unreadable = std::get_if<crypto::Undecryptable>(&read->constFirst());
    return !unreadable || unreadable->reason != crypto::Undecryptable::Reason::Replay;
}

bool RoomEventPath::isKnownClear(const RoomId &room) const
{
    const auto known = m_clear.constFind(room);
    if (known == m_clear.cend())
        return false;
    const qint64 age = m_clock.nowMs() - *known;
    return age >= 0 && age < clearForMs;
}

Result<bool> RoomEventPath::followsEncrypted(const RoomId &room) const
{
    const auto here = m_cache.rooms().room(room);
    if (!here)
        return tl::unexpected(here.error());
    if (!*here || (*here)->predecessor.isEmpty() || (*here)->predecessor == room)
        return false;
    const RoomId before = (*here)->predecessor;
    const auto old = m_cache.rooms().room(before);
    if (!old)
        return tl::unexpected(old.error());
    return *old && (*old)->replacedBy == room.toString() ? m_machine.isEncrypted(before)
                                                         : Result<bool>(false);
}

Result<QByteArray> RoomEventPath::settingsByOthers(const RoomId &room) const
{
    // What the window says of the room holds: a page of its past may have told of it, and the state not.
    const auto shown = m_cache.rooms().room(room);
    if (!shown)
        return tl::unexpected(shown.error());
    if (*shown && (*shown)->membership == MemberState::Join && !(*shown)->encryption.isEmpty())
        return QJsonDocument(QJsonObject{{"algorithm"_L1, (*shown)->encryption}})
            .toJson(QJsonDocument::Compact);
    return followsEncrypted(room).map(
        [](bool follows) { return follows ? megolmSettings.toByteArray() : QByteArray(); });
}

Task<bool> RoomEventPath::isEncrypted(const RoomId &room)
{
    const auto known = m_machine.isEncrypted(room);
    if (!known)
        return Task<bool>::ready(tl::unexpected(known.error()));
    if (*known)
        return Task<bool>::ready(true);
    auto settings = settingsByOthers(room);
    if (!settings)
        return Task<bool>::ready(tl::unexpected(settings.error()));
    if (!settings->isEmpty()) {
        const auto latched = m_machine.setRoomEncryption(room, *settings);
        return Task<bool>::ready(latched.map([](const auto &) { return true; }));
    }
    if (isKnownClear(room))
        return Task<bool>::ready(false);
    // Nothing is sent in clear because an event was missing from a synchronisation.
    Promise<bool> promise;
    auto task = promise.task();
    m_api.send(api::GetState{.roomId = room, .eventType = event_type::encryption})
        .then(this, [this, room, promise = std::move(promise)](const Result<QJsonObject> &content) mutable {
            // Any other 404 is of a proxy, or of a server that does not understand the question.
            if (!content && content.error().code == "M_NOT_FOUND"_L1) {
                m_clear.insert(room, m_clock.nowMs());
                return promise.resolve(false);
            }
            if (!content)
                return promise.resolve(tl::unexpected(content.error()));
            const auto set =
                m_machine.setRoomEncryption(room, QJsonDocument(*content).toJson(QJsonDocument::Compact));
            if (!set)
                return promise.resolve(tl::unexpected(set.error()));
            promise.resolve(true);
        });
    return task;
}

} // namespace parvis

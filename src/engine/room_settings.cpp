// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_settings.h"

#include "api/room_state.h"
#include "engine/user_id.h"
#include "events/power_levels.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qint64 mostPower = (Q_INT64_C(1) << 53) - 1; ///< what canonical JSON holds

tl::unexpected<Error> notAllowed(const QString &why)
{
    return fail(ErrorKind::Forbidden, u"PARVIS_RIGHTS_NOT_ENOUGH"_s, why);
}

std::optional<Event> asLevels(const QJsonObject &content)
{
    if (content.isEmpty())
        return {};
    Event event;
    event.type = event_type::powerLevels;
    event.stateKey = QString();
    event.raw = QJsonDocument(QJsonObject{{"content"_L1, content}}).toJson(QJsonDocument::Compact);
    return event;
}

} // namespace

Result<std::optional<QJsonObject>> withPower(const QJsonObject &now, const std::optional<Event> &create,
                                             const UserId &own, const UserId &user, qint64 power)
{
    const PowerLevels levels(asLevels(now), create);
    const qint64 mine = levels.of(own), theirs = levels.of(user);
    if (levels.creatorsAreAbove() && levels.creators().contains(user.toString()))
        return notAllowed(u"user: made the room"_s);
    if (!levels.maySetState(own, event_type::powerLevels))
        return notAllowed(u"power levels"_s);
    if (theirs == power)
        return std::optional<QJsonObject>();
    if (power > mine)
        return notAllowed(u"power: above the own one"_s);
    if (user != own && theirs >= mine)
        return notAllowed(u"user: has as much power"_s);
    QJsonObject content = now;
    QJsonObject users = content["users"_L1].toObject();
    if (now.isEmpty() && create && !levels.creatorsAreAbove())
        users[create->sender.toString()] = 100; // what held without an event must not end with it
    if (power == levels.usersDefault() && !now.isEmpty())
        users.remove(user.toString());
    else
        users[user.toString()] = power;
    content["users"_L1] = users;
    return std::optional(content);
}

Task<void> RoomSettings::change(const RoomId &room, const RoomEdit &edit)
{
    auto steps = planRoomEdit(m_cache, m_rooms, room, edit);
    if (!steps)
        return Task<void>::ready(tl::unexpected(steps.error()));
    return send(room, *std::move(steps));
}

Task<void> RoomSettings::send(const RoomId &room, QList<RoomEditStep> steps)
{
    if (steps.isEmpty())
        return Task<void>::ready({});
    const RoomEditStep step = steps.takeFirst();
    Promise<void> promise;
    auto task = promise.task();
    m_api.sendWithRetry(api::SetState{.roomId = room, .eventType = step.type, .content = step.content})
        .then(this,
              [this, room, steps = std::move(steps), field = step.field,
               promise = std::move(promise)](const Result<EventId> &sent) mutable {
                  if (!sent) {
                      Error error = sent.error();
                      error.detail = field + u": "_s + error.detail;
                      return promise.resolve(tl::unexpected(std::move(error)));
                  }
                  // No more than one step a field.
                  send(room, std::move(steps))
                      .then(this, [promise = std::move(promise)](const Result<void> &rest) mutable {
                          promise.resolve(rest);
                      });
              });
    return task;
}

Task<void> RoomSettings::setPower(const RoomId &room, const UserId &user, qint64 power)
{
    const auto known = m_rooms.room(room);
    if (!known)
        return Task<void>::ready(fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_ROOM"_s));
    if (!isUserId(user))
        return Task<void>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_USER_ID"_s));
    if (power > mostPower || power < -mostPower)
        return Task<void>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_ROOM_VALUE"_s, u"power"_s));
    if (known->membership != MemberState::Join)
        return Task<void>::ready(notAllowed(u"not a member"_s));
    // The whole event is written anew: from what the server has now, or somebody else's change would be lost.
    return levelsNow(room).andThen(this, [this, room, user, power](const QJsonObject &now) {
        return writePower(room, user, power, now);
    });
}

Task<QJsonObject> RoomSettings::levelsNow(const RoomId &room)
{
    const auto kept = m_cache.rooms().state(room, event_type::powerLevels);
    if (!kept)
        return Task<QJsonObject>::ready(tl::unexpected(kept.error()));
    const bool known = kept->has_value();
    Promise<QJsonObject> promise;
    auto task = promise.task();
    m_api.sendWithRetry(api::GetState{.roomId = room, .eventType = event_type::powerLevels})
        .then(this, [promise = std::move(promise), known](Result<QJsonObject> now) mutable {
            // Nothing else than this word says that there is none: what is written would replace all of it.
            if (!now && now.error().code == "M_NOT_FOUND"_L1 && !known)
                now = QJsonObject();
            promise.resolve(std::move(now));
        });
    return task;
}

Task<void> RoomSettings::writePower(const RoomId &room, const UserId &user, qint64 power,
                                    const QJsonObject &now)
{
    const auto create = m_cache.rooms().state(room, event_type::create);
    if (!create)
        return Task<void>::ready(tl::unexpected(create.error()));
    const auto content = withPower(now, *create, m_cache.own(), user, power);
    if (!content)
        return Task<void>::ready(tl::unexpected(content.error()));
    if (!*content)
        return Task<void>::ready({});
    return m_api
        .sendWithRetry(
            api::SetState{.roomId = room, .eventType = event_type::powerLevels, .content = **content})
        .andThen(this, [](const EventId &) { return Result<void>(); });
}

} // namespace parvis

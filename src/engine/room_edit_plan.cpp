// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_edit_plan.h"

#include "engine/room_details.h"
#include "events/plain_text.h"
#include "media/mxc.h"
#include "rooms/room_state.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qsizetype maxNameLength = 255;
constexpr qsizetype maxTopicBytes = 30'000; ///< an event holds 64 KiB, in which letters may be escaped
constexpr qint64 mostRetentionMs = (qint64(1) << 53) - 1;

tl::unexpected<Error> badValue(const QString &field, const QString &why)
{
    return fail(ErrorKind::Usage, u"PARVIS_BAD_ROOM_VALUE"_s, field + u": "_s + why);
}

/// The first version of rooms that knows a rule; 0: all do, -1: there is no such rule.
int firstVersion(const QString &joinRule)
{
    static const QHash<QString, int> all{{u"invite"_s, 0},
                                         {u"public"_s, 0},
                                         {u"knock"_s, 7},
                                         {u"restricted"_s, 8},
                                         {u"knock_restricted"_s, 10}};
    return all.value(joinRule, -1);
}

/// Builds the steps of one edit, one field after the other.
class EditPlan
{
public:
    EditPlan(const RoomDetails &now, const rooms::RoomState &state) : m_now(now), m_state(state) {}

    Result<void> addName(const QString &name)
    {
        if (name.size() > maxNameLength)
            return badValue(u"name"_s, u"too long"_s);
        if (!name.isEmpty() && plainLine(name).isEmpty())
            return badValue(u"name"_s, u"nothing in it can be seen"_s);
        return add({u"name"_s, event_type::name, {{"name"_L1, name}}}, m_now.rights.name, "name"_L1);
    }

    Result<void> addTopic(const QString &topic)
    {
        if (topic.toUtf8().size() > maxTopicBytes)
            return badValue(u"topic"_s, u"too long"_s);
        return add({u"topic"_s, event_type::topic, {{"topic"_L1, topic}}}, m_now.rights.topic, "topic"_L1);
    }

    Result<void> addAvatar(const QString &avatar)
    {
        if (!avatar.isEmpty() && !MxcUri::parse(avatar))
            return badValue(u"avatar"_s, u"no mxc address"_s);
        QJsonObject content;
        if (!avatar.isEmpty())
            content["url"_L1] = avatar;
        return add({u"avatar"_s, event_type::avatar, content}, m_now.rights.avatar, "url"_L1);
    }

    Result<void> addHistory(const QString &history)
    {
        static const QStringList words{u"invited"_s, u"joined"_s, u"shared"_s, u"world_readable"_s};
        if (!words.contains(history))
            return badValue(u"history"_s, history.left(maxNameLength));
        return add({u"history"_s, event_type::historyVisibility, {{"history_visibility"_L1, history}}},
                   m_now.rights.history, "history_visibility"_L1);
    }

    Result<void> addJoinRule(const QString &rule)
    {
        const int first = firstVersion(rule);
        if (first < 0)
            return badValue(u"join_rule"_s, rule.left(maxNameLength));
        // Versions are words: one that is no number is of somebody's own, and the server knows what it can.
        bool number = false;
        const int version = m_now.version.toInt(&number);
        if (number && version < first)
            return badValue(u"join_rule"_s, u"not in a room of version "_s + m_now.version);
        QJsonObject content{{"join_rule"_L1, rule}};
        if (rule.endsWith("restricted"_L1)) {
            const auto before = m_state.content(event_type::joinRules);
            if (!before)
                return tl::unexpected(before.error());
            // Whose members may come in is kept: without a list nobody could.
            if (joinAllowOf(*before).isEmpty())
                return badValue(u"join_rule"_s, u"no space whose members may come in"_s);
            content["allow"_L1] = (*before)["allow"_L1];
        }
        return add({u"join_rule"_s, event_type::joinRules, content}, m_now.rights.joinRule, "join_rule"_L1);
    }

    Result<void> addRetention(qint64 ms)
    {
        if (ms != 0 && (ms < leastRetentionMs || ms > mostRetentionMs))
            return badValue(u"retention"_s, u"0, or an hour and more in milliseconds"_s);
        const auto before = m_state.content(event_type::retention);
        if (!before)
            return tl::unexpected(before.error());
        QJsonObject content;
        if (ms != 0) {
            content["max_lifetime"_L1] = ms;
            if (const QJsonValue least = (*before)["min_lifetime"_L1];
                least.isDouble() && least.toDouble() <= double(ms))
                content["min_lifetime"_L1] = least;
        }
        return add({u"retention"_s, event_type::retention, content}, m_now.rights.retention,
                   "max_lifetime"_L1);
    }

    [[nodiscard]] QList<RoomEditStep> take() { return std::move(m_steps); }

private:
    /// @p key: what of the content says whether it is so already.
    Result<void> add(RoomEditStep step, bool allowed, QLatin1StringView key)
    {
        const auto before = m_state.content(step.type);
        if (!before)
            return tl::unexpected(before.error());
        const auto shown = [key](const QJsonObject &content) {
            const QJsonValue value = content[key];
            return value.isString() && value.toString().isEmpty() ? QJsonValue(QJsonValue::Undefined) : value;
        };
        if (shown(*before) == shown(step.content))
            return {};
        if (!allowed)
            return fail(ErrorKind::Forbidden, u"PARVIS_RIGHTS_NOT_ENOUGH"_s, step.field);
        m_steps.append(std::move(step));
        return {};
    }

    const RoomDetails &m_now;
    const rooms::RoomState &m_state;
    QList<RoomEditStep> m_steps;
};

} // namespace

Result<QList<RoomEditStep>> planRoomEdit(const Cache &cache, const rooms::RoomList &rooms, const RoomId &room,
                                         const RoomEdit &edit)
{
    const auto now = roomDetails(cache, rooms, room);
    if (!now)
        return tl::unexpected(now.error());
    const rooms::RoomState state(cache.rooms(), room);
    EditPlan plan(*now, state);
    Result<void> added;
    if (edit.name)
        added = plan.addName(*edit.name);
    if (added && edit.topic)
        added = plan.addTopic(*edit.topic);
    if (added && edit.avatar)
        added = plan.addAvatar(*edit.avatar);
    if (added && edit.history)
        added = plan.addHistory(*edit.history);
    if (added && edit.joinRule)
        added = plan.addJoinRule(*edit.joinRule);
    if (added && edit.retentionMs)
        added = plan.addRetention(*edit.retentionMs);
    if (!added)
        return tl::unexpected(added.error());
    return plan.take();
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/redaction.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

QStringList keptContent(const QString &type)
{
    static const QHash<QString, QStringList> kept{
        {event_type::member, {u"membership"_s, u"join_authorised_via_users_server"_s}},
        {event_type::joinRules, {u"join_rule"_s, u"allow"_s}},
        {event_type::powerLevels,
         {u"ban"_s, u"events"_s, u"events_default"_s, u"invite"_s, u"kick"_s, u"redact"_s, u"state_default"_s,
          u"users"_s, u"users_default"_s}},
        {event_type::historyVisibility, {u"history_visibility"_s}},
        {event_type::redaction, {u"redacts"_s}},
    };
    return kept.value(type);
}

} // namespace

EventId redactedBy(const Event &redaction)
{
    const QJsonObject json = redaction.json();
    QString id = json["content"_L1]["redacts"_L1].toString();
    if (id.isEmpty())
        id = json["redacts"_L1].toString();
    return id.size() <= maxIdLength ? EventId(id) : EventId();
}

Event redacted(const Event &event, const Event &because)
{
    QJsonObject json = event.json();
    if (event.type != event_type::create) {
        const QJsonObject content = json["content"_L1].toObject();
        QJsonObject left;
        for (const QString &key : keptContent(event.type)) {
            if (content.contains(key))
                left[key] = content[key];
        }
        json["content"_L1] = left;
    }
    json["unsigned"_L1] = QJsonObject{{"redacted_because"_L1, because.json()}};
    Event out = event;
    out.redacted = true;
    out.raw = QJsonDocument(json).toJson(QJsonDocument::Compact);
    return out;
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/event_reader.h"
#include "events/room_event.h"

#include <QJsonDocument>

/// Events as a server would write them, for tests.
namespace parvis::make {

using namespace Qt::StringLiterals;

inline QJsonObject envelope(const QString &id, const QString &sender, const QString &type,
                            const QJsonObject &content)
{
    return {{"event_id"_L1, id},
            {"sender"_L1, sender},
            {"type"_L1, type},
            {"origin_server_ts"_L1, 1000},
            {"content"_L1, content}};
}

inline Event event(const QJsonObject &json)
{
    const auto read = readEvent(QJsonDocument(json).toJson(QJsonDocument::Compact),
                                json.contains("event_id"_L1)     ? Envelope::Room
                                    : json.contains("sender"_L1) ? Envelope::Stripped
                                                                 : Envelope::Content);
    Q_ASSERT(read);
    return *read;
}

inline Event message(const QString &id, const QString &sender, const QString &body,
                     const QJsonObject &more = {})
{
    QJsonObject content{{"msgtype"_L1, "m.text"_L1}, {"body"_L1, body}};
    for (auto it = more.begin(); it != more.end(); ++it)
        content[it.key()] = it.value();
    return event(envelope(id, sender, u"m.room.message"_s, content));
}

inline Event edit(const QString &id, const QString &sender, const QString &of, const QString &body)
{
    return message(id, sender, u"* "_s + body,
                   {{"m.new_content"_L1, QJsonObject{{"msgtype"_L1, "m.text"_L1}, {"body"_L1, body}}},
                    {"m.relates_to"_L1, QJsonObject{{"rel_type"_L1, "m.replace"_L1}, {"event_id"_L1, of}}}});
}

inline Event redaction(const QString &id, const QString &sender, const QString &of)
{
    return event(envelope(id, sender, u"m.room.redaction"_s, {{"redacts"_L1, of}}));
}

inline Event encrypted(const QString &id, const QString &sender, const QString &session,
                       const QJsonObject &more = {})
{
    QJsonObject content{{"algorithm"_L1, "m.megolm.v1.aes-sha2"_L1},
                        {"session_id"_L1, session},
                        {"ciphertext"_L1, "AwgA"_L1}};
    for (auto it = more.begin(); it != more.end(); ++it)
        content[it.key()] = it.value();
    return event(envelope(id, sender, u"m.room.encrypted"_s, content));
}

inline Event state(const QString &id, const QString &sender, const QString &type, const QString &key,
                   const QJsonObject &content)
{
    QJsonObject json = envelope(id, sender, type, content);
    json["state_key"_L1] = key;
    return event(json);
}

inline Event member(const QString &id, const QString &user, const QString &membership,
                    const QString &name = {})
{
    QJsonObject content{{"membership"_L1, membership}};
    if (!name.isEmpty())
        content["displayname"_L1] = name;
    return state(id, user, u"m.room.member"_s, user, content);
}

inline Event accountData(const QString &type, const QJsonObject &content)
{
    return event({{"type"_L1, type}, {"content"_L1, content}});
}

/// As it is stored: an encrypted one without its key waits for its session.
inline RoomEvent stored(const Event &event)
{
    RoomEvent out;
    out.event = event;
    if (event.isEncrypted() && !event.redacted) {
        out.session = SessionId(event.content()["session_id"_L1].toString());
        out.reason = Undecryptable::MissingKey;
    }
    return out;
}

inline ClearText clearText(const QString &body)
{
    return {.type = u"m.room.message"_s,
            .content = QJsonDocument(QJsonObject{{"msgtype"_L1, "m.text"_L1}, {"body"_L1, body}}).toJson()};
}

} // namespace parvis::make

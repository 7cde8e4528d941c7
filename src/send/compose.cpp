// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "send/compose.h"

#include "text/markdown.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// An event has at most 65536 bytes; encryption makes base64 of it, and the envelope needs room.
constexpr qsizetype maxContentBytes = 45'000;
constexpr qsizetype longestReaction = 128; // UTF-16 units: room for any emoji, and for a word
constexpr qsizetype longestReason = 1000;
constexpr qsizetype longestId = 255;

struct Draft {
    QString msgtype;
    QString text;
};

Draft command(QString text)
{
    if (text.startsWith("/me "_L1))
        return {u"m.emote"_s, text.mid(4)};
    if (text.startsWith("//"_L1))
        text.remove(0, 1);
    return {u"m.text"_s, text};
}

Result<QJsonObject> content(const QString &typed)
{
    const Draft draft = command(typed);
    if (draft.text.trimmed().isEmpty())
        return fail(ErrorKind::Usage, u"PARVIS_EMPTY_MESSAGE"_s);
    if (draft.text.size() > maxContentBytes)
        return fail(ErrorKind::TooLarge, u"PARVIS_MESSAGE_TOO_LARGE"_s);
    QJsonObject object{
        {"msgtype"_L1, draft.msgtype}, {"body"_L1, draft.text}, {"m.mentions"_L1, QJsonObject()}};
    if (const QString html = markdownToHtml(draft.text); !html.isEmpty()) {
        object.insert("format"_L1, u"org.matrix.custom.html"_s);
        object.insert("formatted_body"_L1, html);
    }
    return object;
}

QJsonObject relationTo(const MessagePlace &place)
{
    QJsonObject relation;
    if (!place.replyTo.isEmpty())
        relation.insert("m.in_reply_to"_L1, QJsonObject{{"event_id"_L1, place.replyTo.toString()}});
    if (!place.thread.isEmpty()) {
        relation.insert("rel_type"_L1, u"m.thread"_s);
        relation.insert("event_id"_L1, place.thread.toString());
        relation.insert("is_falling_back"_L1, !place.answers);
    }
    return relation;
}

Result<QJsonObject> mentionsOf(const MessagePlace &place)
{
    QJsonArray users;
    if (!place.replyToSender.isEmpty())
        users.append(place.replyToSender.toString());
    for (const UserId &user : place.mentions) {
        const QString id = user.toString();
        if (!id.startsWith(u'@') || !id.contains(u':') || id.size() > longestId)
            return fail(ErrorKind::Usage, u"PARVIS_BAD_USER_ID"_s);
        if (!users.contains(QJsonValue(id)))
            users.append(id);
    }
    QJsonObject mentions;
    if (!users.isEmpty())
        mentions.insert("user_ids"_L1, users);
    if (place.mentionsRoom)
        mentions.insert("room"_L1, true);
    return mentions;
}

Result<QByteArray> bounded(const QJsonObject &object)
{
    QByteArray bytes = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (bytes.size() > maxContentBytes)
        return fail(ErrorKind::TooLarge, u"PARVIS_MESSAGE_TOO_LARGE"_s);
    return bytes;
}

QString kindOf(const FileMessage &file)
{
    // SVG is a document with programs in it: no picture for us, and not for others either.
    if (file.asFile || file.mediaType.startsWith("image/svg"_L1))
        return u"m.file"_s;
    for (const auto &kind : {u"image"_s, u"video"_s, u"audio"_s}) {
        if (file.mediaType.startsWith(kind + u'/'))
            return u"m."_s + kind;
    }
    return u"m.file"_s;
}

} // namespace

Result<QByteArray> composeFile(const FileMessage &file)
{
    QJsonObject object{{"body"_L1, file.name}, {"m.mentions"_L1, QJsonObject()}};
    if (!file.caption.trimmed().isEmpty()) {
        // No "/me" of a file.
        const auto caption = content(file.caption.startsWith(u'/') ? u'/' + file.caption : file.caption);
        if (!caption)
            return tl::unexpected(caption.error());
        object = *caption;
        object.insert("body"_L1, file.caption);
    }
    QJsonObject info{{"mimetype"_L1, file.mediaType}, {"size"_L1, file.bytes}};
    if (file.width > 0 && file.height > 0) {
        info.insert("w"_L1, file.width);
        info.insert("h"_L1, file.height);
    }
    object.insert("msgtype"_L1, kindOf(file));
    object.insert("filename"_L1, file.name);
    object.insert("info"_L1, info);
    return bounded(object);
}

Result<QByteArray> composeForward(QJsonObject object)
{
    for (const auto key : {"m.relates_to"_L1, "m.new_content"_L1})
        object.remove(key);
    object["m.mentions"_L1] = QJsonObject();
    return bounded(object);
}

Result<QByteArray> composeMessage(const QString &text, const MessagePlace &place)
{
    return content(text).and_then([&](QJsonObject object) {
        if (const QJsonObject relation = relationTo(place); !relation.isEmpty())
            object.insert("m.relates_to"_L1, relation);
        const auto mentions = mentionsOf(place);
        if (!mentions)
            return Result<QByteArray>(tl::unexpected(mentions.error()));
        object.insert("m.mentions"_L1, *mentions);
        return bounded(object);
    });
}

Result<QByteArray> composeReaction(const EventId &target, const QString &key)
{
    if (key.trimmed().isEmpty())
        return fail(ErrorKind::Usage, u"PARVIS_EMPTY_MESSAGE"_s);
    if (key.size() > longestReaction)
        return fail(ErrorKind::TooLarge, u"PARVIS_MESSAGE_TOO_LARGE"_s);
    return bounded(
        {{"m.relates_to"_L1,
          QJsonObject{
              {"rel_type"_L1, u"m.annotation"_s}, {"event_id"_L1, target.toString()}, {"key"_L1, key}}}});
}

QByteArray composeRedaction(const EventId &target, const QString &reason)
{
    QJsonObject object{{"redacts"_L1, target.toString()}};
    if (!reason.isEmpty())
        object.insert("reason"_L1, reason.left(longestReason));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<QByteArray> composeEdit(const EventId &original, const QString &text)
{
    return content(text).and_then([&](const QJsonObject &replacement) {
        // Who does not know edits reads the outer part: the star says that it is a correction.
        QJsonObject object = replacement;
        object.insert("body"_L1, u"* "_s + replacement["body"_L1].toString());
        if (replacement.contains("formatted_body"_L1))
            object.insert("formatted_body"_L1, u"* "_s + replacement["formatted_body"_L1].toString());
        object.insert("m.new_content"_L1, replacement);
        object.insert("m.relates_to"_L1,
                      QJsonObject{{"rel_type"_L1, u"m.replace"_s}, {"event_id"_L1, original.toString()}});
        return bounded(object);
    });
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/message.h"

#include "events/relation.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

MessageKind messageKindOf(const QString &msgtype)
{
    static const QHash<QString, MessageKind> kinds{
        {u"m.text"_s, MessageKind::Text},   {u"m.notice"_s, MessageKind::Notice},
        {u"m.emote"_s, MessageKind::Emote}, {u"m.image"_s, MessageKind::Image},
        {u"m.file"_s, MessageKind::File},   {u"m.audio"_s, MessageKind::Audio},
        {u"m.video"_s, MessageKind::Video}, {u"m.location"_s, MessageKind::Location},
    };
    return kinds.value(msgtype, MessageKind::Other);
}

/// Programs before specification 1.13 quoted what they answered, in lines that begin with "> ".
QString withoutReplyQuote(const QString &body)
{
    qsizetype at = 0;
    while (QStringView(body).mid(at).startsWith("> "_L1)) {
        const qsizetype end = body.indexOf(u'\n', at);
        if (end < 0)
            return {};
        at = end + 1;
    }
    if (at > 0 && at < body.size() && body.at(at) == u'\n')
        ++at;
    return body.mid(at);
}

QString withoutReplyElement(const QString &html)
{
    if (!html.startsWith("<mx-reply>"_L1))
        return html;
    const qsizetype end = html.indexOf("</mx-reply>"_L1);
    return end < 0 ? html : html.mid(end + qsizetype(sizeof("</mx-reply>")) - 1);
}

bool isMedia(MessageKind kind)
{
    return kind == MessageKind::Image || kind == MessageKind::File || kind == MessageKind::Audio
        || kind == MessageKind::Video;
}

int pixels(const QJsonValue &value)
{
    const double said = value.toDouble();
    return said >= 1 ? int(qMin(said, double(Attachment::maxPixels))) : 0;
}

Attachment attachmentOf(const QJsonObject &content)
{
    constexpr qint64 largestInteger = qint64(1) << 53; // of JSON as Matrix writes it
    const QJsonObject info = content["info"_L1].toObject();
    const qint64 bytes = info["size"_L1].toInteger(-1);
    return {.mediaType = info["mimetype"_L1].toString().left(127),
            .bytes = bytes > largestInteger ? -1 : qMax<qint64>(bytes, -1),
            .width = pixels(info["w"_L1]),
            .height = pixels(info["h"_L1]),
            .encrypted = content["file"_L1].isObject()};
}

} // namespace

Message messageOf(const QJsonObject &content)
{
    Message message;
    message.msgtype = content["msgtype"_L1].toString().left(255);
    message.kind = messageKindOf(message.msgtype);
    message.body = content["body"_L1].toString().left(Message::maxBody);
    if (content["format"_L1].toString() == "org.matrix.custom.html"_L1)
        message.formattedBody = content["formatted_body"_L1].toString().left(Message::maxBody);
    const Relation relation = relationOf(content);
    if (!relation.replyTo.isEmpty() && !relation.fallback) {
        message.body = withoutReplyQuote(message.body);
        message.formattedBody = withoutReplyElement(message.formattedBody);
    }
    const QString fileName = content["filename"_L1].toString().left(255);
    message.fileName = fileName.isEmpty() ? message.body.left(255) : fileName;
    if (!isMedia(message.kind))
        return message;
    message.attachment = attachmentOf(content);
    // Specification, "Media captions".
    if (!fileName.isEmpty() && content["filename"_L1].toString() != content["body"_L1].toString())
        message.caption = message.body;
    return message;
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "search/document.h"

#include "events/edit.h"
#include "events/message.h"
#include "search/words.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parvis::search {

namespace {

constexpr qsizetype maxPollAnswers = 20; // specification, m.poll.start

int hasOf(const Message &message)
{
    switch (message.kind) {
    case MessageKind::Image:
        return HasFile | HasImage;
    case MessageKind::Video:
        return HasFile | HasVideo;
    case MessageKind::Audio:
        return HasFile | HasAudio;
    case MessageKind::File:
        return HasFile;
    default:
        return message.body.contains("https://"_L1) || message.body.contains("http://"_L1) ? HasLink : 0;
    }
}

/// Text in the forms that a poll has had (MSC3381).
QString textBlock(const QJsonValue &block)
{
    for (const auto key : {"m.text"_L1, "org.matrix.msc1767.text"_L1}) {
        const QJsonValue value = block[key];
        if (value.isString())
            return value.toString();
        if (value.isArray())
            return value[0]["body"_L1].toString();
    }
    return block["body"_L1].toString();
}

QString pollText(const QJsonObject &content)
{
    for (const auto key : {"m.poll"_L1, "m.poll.start"_L1, "org.matrix.msc3381.poll.start"_L1}) {
        const QJsonObject poll = content[key].toObject();
        if (poll.isEmpty())
            continue;
        QStringList lines{textBlock(poll["question"_L1])};
        for (const auto &answer : poll["answers"_L1].toArray()) {
            if (lines.size() > maxPollAnswers)
                break;
            lines.append(textBlock(answer));
        }
        return lines.join(u'\n').left(Message::maxBody);
    }
    return textBlock(content).left(Message::maxBody);
}

MessageText messageText(const QJsonObject &content)
{
    const Message message = messageOf(content);
    MessageText out{.text = message.body, .has = hasOf(message)};
    if ((out.has & HasFile) != 0)
        out.text = message.caption.isEmpty() ? message.fileName : message.fileName + u'\n' + message.caption;
    return out;
}

} // namespace

MessageText textOf(const RoomEvent &event, const RoomEvent *edit)
{
    if (event.event.redacted || !event.isReadable() || event.event.isState())
        return {};
    const QString &type = event.type();
    const QJsonObject content = edit ? editedContent(event, *edit) : event.content();
    if (type == event_type::message)
        return messageText(content);
    if (type == event_type::sticker)
        return {.text = content["body"_L1].toString().left(Message::maxBody), .has = HasImage};
    if (type == "m.poll.start"_L1 || type == "org.matrix.msc3381.poll.start"_L1)
        return {.text = pollText(content)};
    return {};
}

const RoomEvent *countingEdit(const RoomEvent &original, const QList<RoomEvent> &edits)
{
    const RoomEvent *current = nullptr;
    for (const RoomEvent &edit : edits) {
        if (checkEdit(original, edit) != EditVerdict::Valid)
            continue;
        if (!current || isNewerEdit(edit.event, current->event))
            current = &edit;
    }
    return current;
}

SearchDocument documentOf(const SearchPending &what, const RoomEvent *edit, qint64 nowMs, Stemmer &stemmer)
{
    SearchDocument out{.row = what.row,
                       .room = what.room,
                       .sender = what.event.event.sender,
                       .ts = std::min(what.event.event.originServerTs, nowMs)};
    const MessageText message = what.told ? textOf(what.event, edit) : MessageText();
    out.has = message.has;
    for (const Word &word : wordsOf(message.text)) {
        out.words += word.folded.toUtf8() + ' ';
        for (const QString &stem : stemmer.stemsOf(QStringView(message.text).sliced(word.from, word.length)))
            out.stems += stem.toUtf8() + ' ';
    }
    return out;
}

} // namespace parvis::search

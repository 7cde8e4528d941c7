// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/poll.h"

#include "events/event.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

const auto unstablePrefix = "org.matrix.msc3381.poll."_L1;

/// Extensible text: a string, or a list of texts of several kinds.
QString textOf(const QJsonObject &object)
{
    for (const auto key : {"m.text"_L1, "org.matrix.msc1767.text"_L1}) {
        const QJsonValue value = object[key];
        const QString text =
            value.isArray() ? value.toArray().first()["body"_L1].toString() : value.toString();
        if (!text.isEmpty())
            return text.left(PollStart::longestText);
    }
    return object["body"_L1].toString().left(PollStart::longestText);
}

QString idOf(const QJsonObject &answer)
{
    const QString id = answer["m.id"_L1].toString(answer["id"_L1].toString());
    return id.size() <= maxIdLength ? id : QString();
}

} // namespace

bool isPollStart(const QString &type)
{
    return type == "m.poll.start"_L1 || type == unstablePrefix + "start"_L1;
}

bool isPollEnd(const QString &type)
{
    return pollEndTypes().contains(type);
}

QStringList pollEndTypes()
{
    return {u"m.poll.end"_s, unstablePrefix + "end"_L1};
}

std::optional<PollStart> pollStartOf(const QString &type, const QJsonObject &content)
{
    if (!isPollStart(type))
        return {};
    const QJsonObject said =
        content[type == "m.poll.start"_L1 ? "m.poll"_L1 : "org.matrix.msc3381.poll.start"_L1].toObject();
    PollStart poll{.question = textOf(said["question"_L1].toObject()), .answers = {}};
    // What is not said, or not known, is hidden until the end: nobody's vote is told too early.
    const QString kind = said["kind"_L1].toString();
    poll.disclosed = kind == "m.disclosed"_L1 || kind == unstablePrefix + "disclosed"_L1;
    const QJsonArray answers = said["answers"_L1].toArray();
    for (const auto &one : answers) {
        const PollAnswer answer{.id = idOf(one.toObject()), .text = textOf(one.toObject())};
        const auto isIt = [&](const PollAnswer &known) { return known.id == answer.id; };
        if (!answer.id.isEmpty() && poll.answers.size() < PollStart::mostAnswers
            && std::none_of(poll.answers.cbegin(), poll.answers.cend(), isIt))
            poll.answers.append(answer);
    }
    if (poll.question.isEmpty() || poll.answers.isEmpty())
        return {};
    poll.maxSelections =
        int(std::clamp<qint64>(said["max_selections"_L1].toInteger(1), 1, poll.answers.size()));
    return poll;
}

std::optional<QStringList> pollResponseOf(const QString &type, const QJsonObject &content)
{
    const bool stable = type == "m.poll.response"_L1;
    if (!stable && type != unstablePrefix + "response"_L1)
        return {};
    const QJsonArray said = stable ? content["m.selections"_L1].toArray()
                                   : content["org.matrix.msc3381.poll.response"_L1]["answers"_L1].toArray();
    QStringList ids;
    for (const auto &one : said) {
        if (ids.size() >= PollStart::mostAnswers)
            break;
        ids.append(one.toString());
    }
    return ids;
}

} // namespace parvis

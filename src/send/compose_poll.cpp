// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "send/compose_poll.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace parvis {

namespace poll_type {
const QString start = u"org.matrix.msc3381.poll.start"_s;
const QString response = u"org.matrix.msc3381.poll.response"_s;
const QString end = u"org.matrix.msc3381.poll.end"_s;
} // namespace poll_type

namespace {

constexpr qsizetype mostAnswers = 20;
constexpr qsizetype longestText = 1000; // UTF-16 units
const auto textKey = "org.matrix.msc1767.text"_L1;

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject reference(const EventId &poll)
{
    return {{"rel_type"_L1, u"m.reference"_s}, {"event_id"_L1, poll.toString()}};
}

} // namespace

Result<QByteArray> composePoll(const PollQuestion &poll)
{
    QString fallback = poll.question.trimmed();
    QJsonArray answers;
    const auto isEmpty = [](const QString &text) { return text.trimmed().isEmpty(); };
    const auto isLong = [](const QString &text) { return text.trimmed().size() > longestText; };
    if (fallback.isEmpty() || poll.answers.isEmpty()
        || std::any_of(poll.answers.cbegin(), poll.answers.cend(), isEmpty))
        return fail(ErrorKind::Usage, u"PARVIS_EMPTY_MESSAGE"_s);
    if (poll.answers.size() > mostAnswers || fallback.size() > longestText
        || std::any_of(poll.answers.cbegin(), poll.answers.cend(), isLong))
        return fail(ErrorKind::TooLarge, u"PARVIS_MESSAGE_TOO_LARGE"_s);
    for (const QString &answer : poll.answers) {
        const QString number = QString::number(answers.size() + 1);
        answers.append(QJsonObject{{"id"_L1, number}, {textKey, answer.trimmed()}});
        fallback += u'\n' + number + u". "_s + answer.trimmed();
    }
    const QJsonObject start{
        {"question"_L1, QJsonObject{{textKey, poll.question.trimmed()}}},
        {"kind"_L1,
         poll.disclosed ? u"org.matrix.msc3381.poll.disclosed"_s : u"org.matrix.msc3381.poll.undisclosed"_s},
        {"max_selections"_L1, std::clamp<int>(poll.maxSelections, 1, int(answers.size()))},
        {"answers"_L1, answers}};
    return compact({{poll_type::start, start}, {textKey, fallback}});
}

QByteArray composeVote(const EventId &poll, const QStringList &answers)
{
    return compact({{"m.relates_to"_L1, reference(poll)},
                    {poll_type::response, QJsonObject{{"answers"_L1, QJsonArray::fromStringList(answers)}}}});
}

QByteArray composePollEnd(const EventId &poll, const QString &words)
{
    return compact({{"m.relates_to"_L1, reference(poll)},
                    {poll_type::end, QJsonObject()},
                    {textKey, words.left(longestText)}});
}

Result<QByteArray> composePlace(double latitude, double longitude, const QString &words)
{
    // Written so that what is no number fails.
    if (!(std::abs(latitude) <= 90 && std::abs(longitude) <= 180))
        return fail(ErrorKind::Usage, u"PARVIS_BAD_PLACE"_s);
    if (words.size() > longestText)
        return fail(ErrorKind::TooLarge, u"PARVIS_MESSAGE_TOO_LARGE"_s);
    const QString uri =
        u"geo:%1,%2"_s.arg(QString::number(latitude, 'f', 6), QString::number(longitude, 'f', 6));
    const QString body = words.trimmed().isEmpty() ? uri : words.trimmed();
    return compact(
        {{"msgtype"_L1, u"m.location"_s},
         {"body"_L1, body},
         {"geo_uri"_L1, uri},
         {"m.mentions"_L1, QJsonObject()},
         {"org.matrix.msc3488.location"_L1, QJsonObject{{"uri"_L1, uri}, {"description"_L1, body}}},
         {"org.matrix.msc3488.asset"_L1, QJsonObject{{"type"_L1, u"m.pin"_s}}}});
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "text_functions.h"

#include "text/html.h"
#include "text/markdown.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

Result<QJsonValue> sanitiseHtml(const QJsonObject &input)
{
    const QString html = input["html"_L1].toString();
    return QJsonValue(
        QJsonObject{{"html"_L1, keptHtml(html)}, {"text"_L1, readableText(readHtml(html), Spoilers::Shown)}});
}

Result<QJsonValue> plainText(const QJsonObject &input)
{
    return QJsonValue(QJsonObject{{"text"_L1, readableText(readHtml(input["html"_L1].toString()))}});
}

Result<QJsonValue> markdown(const QJsonObject &input)
{
    const QString typed = input["text"_L1].toString();
    QList<Mention> mentions;
    const QJsonArray named = input["mentions"_L1].toArray();
    for (const QJsonValue one : named)
        mentions.append({.shown = one["shown"_L1].toString(), .id = one["id"_L1].toString()});
    QJsonObject written{{"body"_L1, typed}};
    if (const QString html = markdownToHtml(typed, mentions); !html.isEmpty())
        written["html"_L1] = html;
    return QJsonValue(written);
}

QString word(MatrixLink::Kind kind)
{
    switch (kind) {
    case MatrixLink::Kind::NotMatrix:
        return u"not_matrix"_s;
    case MatrixLink::Kind::Invalid:
        return u"invalid"_s;
    case MatrixLink::Kind::User:
        return u"user"_s;
    case MatrixLink::Kind::RoomAlias:
        return u"room_alias"_s;
    case MatrixLink::Kind::Room:
        return u"room_id"_s;
    case MatrixLink::Kind::EventInAlias:
        return u"event_in_alias"_s;
    case MatrixLink::Kind::EventInRoom:
        return u"event_in_room"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString word(MatrixLink::Problem problem)
{
    switch (problem) {
    case MatrixLink::Problem::None:
        return {};
    case MatrixLink::Problem::TooLong:
        return u"too_long"_s;
    case MatrixLink::Problem::BadEncoding:
        return u"bad_encoding"_s;
    case MatrixLink::Problem::UnknownKind:
        return u"unknown_kind"_s;
    case MatrixLink::Problem::BadId:
        return u"bad_id"_s;
    case MatrixLink::Problem::BadEvent:
        return u"bad_event"_s;
    }
    Q_UNREACHABLE();
    return {};
}

Result<QJsonValue> parseLinkOf(const QJsonObject &input)
{
    const MatrixLink link = parseLink(input["uri"_L1].toString(), input["permalink_prefix"_L1].toString());
    QJsonObject parsed{{"kind"_L1, word(link.kind)}};
    const auto addText = [&parsed](QLatin1StringView name, const QString &value) {
        if (!value.isEmpty())
            parsed[name] = value;
    };
    addText("id"_L1, link.id);
    addText("event"_L1, link.event);
    addText("action"_L1, link.action);
    addText("problem"_L1, word(link.problem));
    if (!link.via.isEmpty())
        parsed["via"_L1] = QJsonArray::fromStringList(link.via);
    return QJsonValue(parsed);
}

} // namespace

QHash<QString, PureFunction> textFunctions()
{
    return {{u"sanitise_html"_s, sanitiseHtml},
            {u"plain_text"_s, plainText},
            {u"markdown"_s, markdown},
            {u"parse_link"_s, parseLinkOf}};
}

} // namespace parvis::driver

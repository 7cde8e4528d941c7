// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "send/compose.h"
#include "send/compose_poll.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>

using namespace parvis;
using namespace Qt::StringLiterals;

class ComposeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainTextIsABodyAlone()
    {
        const auto content = parsed(composeMessage(u"Bonjour"_s));

        QCOMPARE(content["msgtype"_L1].toString(), u"m.text"_s);
        QCOMPARE(content["body"_L1].toString(), u"Bonjour"_s);
        QVERIFY(!content.contains("formatted_body"_L1));
        QVERIFY(content["m.mentions"_L1].isObject());
    }

    void markdownHasBoth()
    {
        const auto content = parsed(composeMessage(u"**oui**"_s));

        QCOMPARE(content["body"_L1].toString(), u"**oui**"_s);
        QCOMPARE(content["formatted_body"_L1].toString(), u"<strong>oui</strong>"_s);
        QCOMPARE(content["format"_L1].toString(), u"org.matrix.custom.html"_s);
    }

    void emotesAndSlashes()
    {
        QCOMPARE(parsed(composeMessage(u"/me salue"_s))["msgtype"_L1].toString(), u"m.emote"_s);
        QCOMPARE(parsed(composeMessage(u"/me salue"_s))["body"_L1].toString(), u"salue"_s);
        QCOMPARE(parsed(composeMessage(u"//etc"_s))["body"_L1].toString(), u"/etc"_s);
    }

    void anEditHasTheNewContentAndAFallback()
    {
        const auto content = parsed(composeEdit(EventId(u"$e"_s), u"mieux"_s));

        QCOMPARE(content["body"_L1].toString(), u"* mieux"_s);
        QCOMPARE(content["m.new_content"_L1]["body"_L1].toString(), u"mieux"_s);
        QVERIFY(!content["m.new_content"_L1].toObject().contains("m.relates_to"_L1));
        QCOMPARE(content["m.relates_to"_L1]["event_id"_L1].toString(), u"$e"_s);
        QCOMPARE(content["m.relates_to"_L1]["rel_type"_L1].toString(), u"m.replace"_s);
    }

    void anAnswerNamesWhatItAnswersAndTellsItsAuthor()
    {
        const auto content = parsed(composeMessage(u"oui"_s,
                                                   {.replyTo = EventId(u"$e"_s),
                                                    .replyToSender = UserId(u"@b:x"_s),
                                                    .thread = {},
                                                    .answers = true}));

        QCOMPARE(content["m.relates_to"_L1]["m.in_reply_to"_L1]["event_id"_L1].toString(), u"$e"_s);
        QVERIFY(!content["m.relates_to"_L1].toObject().contains("rel_type"_L1));
        QCOMPARE(content["m.mentions"_L1]["user_ids"_L1][0].toString(), u"@b:x"_s);
    }

    void aThreadHasAFallback()
    {
        const auto content = parsed(composeMessage(u"oui"_s,
                                                   {.replyTo = EventId(u"$last"_s),
                                                    .replyToSender = {},
                                                    .thread = EventId(u"$root"_s),
                                                    .answers = false}));

        const auto relation = content["m.relates_to"_L1].toObject();
        QCOMPARE(relation["rel_type"_L1].toString(), u"m.thread"_s);
        QCOMPARE(relation["event_id"_L1].toString(), u"$root"_s);
        QCOMPARE(relation["is_falling_back"_L1].toBool(), true);
        QCOMPARE(relation["m.in_reply_to"_L1]["event_id"_L1].toString(), u"$last"_s);
    }

    void aReactionIsAShortSign()
    {
        const auto content = parsed(composeReaction(EventId(u"$e"_s), u"👍"_s));

        QCOMPARE(content["m.relates_to"_L1]["key"_L1].toString(), u"👍"_s);
        QCOMPARE(content["m.relates_to"_L1]["rel_type"_L1].toString(), u"m.annotation"_s);
        QCOMPARE(composeReaction(EventId(u"$e"_s), u" "_s).error().code, u"PARVIS_EMPTY_MESSAGE"_s);
        QCOMPARE(composeReaction(EventId(u"$e"_s), QString(129, u'a')).error().code,
                 u"PARVIS_MESSAGE_TOO_LARGE"_s);
    }

    void whoIsNamedIsToldOnce()
    {
        const auto content = parsed(composeMessage(u"salut"_s,
                                                   {.replyTo = EventId(u"$e"_s),
                                                    .replyToSender = UserId(u"@a:x"_s),
                                                    .mentions = {UserId(u"@a:x"_s), UserId(u"@b:x"_s)},
                                                    .mentionsRoom = true}));
        const QJsonObject told{{"user_ids"_L1, QJsonArray{u"@a:x"_s, u"@b:x"_s}}, {"room"_L1, true}};
        QCOMPARE(content["m.mentions"_L1].toObject(), told);
        for (const QString &id : {u"a"_s, u"@a"_s, u"@a:"_s + QString(300, u'x')})
            QCOMPARE(composeMessage(u"x"_s, {.mentions = {UserId(id)}}).error().code,
                     u"PARVIS_BAD_USER_ID"_s);
    }

    void whatIsForwardedAnswersAndNamesNobody()
    {
        const auto content = parsed(composeForward(
            {{"msgtype"_L1, u"m.file"_s},
             {"body"_L1, u"x"_s},
             {"url"_L1, u"mxc://a/b"_s},
             {"m.mentions"_L1, QJsonObject{{"room"_L1, true}}},
             {"m.relates_to"_L1, QJsonObject{{"rel_type"_L1, u"m.thread"_s}, {"event_id"_L1, u"$e"_s}}}}));
        QCOMPARE(content["url"_L1].toString(), u"mxc://a/b"_s);
        QVERIFY(!content.contains("m.relates_to"_L1));
        QCOMPARE(content["m.mentions"_L1].toObject(), QJsonObject());
    }

    void aPollIsWhole()
    {
        const auto content = parsed(composePoll({.question = u" Quand ? "_s,
                                                 .answers = {u"lundi"_s, u"mardi"_s},
                                                 .disclosed = false,
                                                 .maxSelections = 9}));
        const QJsonObject start = content[poll_type::start].toObject();
        QCOMPARE(start["max_selections"_L1].toInt(), 2);
        QCOMPARE(start["kind"_L1].toString(), u"org.matrix.msc3381.poll.undisclosed"_s);
        QCOMPARE(start["answers"_L1].toArray().size(), 2);
        QCOMPARE(content["org.matrix.msc1767.text"_L1].toString(), u"Quand ?\n1. lundi\n2. mardi"_s);
        QCOMPARE(composePoll({.question = u" "_s, .answers = {u"a"_s}}).error().code,
                 u"PARVIS_EMPTY_MESSAGE"_s);
        QCOMPARE(composePoll({.question = u"q"_s, .answers = {u"a"_s, u" "_s}}).error().code,
                 u"PARVIS_EMPTY_MESSAGE"_s);
        QCOMPARE(composePoll({.question = u"q"_s, .answers = QStringList(21, u"a"_s)}).error().code,
                 u"PARVIS_MESSAGE_TOO_LARGE"_s);
    }

    void aPlaceIsOnEarth()
    {
        const auto content = parsed(composePlace(-48.5, 180, {}));
        QCOMPARE(content["geo_uri"_L1].toString(), u"geo:-48.500000,180.000000"_s);
        QCOMPARE(composePlace(90.1, 0, {}).error().code, u"PARVIS_BAD_PLACE"_s);
        QCOMPARE(composePlace(0, std::numeric_limits<double>::quiet_NaN(), {}).error().code,
                 u"PARVIS_BAD_PLACE"_s);
    }

    void refusesNothingAndTooMuch()
    {
        QCOMPARE(composeMessage(u" \n "_s).error().code, u"PARVIS_EMPTY_MESSAGE"_s);
        QCOMPARE(composeMessage(u"/me  "_s).error().code, u"PARVIS_EMPTY_MESSAGE"_s);
        QCOMPARE(composeMessage(QString(50'000, u'a')).error().code, u"PARVIS_MESSAGE_TOO_LARGE"_s);
        // Each of these letters has three bytes.
        QCOMPARE(composeMessage(QString(20'000, QChar(0x20ac))).error().code, u"PARVIS_MESSAGE_TOO_LARGE"_s);
        QVERIFY(composeMessage(QString(40'000, u'a')).has_value());
    }

private:
    static QJsonObject parsed(const Result<QByteArray> &content)
    {
        return content ? QJsonDocument::fromJson(*content).object() : QJsonObject();
    }
};

QTEST_GUILESS_MAIN(ComposeTest)
#include "tst_compose.moc"

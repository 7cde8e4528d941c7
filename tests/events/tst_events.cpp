// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/edit.h"
#include "events/encrypted.h"
#include "events/event_page.h"
#include "events/event_reader.h"
#include "events/member.h"
#include "events/message.h"
#include "events/plain_text.h"
#include "events/redaction.h"
#include "events/relation.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

QJsonObject envelope(const QString &type, const QJsonObject &content)
{
    return {{"type"_L1, type},
            {"event_id"_L1, "$e"_L1},
            {"sender"_L1, "@a:x"_L1},
            {"origin_server_ts"_L1, 5},
            {"content"_L1, content}};
}

Event eventOf(const QJsonObject &json)
{
    return readEvent(QJsonDocument(json).toJson(QJsonDocument::Compact)).value();
}

RoomEvent original()
{
    return {.event =
                eventOf(envelope(event_type::message, {{"body"_L1, "one"_L1}, {"msgtype"_L1, "m.text"_L1}}))};
}

QJsonObject editContent()
{
    return {{"body"_L1, "* two"_L1},
            {"m.new_content"_L1, QJsonObject{{"body"_L1, "two"_L1}}},
            {"m.relates_to"_L1, QJsonObject{{"rel_type"_L1, "m.replace"_L1}, {"event_id"_L1, "$e"_L1}}}};
}

RoomEvent edit(const QJsonObject &content = editContent())
{
    QJsonObject json = envelope(event_type::message, content);
    json["event_id"_L1] = "$edit"_L1;
    return {.event = eventOf(json)};
}

/// The same event as it looks when it came encrypted and was decrypted.
RoomEvent encryptedForm(RoomEvent plain)
{
    QJsonObject json = plain.event.json();
    const QJsonObject content = json["content"_L1].toObject();
    QJsonObject outer{{"algorithm"_L1, "m.megolm.v1.aes-sha2"_L1}};
    if (content.contains("m.relates_to"_L1))
        outer["m.relates_to"_L1] = content["m.relates_to"_L1];
    json["type"_L1] = event_type::encrypted;
    json["content"_L1] = outer;
    const QString type = plain.event.type;
    plain.event = eventOf(json);
    plain.clear = ClearText{.type = type, .content = QJsonDocument(content).toJson()};
    return plain;
}

} // namespace

class TstEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnEnvelopeAndKeepsTheText()
    {
        const QByteArray raw =
            R"({"content":{"body":"é"},"event_id":"$1","origin_server_ts":12,"sender":"@a:x",)"
            R"("state_key":"","type":"m.x","unsigned":{"transaction_id":"t1"}})";

        const auto read = readEvent(raw);

        QVERIFY(read);
        QCOMPARE(read->raw, raw);
        QCOMPARE(read->id, EventId(u"$1"_s));
        QCOMPARE(read->stateKey, std::optional(u""_s));
        QCOMPARE(read->originServerTs, 12);
        QCOMPARE(read->transactionId, TransactionId(u"t1"_s));
        QCOMPARE(read->content()["body"_L1].toString(), u"é"_s);
        QVERIFY(!read->redacted);
    }

    void refusesBrokenEnvelopes_data()
    {
        QTest::addColumn<QByteArray>("raw");
        QTest::newRow("no type") << QByteArray(
            R"({"content":{},"event_id":"$1","origin_server_ts":1,"sender":"@a:x"})");
        QTest::newRow("type is a number")
            << QByteArray(R"({"type":1,"content":{},"event_id":"$1","origin_server_ts":1,"sender":"@a:x"})");
        QTest::newRow("content is a list") << QByteArray(
            R"({"type":"t","content":[],"event_id":"$1","origin_server_ts":1,"sender":"@a:x"})");
        QTest::newRow("state key is null") << QByteArray(
            R"({"type":"t","content":{},"event_id":"$1","origin_server_ts":1,"sender":"@a:x","state_key":null})");
        QTest::newRow("no event id") << QByteArray(
            R"({"type":"t","content":{},"origin_server_ts":1,"sender":"@a:x"})");
        QTest::newRow("truncated") << QByteArray(
            R"({"type":"t","content":{},"event_id":"$1","origin_server_ts")");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("long id") << QByteArray(R"({"type":"t","content":{},"event_id":"$)"
                                               + QByteArray(300, 'a')
                                               + R"(","origin_server_ts":1,"sender":"@a:x"})");
        QTest::newRow("huge") << QByteArray(R"({"type":"t","content":{"a":")"
                                            + QByteArray(Event::maxBytes, 'a')
                                            + R"("},"event_id":"$1","origin_server_ts":1,"sender":"@a:x"})");
        QTest::newRow("invalid UTF-8") << QByteArray("{\"type\":\"\xff\",\"content\":{},\"event_id\":\"$1\","
                                                     "\"origin_server_ts\":1,\"sender\":\"@a:x\"}");
    }

    void refusesBrokenEnvelopes()
    {
        QFETCH(QByteArray, raw);

        QVERIFY(!readEvent(raw));
    }

    void toleratesNonsensicalTimes()
    {
        const auto read = readEvent(
            R"({"type":"t","content":{},"event_id":"$1","origin_server_ts":1e300,"sender":"@a:x"})");

        QVERIFY(read);
        QCOMPARE(read->originServerTs, 0);
    }

    void takesAValidEdit()
    {
        QCOMPARE(checkEdit(original(), edit()), EditVerdict::Valid);
        QCOMPARE(checkEdit(encryptedForm(original()), encryptedForm(edit())), EditVerdict::Valid);
        QCOMPARE(checkEdit(original(), encryptedForm(edit())), EditVerdict::Valid);
        QCOMPARE(editedContent(original(), edit()), (QJsonObject{{"body"_L1, "two"_L1}}));
    }

    void ignoresAClearEditOfAnEncryptedMessage()
    {
        QCOMPARE(checkEdit(encryptedForm(original()), edit()), EditVerdict::ClearEditOfEncrypted);

        RoomEvent unread = encryptedForm(original());
        unread.clear.reset();
        unread.reason = Undecryptable::MissingKey;
        QCOMPARE(checkEdit(unread, edit()), EditVerdict::ClearEditOfEncrypted);
    }

    void ignoresOtherInvalidEdits()
    {
        RoomEvent stranger = edit();
        stranger.event.sender = UserId(u"@b:x"_s);
        QCOMPARE(checkEdit(original(), stranger), EditVerdict::OtherSender);

        RoomEvent otherType = edit();
        otherType.event.type = event_type::sticker;
        QCOMPARE(checkEdit(original(), otherType), EditVerdict::OtherType);

        RoomEvent state = edit();
        state.event.stateKey = u""_s;
        QCOMPARE(checkEdit(original(), state), EditVerdict::StateEvent);

        QJsonObject elsewhere = editContent();
        elsewhere["m.relates_to"_L1] = QJsonObject{{"rel_type"_L1, "m.replace"_L1}, {"event_id"_L1, "$o"_L1}};
        QCOMPARE(checkEdit(original(), edit(elsewhere)), EditVerdict::NotAnEdit);

        QJsonObject empty = editContent();
        empty["m.new_content"_L1] = "two"_L1;
        QCOMPARE(checkEdit(original(), edit(empty)), EditVerdict::NoNewContent);

        RoomEvent first = edit();
        first.event.id = EventId(u"$e"_s);
        QCOMPARE(checkEdit(first, edit()), EditVerdict::EditOfEdit);

        RoomEvent unread = encryptedForm(edit());
        unread.clear.reset();
        unread.reason = Undecryptable::MissingKey;
        QCOMPARE(checkEdit(encryptedForm(original()), unread), EditVerdict::OtherType);

        RoomEvent gone = edit();
        gone.event.redacted = true;
        QCOMPARE(checkEdit(original(), gone), EditVerdict::Redacted);
    }

    void ordersEditsByTimeThenId()
    {
        Event a = edit().event;
        Event b = a;
        b.id = EventId(u"$fdit"_s);
        QVERIFY(isNewerEdit(b, a));
        a.originServerTs += 1;
        QVERIFY(isNewerEdit(a, b));
    }

    void readsRelations()
    {
        const Relation thread =
            relationOf({{"m.relates_to"_L1,
                         QJsonObject{{"rel_type"_L1, "m.thread"_L1},
                                     {"event_id"_L1, "$root"_L1},
                                     {"is_falling_back"_L1, true},
                                     {"m.in_reply_to"_L1, QJsonObject{{"event_id"_L1, "$last"_L1}}}}}});
        QCOMPARE(thread.kind, RelationKind::Thread);
        QCOMPARE(thread.target, EventId(u"$root"_s));
        QCOMPARE(thread.replyTo, EventId(u"$last"_s));
        QVERIFY(thread.fallback);

        QCOMPARE(relationOf({{"m.relates_to"_L1, 7}}), Relation());
        QCOMPARE(relationOf({{"m.relates_to"_L1, QJsonObject{{"rel_type"_L1, "m.replace"_L1}}}}).kind,
                 RelationKind::None);
    }

    void stripsTheQuotationOfAReplyOnly()
    {
        const QJsonObject reply{
            {"msgtype"_L1, "m.text"_L1},
            {"body"_L1, "> <@a:x> hello\n> world\n\nyes"_L1},
            {"format"_L1, "org.matrix.custom.html"_L1},
            {"formatted_body"_L1, "<mx-reply>quote</mx-reply>yes"_L1},
            {"m.relates_to"_L1, QJsonObject{{"m.in_reply_to"_L1, QJsonObject{{"event_id"_L1, "$1"_L1}}}}}};
        QCOMPARE(messageOf(reply).body, u"yes"_s);
        QCOMPARE(messageOf(reply).formattedBody, u"yes"_s);

        QJsonObject plain = reply;
        plain.remove("m.relates_to"_L1);
        QCOMPARE(messageOf(plain).body, u"> <@a:x> hello\n> world\n\nyes"_s);
        QCOMPARE(messageOf({{"msgtype"_L1, 3}, {"body"_L1, QJsonArray()}}).body, QString());
    }

    void cleansNames()
    {
        QCOMPARE(plainLine(u"  Ann\u202Ee\n \tMarie\u200B "), u"Anne Marie"_s);
        QCOMPARE(plainLine(QString(1000, u'x')).size(), 255);
        QCOMPARE(plainLine(QString(u"x "_s).repeated(1000)).size(), 255); // blanks count too
        QCOMPARE(plainLine(u"e\u0301\u0301\u0301\u0301\u0301\u0301"), u"e\u0301\u0301\u0301"_s);
        QCOMPARE(foldedForSearch(u"Œuvre ÉCOLE l’été"), u"oeuvre ecole l'ete"_s);
    }

    void readsMembers()
    {
        const auto member = memberOf(
            {{"membership"_L1, "join"_L1}, {"displayname"_L1, "A\u0007nn"_L1}, {"avatar_url"_L1, 5}});
        QVERIFY(member);
        QCOMPARE(member->displayName, u"Ann"_s);
        QVERIFY(member->avatarUrl.isEmpty());
        QVERIFY(!memberOf({{"membership"_L1, "king"_L1}}));
    }

    void redactsWhatTheSpecificationSays()
    {
        const Event because = eventOf(envelope(event_type::redaction, {{"redacts"_L1, "$e"_L1}}));
        QCOMPARE(redactedBy(because), EventId(u"$e"_s));

        const Event gone = redacted(original().event, because);
        QVERIFY(gone.redacted);
        QVERIFY(gone.content().isEmpty());
        QVERIFY(readEvent(gone.raw)->redacted);

        const Event member = redacted(
            eventOf(envelope(event_type::member, {{"membership"_L1, "join"_L1}, {"displayname"_L1, "A"_L1}})),
            because);
        QCOMPARE(member.content(), (QJsonObject{{"membership"_L1, "join"_L1}}));
    }

    void prefersTheInnerRelationAndCopiesTheOuterOne()
    {
        RoomEvent plain = edit();
        QCOMPARE(encryptedForm(plain).content(), plain.content());

        RoomEvent crypted = encryptedForm(plain);
        crypted.clear->content = R"({"body":"x"})";
        QVERIFY(crypted.content().contains("m.relates_to"_L1));
    }

    void pagesLeaveOutWhatIsBroken()
    {
        const auto page = readEventPage(R"({"chunk":[7,{"type":"t"},)" + original().event.raw
                                        + R"(],"end":"e","start":5,"state":[[]]})");
        QVERIFY(page);
        QCOMPARE(page->chunk.size(), 1);
        QCOMPARE(page->dropped, 3);
        QCOMPARE(page->end, u"e"_s);
        QVERIFY(!readEventPage("[]") && !readEventPage(R"({"chunk":{}})") && !readEventPage(R"({"chunk":[)"));
    }

    void readsMegolmEnvelopes()
    {
        QJsonObject content{{"algorithm"_L1, "m.megolm.v1.aes-sha2"_L1},
                            {"session_id"_L1, "s"_L1},
                            {"ciphertext"_L1, "c"_L1}};
        QVERIFY(megolmEnvelopeOf(content));
        content["ciphertext"_L1] = QJsonObject();
        QVERIFY(!megolmEnvelopeOf(content));
    }
};

QTEST_GUILESS_MAIN(TstEvents)
#include "tst_events.moc"

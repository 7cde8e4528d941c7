// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/context_page.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

QByteArray textOf(const QByteArray &id, const QByteArray &more = {})
{
    return R"({"event_id":")" + id + R"(","type":"m.room.message","sender":"@b:x","origin_server_ts":1,)"
        + more + R"("content":{"body":"x"}})";
}

Result<ContextPage> read(const QByteArray &body)
{
    return readContextPage(body, RoomId(u"!r:x"_s), EventId(u"$5"_s));
}

QStringList ids(const ContextPage &page)
{
    QStringList out;
    for (const Event &one : page.events)
        out.append(one.id.toString());
    return out;
}

} // namespace

/// What a server says is around an event, and what is no answer.
class ContextPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsOldestFirst()
    {
        const auto page =
            read(R"({"start":"s","end":"e","event":)" + textOf("$5") + R"(,"events_before":[)" + textOf("$4")
                 + ',' + textOf("$3") + R"(],"events_after":[)" + textOf("$6") + R"(],"state":[]})");
        QVERIFY(page);
        QCOMPARE(ids(*page), (QStringList{u"$3"_s, u"$4"_s, u"$5"_s, u"$6"_s}));
        QCOMPARE(page->start, u"s"_s);
        QCOMPARE(page->end, u"e"_s);
    }

    void leavesOutWhatIsBrokenOrOfAnotherRoom()
    {
        const auto page =
            read(R"({"event":)" + textOf("$5", R"("room_id":"!r:x",)") + R"(,"events_before":[7,)"
                 + textOf("$4", R"("room_id":"!evil:x",)") + R"(,{"type":"t"}],"events_after":[)"
                 + textOf("$6", R"("room_id":5,)") + R"(],"start":5})");
        QVERIFY(page);
        QCOMPARE(ids(*page), QStringList{u"$5"_s});
        QVERIFY(page->start.isEmpty());
    }

    void refusesWhatIsNoAnswer_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("list") << QByteArray("[]");
        QTest::newRow("empty") << QByteArray("{}");
        QTest::newRow("another event") << QByteArray(R"({"event":)" + textOf("$6") + '}');
        QTest::newRow("another room")
            << QByteArray(R"({"event":)" + textOf("$5", R"("room_id":"!o:x",)") + '}');
        QTest::newRow("no list") << QByteArray(R"({"event":)" + textOf("$5") + R"(,"events_before":{}})");
        QTest::newRow("cut off") << QByteArray(R"({"event":)" + textOf("$5") + R"(,"events_after":[)");
        QByteArrayList many;
        for (int i = 0; i <= ContextPage::mostEvents; ++i)
            many.append(textOf('$' + QByteArray::number(100 + i)));
        QTest::newRow("too many") << QByteArray(R"({"event":)" + textOf("$5") + R"(,"events_after":[)"
                                                + many.join(',') + "]}");
    }
    void refusesWhatIsNoAnswer()
    {
        QFETCH(const QByteArray, body);
        const auto page = read(body);
        QVERIFY(!page);
        QCOMPARE(page.error().code, u"PARVIS_BAD_EVENTS"_s);
    }
};

QTEST_GUILESS_MAIN(ContextPageTest)
#include "tst_context_page.moc"

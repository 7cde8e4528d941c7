// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/read_receipts.h"

#include <QTest>

#include "api_world.h"

using namespace parvis;

/// How far the person has read.
class ReadReceiptsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<ApiWorld>();
        m_receipts = std::make_unique<ReadReceipts>(m_world->api, *m_world->cache, m_world->clock);
        RoomChanges changes{.id = m_world->room, .membership = MemberState::Join};
        for (const auto &[id, sender] : {std::pair{u"$1"_s, u"@anna:x"_s},
                                         {u"$2"_s, u"@anna:x"_s},
                                         {u"$3"_s, u"@me:x"_s},
                                         {u"$4"_s, u"@anna:x"_s}})
            changes.timeline.append(make::stored(make::message(id, sender, id)));
        m_world->write(changes);
    }

    void cleanup()
    {
        m_receipts.reset();
        m_world.reset();
    }

    void theCountHereChangesBeforeTheServerHears()
    {
        QVERIFY(m_receipts->markRead(m_world->room, EventId(u"$4"_s)));

        QCOMPARE(readUpTo(), u"$4"_s);
        QCOMPARE(told(), QStringList{u"$4"_s});
        QCOMPARE(m_world->http.open(), 1);
    }

    void neverGoesBackwards()
    {
        QVERIFY(m_receipts->markRead(m_world->room, EventId(u"$4"_s)));
        m_world->http.answer(200, "{}");

        QVERIFY(m_receipts->markRead(m_world->room, EventId(u"$1"_s)));
        QVERIFY(m_receipts->markRead(m_world->room, EventId(u"$4"_s)));

        QCOMPARE(readUpTo(), u"$4"_s);
        QCOMPARE(told(), QStringList{u"$4"_s});
    }

    void anOwnEventStandsForTheOneBeforeIt()
    {
        QVERIFY(m_receipts->markRead(m_world->room, EventId(u"$3"_s)));

        QCOMPARE(told(), QStringList{u"$2"_s});
    }

    void theNewestIsToldOfWhatIsReadWhileOneIsOnItsWay()
    {
        QVERIFY(m_receipts->markRead(m_world->room, EventId(u"$1"_s)));
        QVERIFY(m_receipts->markRead(m_world->room, EventId(u"$2"_s)));
        QVERIFY(m_receipts->markRead(m_world->room, EventId(u"$4"_s)));
        QCOMPARE(told(), QStringList{u"$1"_s});

        m_world->http.answer(200, "{}");

        QCOMPARE(told(), (QStringList{u"$1"_s, u"$4"_s}));
    }

    void aRefusalIsNotRepeatedForEver()
    {
        QVERIFY(m_receipts->markRead(m_world->room, EventId(u"$1"_s)));

        m_world->http.answer(403, R"({"errcode":"M_FORBIDDEN"})");

        QCOMPARE(told().size(), 1);
        QCOMPARE(m_world->http.open(), 0);
        QCOMPARE(readUpTo(), u"$1"_s);
    }

    void whatIsNotKnownCannotBeRead()
    {
        const auto read = m_receipts->markRead(m_world->room, EventId(u"$nothing"_s));

        QCOMPARE(read.error().code, u"PARVIS_NO_SUCH_EVENT"_s);
        QCOMPARE(read.error().kind, ErrorKind::NotFound);
        QVERIFY(m_world->http.sent.isEmpty());
        QVERIFY(readUpTo().isEmpty());
    }

    void allIsUpToTheNewest()
    {
        QVERIFY(m_receipts->markAllRead(m_world->room));

        QCOMPARE(told(), QStringList{u"$4"_s});
    }

    void anEmptyRoomIsRead()
    {
        QVERIFY(m_receipts->markAllRead(RoomId(u"!empty:x"_s)));

        QVERIFY(m_world->http.sent.isEmpty());
    }

private:
    [[nodiscard]] QString readUpTo() const
    {
        return (*m_world->cache->rooms().room(m_world->room))->readUpTo.toString();
    }
    /// Of which events the server heard.
    [[nodiscard]] QStringList told() const
    {
        QStringList events;
        for (const HttpRequest &request : m_world->http.sent)
            events += QString::fromUtf8(QByteArray::fromPercentEncoding(request.url)).section(u'/', -1);
        return events;
    }

    std::unique_ptr<ApiWorld> m_world;
    std::unique_ptr<ReadReceipts> m_receipts;
};

QTEST_GUILESS_MAIN(ReadReceiptsTest)
#include "tst_read_receipts.moc"

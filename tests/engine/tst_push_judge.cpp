// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/push_judge.h"
#include "fakes/event_maker.h"
#include "fakes/temporary_cache.h"

#include <QJsonArray>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// What is unread, and how much of it the push rules tell of, in the room's row.
class PushJudgeTest : public QObject
{
    Q_OBJECT

private:
    struct Counts {
        int unread = 0, notifications = 0, highlight = 0;
        bool operator==(const Counts &) const = default;
    };
    const RoomId m_room{u"!r:x"_s};
    std::unique_ptr<TemporaryCache> m_cache;
    std::unique_ptr<PushJudge> m_judge;

    void commit(const StateChanges &changes) { QVERIFY((*m_cache)->commit(changes)); }
    void live(const QList<Event> &events)
    {
        RoomChanges changes{.id = m_room, .membership = MemberState::Join};
        for (const Event &event : events)
            changes.timeline.append(make::stored(event));
        changes.joinedCount = 5;
        commit({.rooms = {changes}});
    }
    void rules(const QJsonObject &global)
    {
        commit({.accountData = {make::accountData(u"m.push_rules"_s, {{"global"_L1, global}})}});
    }
    [[nodiscard]] Counts counts() const
    {
        const auto room = (*m_cache)->rooms().room(m_room);
        return {(*room)->unread, (*room)->notifications, (*room)->highlight};
    }
    static Event message(const QString &id, const QString &body, const QJsonObject &more = {})
    {
        return make::message(id, u"@b:x"_s, body, more);
    }
    static QJsonObject mentioned(const QString &user)
    {
        return {{"m.mentions"_L1, QJsonObject{{"user_ids"_L1, QJsonArray{user}}}}};
    }

private Q_SLOTS:
    void init()
    {
        m_cache = std::make_unique<TemporaryCache>();
        m_judge = std::make_unique<PushJudge>(**m_cache);
        (*m_cache)->setJudge(m_judge.get());
    }
    void cleanup()
    {
        m_cache.reset();
        m_judge.reset();
    }

    void byTheRulesOfTheSpecification()
    {
        live({message(u"$1"_s, u"un"_s)});
        QCOMPARE(counts(), (Counts{1, 1, 0}));
        live({message(u"$2"_s, u"robot"_s, {{"msgtype"_L1, "m.notice"_L1}})});
        QCOMPARE(counts(), (Counts{2, 1, 0}));
        live({message(u"$3"_s, u"toi"_s, mentioned(u"@me:x"_s)),
              message(u"$4"_s, u"lui"_s, mentioned(u"@c:x"_s))});
        QCOMPARE(counts(), (Counts{4, 3, 1}));
    }

    void whatIsReadCountsNoMore()
    {
        live({message(u"$1"_s, u"un"_s), message(u"$2"_s, u"toi"_s, mentioned(u"@me:x"_s))});
        RoomChanges read{.id = m_room};
        read.receipts = {{UserId(u"@me:x"_s), EventId(u"$2"_s), u"m.read"_s, {}, 1}};
        commit({.rooms = {read}});
        QCOMPARE(counts(), Counts());
    }

    void rulesThatComeLaterHoldForWhatIsUnread()
    {
        live({message(u"$1"_s, u"un budget"_s), message(u"$2"_s, u"toi"_s, mentioned(u"@me:x"_s))});
        QCOMPARE(counts(), (Counts{2, 2, 1}));
        const QJsonObject mute{
            {"rule_id"_L1, "!r:x"_L1},
            {"actions"_L1, QJsonArray()},
            {"conditions"_L1,
             QJsonArray{QJsonObject{
                 {"kind"_L1, "event_match"_L1}, {"key"_L1, "room_id"_L1}, {"pattern"_L1, "!r:x"_L1}}}}};
        rules({{"override"_L1, QJsonArray{mute}}});
        QCOMPARE(counts(), (Counts{2, 0, 0}));
        const QJsonObject keyword{
            {"rule_id"_L1, "budget"_L1},
            {"pattern"_L1, "budget"_L1},
            {"actions"_L1, QJsonArray{"notify"_L1, QJsonObject{{"set_tweak"_L1, "highlight"_L1}}}}};
        rules({{"content"_L1, QJsonArray{keyword}}});
        QCOMPARE(counts(), (Counts{2, 1, 1}));
    }

    void rulesThatAreHereAlreadyHoldAfterARestart()
    {
        rules({{"override"_L1, QJsonArray()}});
        m_cache->reopen();
        m_judge = std::make_unique<PushJudge>(**m_cache);
        (*m_cache)->setJudge(m_judge.get());
        live({message(u"$1"_s, u"un"_s)});
        QCOMPARE(counts(), (Counts{1, 0, 0})); // the account has no rule at all
    }

    void anEncryptedMessageIsJudgedAgainWhenItIsReadable()
    {
        live({make::encrypted(u"$1"_s, u"@b:x"_s, u"S"_s)});
        QCOMPARE(counts(), (Counts{1, 1, 0}));
        ClearText clear = make::clearText(u"toi"_s);
        clear.content = QJsonDocument(QJsonObject{{"msgtype"_L1, "m.text"_L1},
                                                  {"body"_L1, "toi"_L1},
                                                  {"m.mentions"_L1, mentioned(u"@me:x"_s)["m.mentions"_L1]}})
                            .toJson();
        commit({.decryptions = {{m_room, EventId(u"$1"_s), clear}}});
        QCOMPARE(counts(), (Counts{1, 1, 1}));
    }

    void whomThePersonIgnoresSaysNothing()
    {
        const auto ignore = [this](const QJsonObject &users) {
            commit({.accountData = {
                        make::accountData(u"m.ignored_user_list"_s, {{"ignored_users"_L1, users}})}});
        };
        ignore({{"@b:x"_L1, QJsonObject()}});
        live({message(u"$1"_s, u"toi"_s, mentioned(u"@me:x"_s))});
        QCOMPARE(counts(), (Counts{0, 0, 0})); // nothing is there to be read
        ignore({});                            // what was said before too
        QCOMPARE(counts(), (Counts{1, 1, 1}));
        ignore({{"@b:x"_L1, QJsonObject()}});
        QCOMPARE(counts(), (Counts{0, 0, 0}));
        live({make::message(u"$2"_s, u"@c:x"_s, u"lu"_s)});
        QCOMPARE(counts(), (Counts{1, 1, 0}));
    }

    void twoInARoomAreToldOfEachMessage()
    {
        RoomChanges changes{.id = m_room, .membership = MemberState::Join};
        changes.joinedCount = 2;
        changes.timeline = {make::stored(message(u"$1"_s, u"un"_s))};
        commit({.rooms = {changes}});
        const QJsonObject onlyTwo{
            {"rule_id"_L1, "two"_L1},
            {"conditions"_L1,
             QJsonArray{QJsonObject{{"kind"_L1, "room_member_count"_L1}, {"is"_L1, "2"_L1}}}},
            {"actions"_L1, QJsonArray{"notify"_L1}}};
        rules({{"underride"_L1, QJsonArray{onlyTwo}}});
        QCOMPARE(counts(), (Counts{1, 1, 0}));
    }
};

QTEST_GUILESS_MAIN(PushJudgeTest)
#include "tst_push_judge.moc"

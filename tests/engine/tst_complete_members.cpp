// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/complete_members.h"

#include <QJsonArray>
#include <QTest>

#include "api_world.h"

using namespace parvis;
using crypto::RoomMembers;

/// Who is in a room, while people come and go.
class CompleteMembersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<ApiWorld>();
        m_members = std::make_unique<CompleteMembers>(m_world->api, *m_world->cache, *m_world->machine);
        m_world->encrypt();
        m_world->write({.id = m_world->room, .membership = MemberState::Join});
        m_world->member(u"@me:x"_s, u"join"_s);
        m_answers.clear();
    }

    void cleanup()
    {
        m_members.reset();
        m_world.reset();
    }

    void asksTheServerOnceForAllWhoAsk()
    {
        ask();
        ask();
        QCOMPARE(m_world->http.sent.size(), 1);
        QVERIFY(m_world->http.sent[0].url.contains("/members"));

        answer({{u"@me:x"_s, u"join"_s}, {u"@anna:x"_s, u"join"_s}, {u"@bruno:x"_s, u"invite"_s}});

        QCOMPARE(m_answers.size(), 2);
        QCOMPARE(joined(), (QStringList{u"@anna:x"_s, u"@me:x"_s}));
        QCOMPARE(m_answers[1]->invited, QList<UserId>{UserId(u"@bruno:x"_s)});
        ask(); // known now
        QCOMPARE(m_world->http.sent.size(), 1);
        QCOMPARE(m_answers.size(), 3);
    }

    void everybodysDevicesAreFollowed()
    {
        ask();

        answer({{u"@me:x"_s, u"join"_s}, {u"@anna:x"_s, u"join"_s}});

        QVERIFY(m_world->store.tables.users.contains(UserId(u"@anna:x"_s)));
    }

    void whoJoinsWhileTheQuestionIsOnItsWayIsIn()
    {
        ask();
        m_world->member(u"@carole:x"_s, u"join"_s);

        answer({{u"@me:x"_s, u"join"_s}, {u"@anna:x"_s, u"join"_s}}); // as it was before

        QCOMPARE(joined(), (QStringList{u"@anna:x"_s, u"@carole:x"_s, u"@me:x"_s}));
    }

    void whoLeavesWhileTheQuestionIsOnItsWayIsOut()
    {
        m_world->member(u"@anna:x"_s, u"join"_s);
        ask();
        m_world->member(u"@anna:x"_s, u"leave"_s);
        m_world->member(u"@bruno:x"_s, u"ban"_s);

        answer({{u"@me:x"_s, u"join"_s}, {u"@anna:x"_s, u"join"_s}, {u"@bruno:x"_s, u"join"_s}});

        QCOMPARE(joined(), QStringList{u"@me:x"_s});
    }

    void whoComesAndGoesMeanwhileIsOut()
    {
        ask();
        m_world->member(u"@anna:x"_s, u"join"_s);
        m_world->member(u"@anna:x"_s, u"leave"_s);

        answer({{u"@me:x"_s, u"join"_s}, {u"@anna:x"_s, u"join"_s}});

        QCOMPARE(joined(), QStringList{u"@me:x"_s});
    }

    void afterAGapTheAnswerIsWorthNothing()
    {
        ask();
        m_world->write({.id = m_world->room, .membersComplete = false, .limited = true, .prevBatch = u"t"_s});

        answer({{u"@me:x"_s, u"join"_s}, {u"@gone:x"_s, u"join"_s}});
        QVERIFY(m_answers.isEmpty());
        QCOMPARE(m_world->http.sent.size(), 2);
        answer({{u"@me:x"_s, u"join"_s}, {u"@anna:x"_s, u"join"_s}});

        QCOMPARE(joined(), (QStringList{u"@anna:x"_s, u"@me:x"_s}));
    }

    void aConnectionThatBreaksIsTriedAgain()
    {
        ask();
        m_world->http.answer(fail(ErrorKind::Network, u"PARVIS_CONNECTION_LOST"_s));
        QVERIFY(m_answers.isEmpty());
        m_world->delay.fire();
        answer({{u"@me:x"_s, u"join"_s}});

        QCOMPARE(joined(), QStringList{u"@me:x"_s});
    }

    void aFailureThatStaysIsToldAndTheNextOneAsksAgain()
    {
        ask();
        for (int tries = 0; tries < 3; ++tries) {
            QVERIFY(m_answers.isEmpty());
            m_world->http.answer(500, "{}");
            m_world->delay.fire();
        }
        QCOMPARE(m_answers.size(), 1);
        QCOMPARE(m_answers[0].error().kind, ErrorKind::Server);

        ask();
        answer({{u"@me:x"_s, u"join"_s}});

        QVERIFY(m_answers[1]);
    }

    void aRoomThatIsNotThereHasNoMembers()
    {
        const auto none = await(m_members->completeMembers(RoomId(u"!none:x"_s)));

        QCOMPARE(none.error().code, u"PARVIS_NO_SUCH_ROOM"_s);
    }

private:
    void ask()
    {
        m_members->completeMembers(m_world->room).then(m_members.get(), [this](Result<RoomMembers> answer) {
            m_answers += std::move(answer);
        });
    }
    void answer(const QList<QPair<QString, QString>> &members)
    {
        QJsonArray chunk;
        for (const auto &[user, membership] : members) {
            QJsonObject event =
                make::envelope(u"$"_s + user, user, u"m.room.member"_s, {{"membership"_L1, membership}});
            event["state_key"_L1] = user;
            chunk.append(event);
        }
        m_world->http.answer(200, QJsonDocument(QJsonObject{{"chunk"_L1, chunk}}).toJson());
    }
    [[nodiscard]] QStringList joined() const
    {
        QStringList names;
        if (m_answers.isEmpty() || !m_answers.constLast())
            return names;
        for (const UserId &user : m_answers.constLast()->joined)
            names += user.toString();
        names.sort();
        return names;
    }

    std::unique_ptr<ApiWorld> m_world;
    std::unique_ptr<CompleteMembers> m_members;
    QList<Result<RoomMembers>> m_answers;
};

QTEST_GUILESS_MAIN(CompleteMembersTest)
#include "tst_complete_members.moc"

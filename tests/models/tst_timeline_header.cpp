// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// What stands under the name of a conversation.
class TimelineHeaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aConversationOfTwoSaysWhoItIsWith()
    {
        const auto shown = [](bool direct, std::optional<PersonIdentity> person, int members = 2) {
            RoomHeader header;
            header.direct = direct;
            header.encrypted = true;
            header.memberCount = members;
            header.topic = u"Le sujet"_s;
            header.person = person;
            FakeTimelinePort port;
            FakeMediaPort media;
            TimelineModel model(port, media);
            port.conversation(RoomId(u"!r:x"_s)).header.set(header);
            model.open(RoomId(u"!r:x"_s));
            return std::pair(model.person(), model.subtitle());
        };
        using Model = TimelineModel;

        QCOMPARE(shown(true, PersonIdentity{.known = true, .verified = true}),
                 std::pair(Model::PersonVerified, u"Identity verified · Le sujet"_s));
        QCOMPARE(shown(true, PersonIdentity()),
                 std::pair(Model::PersonNotVerified, u"Identity not verified · Le sujet"_s));
        QCOMPARE(shown(true, PersonIdentity{.known = true, .changed = true}),
                 std::pair(Model::PersonChanged, u"Identity changed · Le sujet"_s));
        QCOMPARE(shown(true, PersonIdentity{.known = true, .verified = true, .violated = true}),
                 std::pair(Model::PersonChanged, u"Identity no longer verified · Le sujet"_s));
        QCOMPARE(shown(true, {}), std::pair(Model::NoPerson, u"Le sujet"_s));
        QCOMPARE(shown(true, {}, 3), std::pair(Model::NoPerson, u"3 member(s) · Le sujet"_s));
        QCOMPARE(shown(false, {}), std::pair(Model::NoPerson, u"2 member(s) · Le sujet"_s));
    }
};

QTEST_MAIN(TimelineHeaderTest)
#include "tst_timeline_header.moc"

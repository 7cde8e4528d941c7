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
        const auto shown = [](bool direct, bool encrypted, PersonIdentity person) {
            RoomHeader header;
            header.direct = direct;
            header.encrypted = encrypted;
            header.memberCount = 2;
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

        QCOMPARE(shown(true, true, {.known = true, .verified = true}),
                 std::pair(Model::PersonVerified, u"Identity verified · Le sujet"_s));
        QCOMPARE(shown(true, true, {}),
                 std::pair(Model::PersonNotVerified, u"Identity not verified · Le sujet"_s));
        QCOMPARE(shown(true, true, {.known = true, .changed = true}),
                 std::pair(Model::PersonChanged, u"Identity changed · Le sujet"_s));
        QCOMPARE(shown(true, true, {.known = true, .verified = true, .violated = true}),
                 std::pair(Model::PersonChanged, u"Identity no longer verified · Le sujet"_s));
        QCOMPARE(shown(true, false, {.known = true, .verified = true}),
                 std::pair(Model::NoPerson, u"Le sujet"_s));
        QCOMPARE(shown(false, true, {}), std::pair(Model::NoPerson, u"2 member(s) · Le sujet"_s));
    }
};

QTEST_MAIN(TimelineHeaderTest)
#include "tst_timeline_header.moc"

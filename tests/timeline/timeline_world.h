// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "fakes/await.h"
#include "fakes/event_maker.h"
#include "fakes/fake_history.h"
#include "fakes/fake_sync.h"
#include "fakes/temporary_cache.h"
#include "timeline/room_timeline.h"

#include <QTest>

namespace parvis::timeline {

using namespace Qt::StringLiterals;

inline const RoomId room(u"!r:x"_s);

/// One room's timeline over a real cache; the test is the server.
struct World {
    TemporaryCache cache;
    FakeSyncCrypto crypto;
    FakeHistory history;
    RoomTimeline timeline{*cache, crypto, history, room};

    World() { Q_ASSERT(timeline.open()); }
    void live(const QList<Event> &events, const QList<Event> &state = {}, const QString &gap = {})
    {
        RoomChanges changes{.id = room, .membership = MemberState::Join};
        for (const Event &event : events)
            changes.timeline.append(make::stored(event));
        changes.state = state;
        changes.limited = !gap.isEmpty();
        changes.prevBatch = gap;
        QVERIFY(cache->commit({.rooms = {changes}}));
    }
    [[nodiscard]] const Item &at(qsizetype i) { return timeline.items().at(i); }
    [[nodiscard]] QStringList bodies()
    {
        QStringList out;
        for (const Item &item : timeline.items().items())
            out.append(item.body());
        return out;
    }
};

} // namespace parvis::timeline

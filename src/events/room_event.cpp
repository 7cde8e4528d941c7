// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/room_event.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis {

QJsonObject RoomEvent::content() const
{
    if (!clear)
        return event.content();
    QJsonObject inner = QJsonDocument::fromJson(clear->content).object();
    if (!inner.contains("m.relates_to"_L1)) {
        const QJsonValue outer = event.content()["m.relates_to"_L1];
        if (outer.isObject())
            inner["m.relates_to"_L1] = outer;
    }
    return inner;
}

} // namespace parvis

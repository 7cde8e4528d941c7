// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"
#include "base/ids.h"

#include <QJsonObject>
#include <QList>

namespace parvis::api {

/// What a server says of a room that one may not be in. Texts are as they came, but bounded by what one
/// answer may be.
struct RoomSummaryChunk {
    RoomId roomId;
    QString name;
    QString topic;
    QString alias;
    QString avatar;
    QString roomType;
    QString joinRule;
    qint64 members = -1; ///< -1: not said
    bool worldReadable = false;
    QList<QJsonObject> childrenState; ///< stripped m.space.child events, with their time

    bool operator==(const RoomSummaryChunk &) const = default;
};

/// A page of rooms. An entry that breaks the specification is left out, and the others stay.
struct RoomSummaryPage {
    QList<RoomSummaryChunk> rooms;
    QString next;      ///< empty: this was the last page
    qint64 total = -1; ///< an estimate; -1: not said

    bool operator==(const RoomSummaryPage &) const = default;
};

/// GET /_matrix/client/v1/rooms/{roomId}/hierarchy: the space itself, then what is in it.
struct SpaceHierarchy {
    using Response = RoomSummaryPage;

    RoomId roomId;
    bool suggestedOnly = false;
    int limit = 50; ///< rooms a page
    int maxDepth = 1;
    QString from = {};

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/publicRooms
struct PublicRooms {
    using Response = RoomSummaryPage;

    QString server = {}; ///< empty: the own one
    QString text = {};
    QString since = {};
    int limit = 50;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/rooms/{roomId}/upgrade. Not idempotent: a lost answer may have made a room.
struct UpgradeRoom {
    using Response = RoomId;

    RoomId roomId;
    QString newVersion;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api

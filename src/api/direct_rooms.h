// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "base/ids.h"

#include <QJsonObject>

namespace parvis::api {

/// The content of m.direct with @p room among the rooms of @p user. What is there already is kept, also what
/// we do not understand.
[[nodiscard]] QJsonObject withDirectRoom(QJsonObject content, const UserId &user, const RoomId &room);
/// The content without @p room, whoever it is with.
[[nodiscard]] QJsonObject withoutDirectRoom(QJsonObject content, const RoomId &room);

/// Reads m.direct afresh, adds the room, writes it: another client may have written in between.
[[nodiscard]] Task<void> markDirect(ApiClient &client, const UserId &self, const UserId &user,
                                    const RoomId &room);

} // namespace parvis::api

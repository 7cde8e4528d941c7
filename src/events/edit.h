// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/room_event.h"

#include <QList>

namespace parvis {

/// What is wrong with an edit; only Valid may ever change what somebody sees.
enum class EditVerdict {
    Valid,
    NotAnEdit,            ///< no m.replace that points to the original
    OtherSender,          ///< somebody else's message
    OtherType,            ///< also while one of the two cannot be read yet
    StateEvent,           ///< one of them is a state event
    EditOfEdit,           ///< the original replaces something itself
    NoNewContent,         ///< m.new_content is no object
    ClearEditOfEncrypted, ///< the server, or anyone with it, could have written that
    Redacted,             ///< one of them was taken back
};

/// The one rule for edits: timeline, previews, notifications, search and exports all ask here. Ask again when
/// one of the two arrives or is decrypted later.
[[nodiscard]] EditVerdict checkEdit(const RoomEvent &original, const RoomEvent &edit);

/// Of two valid edits of one event: the later time counts, then the larger id.
[[nodiscard]] bool isNewerEdit(const Event &candidate, const Event &current);

/// The one of @p edits that counts for @p original; nothing where none is valid.
[[nodiscard]] std::optional<RoomEvent> newestEdit(const RoomEvent &original, const QList<RoomEvent> &edits);

/// What the original says after a valid @p edit; the original's relation stays.
[[nodiscard]] QJsonObject editedContent(const RoomEvent &original, const RoomEvent &edit);

} // namespace parvis

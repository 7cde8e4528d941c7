// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace parvis {

/// The content of an m.room.message event from text as a person typed it: Markdown becomes formatted_body,
/// "/me " an emote, "//" a slash. PARVIS_EMPTY_MESSAGE where there is nothing to say,
/// PARVIS_MESSAGE_TOO_LARGE above what fits into an event once encrypted.
[[nodiscard]] Result<QByteArray> composeMessage(const QString &text);

/// The same as a replacement of @p original (specification, "Event replacements").
[[nodiscard]] Result<QByteArray> composeEdit(const EventId &original, const QString &text);

} // namespace parvis

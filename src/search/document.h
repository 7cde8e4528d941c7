// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "search/stemmer.h"
#include "store/cache/search_store.h"

namespace parvis::search {

/// What a message says, as one text, and what it has beside it.
struct MessageText {
    QString text;
    int has = 0; ///< SearchHas

    bool operator==(const MessageText &) const = default;
};

/// Of a message, a sticker or a poll; nothing of what cannot be read, was taken back, or says nothing. @p
/// edit: the valid one that counts, or null.
[[nodiscard]] MessageText textOf(const RoomEvent &event, const RoomEvent *edit);

/// The valid edit that counts, among what refers to @p original; null: none does.
[[nodiscard]] const RoomEvent *countingEdit(const RoomEvent &original, const QList<RoomEvent> &edits);

/// What the index takes of @p what. @p nowMs: an event from the future is put here.
[[nodiscard]] SearchDocument documentOf(const SearchPending &what, const RoomEvent *edit, qint64 nowMs,
                                        Stemmer &stemmer);

} // namespace parvis::search

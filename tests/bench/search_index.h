// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

#include "numbers.h"

namespace parvis::bench {

/// One kind of question, asked of the index and of a bare FTS5 table over the same words, with the same rows
/// fetched.
struct SearchQuestion {
    QString what;
    Times index;
    Times floor;
    bool same = false; ///< both found the same messages
};

/// The index over a cache of so many messages, against bare FTS5 in SQLCipher that is given the same words
/// and stems, in an order that suits it.
struct SearchIndex {
    Times indexing;
    Times indexingFloor;
    qint64 bytes = 0; ///< of the index
    qint64 floorBytes = 0;
    QList<SearchQuestion> questions;
    bool good = false;
};

[[nodiscard]] SearchIndex measureSearchIndex(int messages, int rounds);

} // namespace parvis::bench

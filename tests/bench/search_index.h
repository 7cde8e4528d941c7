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
    Times wordsAlone;  ///< asked of a table without stems, for the word as it was typed
    bool same = false; ///< the index and the floor found the same messages
    qsizetype found = 0;
};

/// The index over a cache of so many messages, against bare FTS5 in SQLCipher that is given the same words
/// and stems, in an order that suits it. Processor time.
struct SearchIndex {
    Times indexing;
    Times indexingFloor;
    Times indexingWordsAlone; ///< of a floor without stems
    qint64 bytes = 0;         ///< of the full-text table
    qint64 entryBytes = 0;    ///< of the table of what is in it, with its indices
    qint64 floorBytes = 0;
    QList<SearchQuestion> questions;
    bool good = false;
};

[[nodiscard]] SearchIndex measureSearchIndex(int messages, int rounds);

} // namespace parvis::bench

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "fakes/temporary_cache.h"
#include "search/query.h"
#include "store/cache/search_store.h"

#include <QSet>

namespace parvis::bench {

/// Messages and full-text tables over them in an encrypted file, and nothing else: the least that an index
/// can cost. The product's tokenizer settings and prefix index; rows come in the order of their time.
class BareSearch
{
public:
    enum Table {
        WithStems, ///< the product's words and stems, asked as the product asks
        WordsAlone ///< no other form of a word is found
    };

    struct Message {
        int number = 0; ///< from 1 on
        int room = 0, sender = 0;
        qint64 ts = 0;
        int has = 0; ///< SearchHas
        QString eventId;
        QByteArray raw;
    };

    [[nodiscard]] Result<void> create();
    [[nodiscard]] Result<void> add(const QList<Message> &messages);
    [[nodiscard]] Result<QList<std::pair<qint64, QByteArray>>> rawFrom(int number, int count);
    /// One transaction. Answers the milliseconds of processor time that it took.
    [[nodiscard]] Result<double> index(const QList<SearchDocument> &documents, Table table);

    /// The ids of the newest matches; room and sender are given by their numbers.
    struct Question {
        QByteArray match = {};
        std::optional<int> room = {}, sender = {};
        int has = 0;
        std::optional<qint64> from = {}, until = {};
        int limit = 20;
    };
    [[nodiscard]] QSet<QString> ask(const Question &question, Table table);
    /// A connection of its own for questions, as the product has one; after it is indexed.
    [[nodiscard]] Result<void> openReader();
    /// What @p query asks of the words alone.
    [[nodiscard]] static QByteArray plainMatch(const search::Query &query);

    /// Pages of the index, which is gone then.
    [[nodiscard]] qint64 takeAway(Table table);

private:
    TemporaryCache m_file; ///< only its file is used
    Database &m_database = m_file.database();
    std::unique_ptr<Database> m_reader;
};

/// A second, read-only connection to @p database, with a page cache like that of the product's searches.
[[nodiscard]] Result<std::unique_ptr<Database>> searchConnection(const Database &database);
/// The bytes of the pages that dropping @p tables sets free.
[[nodiscard]] qint64 dropTables(Database &database, const QList<QByteArray> &tables);

} // namespace parvis::bench

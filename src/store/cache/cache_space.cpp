// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/cache_space.h"

#include "base/log.h"
#include "store/cache/try_p.h"

namespace parvis {

namespace {

constexpr int incremental = 2; // of PRAGMA auto_vacuum

Result<qint64> pragmaValue(Database &database, QByteArrayView pragma)
{
    return database.one(pragma, [](const Statement &s) { return s.get<qint64>(0); })
        .map([](std::optional<qint64> value) { return value.value_or(0); });
}

} // namespace

Result<CacheSpace::Pages> CacheSpace::pages() const
{
    const auto all = pragmaValue(m_database, "PRAGMA page_count");
    const auto free = pragmaValue(m_database, "PRAGMA freelist_count");
    const auto bytes = pragmaValue(m_database, "PRAGMA page_size");
    if (!all || !free || !bytes)
        return tl::unexpected(!all ? all.error() : !free ? free.error() : bytes.error());
    return Pages{*all, *free, *bytes};
}

Result<bool> CacheSpace::canShrink() const
{
    return pragmaValue(m_database, "PRAGMA auto_vacuum").map([](qint64 mode) { return mode == incremental; });
}

Result<bool> CacheSpace::giveBack(int most)
{
    PARVIS_TRY(m_database.script("PRAGMA incremental_vacuum(" + QByteArray::number(most) + ')'));
    return pragmaValue(m_database, "PRAGMA freelist_count").map([](qint64 left) { return left > 0; });
}

Result<void> CacheSpace::emptyLog()
{
    const auto timeout = pragmaValue(m_database, "PRAGMA busy_timeout");
    if (!timeout)
        return tl::unexpected(timeout.error());
    PARVIS_TRY(m_database.script("PRAGMA busy_timeout = 0"));
    const auto written = m_database.script("PRAGMA wal_checkpoint(TRUNCATE)");
    PARVIS_TRY(m_database.script("PRAGMA busy_timeout = " + QByteArray::number(*timeout)));
    return written;
}

Result<void> CacheSpace::makeShrinkable(Database &database, qint64 mostBytes)
{
    const auto shrinks = CacheSpace(database).canShrink();
    if (!shrinks)
        return tl::unexpected(shrinks.error());
    if (*shrinks || database.bytesOnDisk() > mostBytes)
        return {};
    qCInfo(log::store) << "the cache is written anew, so that it can become smaller";
    return database.script("PRAGMA auto_vacuum = INCREMENTAL; VACUUM");
}

} // namespace parvis

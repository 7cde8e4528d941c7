// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/migrations.h"

#include "base/log.h"
#include "store/transaction.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

Result<int> versionOf(Database &database)
{
    const auto version =
        database.one("PRAGMA user_version", [](const Statement &row) { return row.get<int>(0); });
    if (!version)
        return tl::unexpected(version.error());
    return version->value_or(0);
}

Result<void> apply(Database &database, const Migration &step)
{
    return transact(database, [&]() -> Result<void> {
        if (auto done = database.script(step.sql); !done)
            return done;
        return database.script("PRAGMA user_version = "
                               + QByteArray::number(step.version)); // takes no parameter
    });
}

} // namespace

Result<void> migrate(Database &database, std::span<const Migration> steps,
                     const std::function<Result<void>(int version)> &beforeChange)
{
    const Result<int> version = versionOf(database);
    if (!version)
        return tl::unexpected(version.error());
    if (*version > (steps.empty() ? 0 : steps.back().version))
        return fail(ErrorKind::Storage, u"PARVIS_STORE_NEWER"_s, u"schema "_s + QString::number(*version));
    const bool changes = *version > 0 && *version < steps.back().version;
    if (auto ready = changes && beforeChange ? beforeChange(*version) : Result<void>(); !ready)
        return ready;
    const QString name = QFileInfo(database.path()).baseName(); // of the place nothing goes to the log
    for (const Migration &step : steps) {
        if (step.version <= *version)
            continue;
        qCDebug(log::store).noquote() << name << "schema" << step.version - 1 << "becomes" << step.version;
        if (auto done = apply(database, step); !done)
            return done;
        qCDebug(log::store).noquote() << name << "schema is" << step.version;
    }
    return {};
}

} // namespace parvis

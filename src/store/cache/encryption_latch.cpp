// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/ids.h"
#include "store/cache/encryption_latch_p.h"
#include "store/cache/try_p.h"

using namespace Qt::StringLiterals;

namespace parvis {

Result<void> latchEncryption(Database &database, qint64 row, const QString &algorithm)
{
    return database.run("UPDATE rooms SET encryption = ? WHERE id = ? AND encryption = ''", algorithm, row);
}

Result<void> latchEncryption(Database &database, qint64 row, const Event &event)
{
    PARVIS_TRY(database.run("UPDATE rooms SET encryption_event = ? WHERE id = ? AND encryption_event = ''",
                            event.id, row));
    PARVIS_TRY(database.run("UPDATE rooms SET encrypted_ms = ?1 WHERE id = ?2 AND ?1 > 0 AND "
                            "(encrypted_ms = 0 OR encrypted_ms > ?1)",
                            event.originServerTs, row));
    const QString algorithm = event.content()["algorithm"_L1].toString().left(maxIdLength);
    return latchEncryption(database, row, algorithm.isEmpty() ? u"unknown"_s : algorithm);
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "sync/sync_reader.h"

#include <cstdint>

using namespace parvis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body(reinterpret_cast<const char *>(data), qsizetype(size));
    (void)readSync(body, SyncDialect::Sliding);
    (void)readSync(body, SyncDialect::Classic);
    return 0;
}

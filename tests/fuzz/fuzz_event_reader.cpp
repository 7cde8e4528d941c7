// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/event_reader.h"
#include "events/room_event.h"

#include <cstdint>

using namespace parvis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    (void)readEvent(QByteArrayView(data, qsizetype(size)));
    return 0;
}

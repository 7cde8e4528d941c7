// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "policy/policy_reader.h"

#include <cstdint>

using namespace parvis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    (void)policy::toJson(policy::readPolicy(QByteArrayView(data, qsizetype(size))));
    return 0;
}

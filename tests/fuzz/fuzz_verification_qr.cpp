// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/verification_qr.h"

#include "fuzz_target.h"

using namespace parvis;
using namespace parvis::crypto;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes = fuzz::bytes(data, size);
    const auto code = VerificationQr::parse(bytes);
    if (!code)
        return 0;
    fuzz::require(code->secret.size() >= VerificationQr::minSecret, "a secret is long");
    const auto again = code->toBytes();
    fuzz::require(again && *again == bytes, "a code comes out as it went in");
    return 0;
}

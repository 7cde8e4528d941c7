// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"

#include "fuzz_target.h"

using namespace parvis;

/// Both ways, against Qt's own.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input = fuzz::bytes(data, size);
    const QByteArray text = toBase64(input);
    fuzz::require(text == input.toBase64(QByteArray::OmitTrailingEquals), "our base64 is Qt's");
    fuzz::require(fromBase64(text) == input, "what is encoded is decoded");

    const auto bytes = fromBase64(input);
    const auto secret = secretFromBase64(input);
    fuzz::require(bytes.has_value() == secret.has_value(), "secrets have the same alphabet");
    (void)fromBase64Url(input);
    if (!bytes)
        return 0;
    fuzz::require(secret->equals(*bytes), "secrets have the same bytes");
    const auto theirs = QByteArray::fromBase64Encoding(input, QByteArray::AbortOnBase64DecodingErrors);
    fuzz::require(theirs && *theirs == *bytes, "what we take Qt takes");
    fuzz::require(fromBase64(toBase64(*bytes)) == *bytes, "one spelling for the same bytes");
    return 0;
}

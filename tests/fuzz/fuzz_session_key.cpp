// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "crypto/megolm_inbound.h"

#include "fuzz_target.h"

using namespace parvis;
using namespace parvis::crypto;

/// The bytes of a Megolm key, as it is sent or as it is exported: the version, which stands first, says
/// which.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes = fuzz::bytes(data, size);
    const QByteArray key = toBase64(bytes);
    const auto sent = MegolmInbound::fromSessionKey(key);
    const auto exported = MegolmInbound::fromExport(key);
    fuzz::require(!sent || !exported, "no key is of two kinds");
    (void)MegolmInbound::fromSessionKey(bytes);
    (void)MegolmInbound::fromExport(bytes);
    if (exported) {
        const auto again = exported->exportAt(exported->firstKnownIndex());
        fuzz::require(again && again->equals(key), "an export comes out as it went in");
    }
    if (sent) {
        const auto copy = sent->exportAt(sent->firstKnownIndex());
        fuzz::require(copy.has_value(), "what is sent can be exported");
        const auto other = MegolmInbound::fromExport(copy->view().toByteArray());
        fuzz::require(other && sent->compare(*other) == MegolmInbound::Comparison::Equal,
                      "an export is the same session");
    }
    return 0;
}

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/canonical_json.h"
#include "base/json_reader.h"

#include <QJsonDocument>

#include "fuzz_target.h"

using namespace parvis;

/// What has a canonical form is JSON for every other reader too, and its canonical form is its own.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text = fuzz::bytes(data, size);
    const auto canonical = canonicalJson(text);
    const auto without = canonicalJsonWithout(text, {"signatures", "unsigned"});
    if (!canonical) {
        fuzz::require(!without, "what has no canonical form has none without some members");
        return 0;
    }
    fuzz::require(canonicalJson(*canonical) == *canonical, "the canonical form is its own");
    const auto document = JsonDocument::parse(text);
    fuzz::require(document.has_value(), "what has a canonical form is JSON");
    fuzz::require(without.has_value() == document->root().isObject(), "members are left out of objects only");
    if (without) {
        fuzz::require(canonicalJson(*without) == *without, "the form without members is canonical");
        const auto object = QJsonDocument::fromJson(*without).object();
        fuzz::require(!object.contains(QLatin1String("signatures")), "left out is left out");
    }
    return 0;
}

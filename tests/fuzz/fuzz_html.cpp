// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "text/kept_html.h"

#include "fuzz_target.h"

using namespace parvis;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString html = QString::fromUtf8(fuzz::bytes(data, size));
    const QString wrong = test::wrongOf(html);
    fuzz::require(wrong.isEmpty(), qPrintable(wrong));
    (void)readableText(formattedPlain(html));
    return 0;
}

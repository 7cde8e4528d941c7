// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/plain_text.h"
#include "text/html.h"
#include "text/markdown.h"

#include "fuzz_target.h"

using namespace parvis;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString text = QString::fromUtf8(fuzz::bytes(data, size));
    const QString html = markdownToHtml(
        text, {{QStringLiteral("@Jean"), QStringLiteral("@jean:e.org")}, {text.left(3), text.left(9)}});
    // What is written as HTML is text: no tag of the writer's gets through, and no place but one to follow.
    fuzz::require(!html.contains(QLatin1String("<script"), Qt::CaseInsensitive), "no tag of the writer's");
    fuzz::require(!html.contains(QLatin1String("<img")), "no picture");
    for (const TextLink &link : readHtml(html).links)
        fuzz::require(!followable(link.url).isEmpty(), "a link that can be followed");
    fuzz::require(plainLine(text).toUcs4().size() <= 255, "a bounded line");
    (void)foldedForSearch(text);
    return 0;
}

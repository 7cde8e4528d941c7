// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/plain_text.h"
#include "text/markdown.h"

#include <QList>

#include <cstdint>
#include <cstdlib>

using namespace parvis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(QByteArrayView(data, qsizetype(size)));
    const QString html = markdownToHtml(text);
    // What is written as HTML is text: no tag of the writer's gets through.
    if (html.contains(QLatin1String("<script"), Qt::CaseInsensitive))
        std::abort();
    if (plainLine(text).toUcs4().size() > 255)
        std::abort();
    (void)foldedForSearch(text);
    return 0;
}

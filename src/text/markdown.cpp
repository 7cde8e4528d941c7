// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "text/markdown.h"

#include "text/html.h"
#include "text/markdown_tree_p.h"

#include <memory>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

struct FreeNode {
    void operator()(cmark_node *node) const { cmark_node_free(node); }
};

} // namespace

QString markdownToHtml(const QString &text, const QList<Mention> &mentions)
{
    const QByteArray utf8 = text.toUtf8();
    if (utf8.size() > HtmlLimits::longest)
        return {};
    const std::unique_ptr<cmark_node, FreeNode> document(
        cmark_parse_document(utf8.constData(), size_t(utf8.size()), CMARK_OPT_DEFAULT));
    if (!document || markdown::tame(document.get()) > HtmlLimits::deepest)
        return {};
    markdown::strike(document.get());
    markdown::linkMentions(document.get(), mentions);
    if (!markdown::isFormatted(document.get()))
        return {};
    char *rendered = cmark_render_html(document.get(), CMARK_OPT_HARDBREAKS);
    QString html = QString::fromUtf8(rendered).trimmed();
    cmark_get_default_mem_allocator()->free(rendered);
    // One paragraph alone is the message itself.
    if (html.startsWith("<p>"_L1) && html.endsWith("</p>"_L1) && html.indexOf("<p>"_L1, 3) < 0)
        html = html.mid(3, html.size() - 7);
    return html;
}

} // namespace parvis

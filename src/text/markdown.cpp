// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "text/markdown.h"

#include <cmark.h>
#include <memory>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

struct FreeNode {
    void operator()(cmark_node *node) const { cmark_node_free(node); }
};
struct FreeIterator {
    void operator()(cmark_iter *iterator) const { cmark_iter_free(iterator); }
};

/// Puts the HTML that somebody typed back as the text that it was typed as.
void makeText(cmark_node *html)
{
    cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(text, cmark_node_get_literal(html));
    if (cmark_node_get_type(html) == CMARK_NODE_HTML_INLINE) {
        cmark_node_replace(html, text);
    } else {
        cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
        cmark_node_append_child(paragraph, text);
        cmark_node_replace(html, paragraph);
    }
    cmark_node_free(html);
}

/// Answers whether there is anything that plain text does not show.
bool tame(cmark_node *document)
{
    bool formatted = false;
    const std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(document));
    for (auto event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iterator.get())) {
        if (event != CMARK_EVENT_ENTER)
            continue;
        cmark_node *node = cmark_iter_get_node(iterator.get());
        switch (cmark_node_get_type(node)) {
        case CMARK_NODE_HTML_INLINE:
        case CMARK_NODE_HTML_BLOCK:
            makeText(node); // leaves: the iterator is past them already
            break;
        case CMARK_NODE_DOCUMENT:
        case CMARK_NODE_PARAGRAPH:
        case CMARK_NODE_TEXT:
        case CMARK_NODE_SOFTBREAK:
        case CMARK_NODE_LINEBREAK:
            break;
        default:
            formatted = true;
        }
    }
    return formatted;
}

} // namespace

QString markdownToHtml(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    const std::unique_ptr<cmark_node, FreeNode> document(
        cmark_parse_document(utf8.constData(), size_t(utf8.size()), CMARK_OPT_DEFAULT));
    if (!document || !tame(document.get()))
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

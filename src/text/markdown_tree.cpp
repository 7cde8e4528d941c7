// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "text/links.h"
#include "text/markdown_tree_p.h"

#include <algorithm>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace parvis::markdown {

namespace {

struct FreeIterator {
    void operator()(cmark_iter *iterator) const { cmark_iter_free(iterator); }
};

constexpr qsizetype mostMentions = 100;

using Nodes = std::vector<cmark_node *>;

/// All nodes for which @p wanted says so, in their order: changing a tree and going over it do not mix.
template <typename Wanted>
Nodes nodesOf(cmark_node *document, Wanted wanted)
{
    Nodes found;
    const std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(document));
    for (auto event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iterator.get())) {
        cmark_node *node = cmark_iter_get_node(iterator.get());
        if (event == CMARK_EVENT_ENTER && wanted(cmark_node_get_type(node)))
            found.push_back(node);
    }
    return found;
}

bool isText(cmark_node_type type)
{
    return type == CMARK_NODE_TEXT;
}

cmark_node *textNode(const QByteArray &utf8)
{
    cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(text, utf8.constData());
    return text;
}

void remove(cmark_node *node)
{
    cmark_node_unlink(node);
    cmark_node_free(node);
}

void makeText(cmark_node *html)
{
    cmark_node *text = textNode(cmark_node_get_literal(html));
    if (cmark_node_get_type(html) == CMARK_NODE_HTML_INLINE) {
        cmark_node_replace(html, text);
    } else {
        cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
        cmark_node_append_child(paragraph, text);
        cmark_node_replace(html, paragraph);
    }
    cmark_node_free(html);
}

void moveChildren(cmark_node *from, cmark_node *to)
{
    while (cmark_node *child = cmark_node_first_child(from))
        cmark_node_append_child(to, child);
}

/// The link's or picture's content takes its place, between @p before and @p after.
void unwrap(cmark_node *node, const QByteArray &before, const QByteArray &after)
{
    if (!before.isEmpty())
        cmark_node_insert_before(node, textNode(before));
    while (cmark_node *child = cmark_node_first_child(node))
        cmark_node_insert_before(node, child);
    if (!after.isEmpty())
        cmark_node_insert_before(node, textNode(after));
    remove(node);
}

bool isInLink(cmark_node *node)
{
    for (cmark_node *around = cmark_node_parent(node); around; around = cmark_node_parent(around)) {
        if (cmark_node_get_type(around) == CMARK_NODE_LINK)
            return true;
    }
    return false;
}

void tameLink(cmark_node *node)
{
    const bool isPicture = cmark_node_get_type(node) == CMARK_NODE_IMAGE;
    const QByteArray url = cmark_node_get_url(node);
    if (followable(QString::fromUtf8(url)).isEmpty()) {
        unwrap(node, isPicture ? "![" : "[", "](" + url + ')');
    } else if (!isPicture) {
        cmark_node_set_title(node, ""); // readers drop it
    } else if (isInLink(node)) {
        unwrap(node, {}, {});
    } else {
        cmark_node *link = cmark_node_new(CMARK_NODE_LINK);
        cmark_node_set_url(link, url.constData());
        moveChildren(node, link);
        if (!cmark_node_first_child(link))
            cmark_node_append_child(link, textNode(url));
        cmark_node_replace(node, link);
        cmark_node_free(node);
    }
}

int depthOf(cmark_node *document)
{
    int depth = 0;
    int deepest = 0;
    const std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(document));
    for (auto event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iterator.get())) {
        const bool isLeaf = !cmark_node_first_child(cmark_iter_get_node(iterator.get()));
        if (event == CMARK_EVENT_ENTER && !isLeaf)
            deepest = std::max(deepest, ++depth);
        else if (event == CMARK_EVENT_EXIT && !isLeaf)
            --depth;
    }
    return deepest;
}

bool isBlankAt(const QByteArray &text, qsizetype at)
{
    return at >= 0 && at < text.size() && (text.at(at) == ' ' || text.at(at) == '\t');
}

/// Takes the text node apart at each "~~", which become nodes of their own.
Nodes markersOf(cmark_node *node)
{
    Nodes markers;
    const QByteArray text = cmark_node_get_literal(node);
    qsizetype done = 0;
    for (qsizetype at = text.indexOf("~~"); at >= 0; at = text.indexOf("~~", at)) {
        qsizetype end = at;
        while (end < text.size() && text.at(end) == '~')
            ++end;
        if (end - at == 2) {
            if (at > done)
                cmark_node_insert_before(node, textNode(text.mid(done, at - done)));
            cmark_node *marker = textNode("~~");
            cmark_node_insert_before(node, marker);
            markers.push_back(marker);
            done = end;
        }
        at = end;
    }
    if (markers.empty())
        return markers;
    if (done < text.size())
        cmark_node_insert_before(node, textNode(text.mid(done)));
    remove(node);
    return markers;
}

bool mayOpen(cmark_node *marker)
{
    cmark_node *next = cmark_node_next(marker);
    return next && (!isText(cmark_node_get_type(next)) || !isBlankAt(cmark_node_get_literal(next), 0));
}

bool mayClose(cmark_node *marker)
{
    cmark_node *last = cmark_node_previous(marker);
    const QByteArray text = last && isText(cmark_node_get_type(last)) ? cmark_node_get_literal(last) : "";
    return last && !isBlankAt(text, text.size() - 1);
}

void wrapStruck(cmark_node *from, cmark_node *to)
{
    cmark_node *struck = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
    cmark_node_set_on_enter(struck, "<del>");
    cmark_node_set_on_exit(struck, "</del>");
    cmark_node_insert_before(from, struck);
    while (cmark_node_next(from) != to)
        cmark_node_append_child(struck, cmark_node_next(from));
    remove(from);
    remove(to);
}

/// Finds names in a text, the longest where several begin. Looks at the text once for each name.
class MentionSearch
{
public:
    MentionSearch(const QString &text, const QList<Mention> &mentions) : m_text(text)
    {
        for (const Mention &mention : mentions) {
            if (!mention.shown.isEmpty())
                m_next.push_back({&mention, findFrom(mention.shown, 0)});
        }
    }

    /// The next one from @p from on, which never goes back; null: no more.
    const Mention *next(qsizetype from, qsizetype &at)
    {
        const Place *first = nullptr;
        for (Place &place : m_next) {
            if (place.at >= 0 && place.at < from)
                place.at = findFrom(place.mention->shown, from);
            const bool isFirst = !first || place.at < first->at
                || (place.at == first->at && place.mention->shown.size() > first->mention->shown.size());
            if (place.at >= 0 && isFirst)
                first = &place;
        }
        at = first ? first->at : -1;
        return first ? first->mention : nullptr;
    }

private:
    struct Place {
        const Mention *mention;
        qsizetype at; ///< -1: not there any more
    };

    [[nodiscard]] bool isWordAt(qsizetype at) const
    {
        return at >= 0 && at < m_text.size() && m_text.at(at).isLetterOrNumber();
    }

    [[nodiscard]] qsizetype findFrom(const QString &name, qsizetype from) const
    {
        auto found = m_text.indexOf(name, from);
        while (found >= 0 && (isWordAt(found - 1) || isWordAt(found + name.size())))
            found = m_text.indexOf(name, found + 1);
        return found;
    }

    const QString &m_text;
    std::vector<Place> m_next;
};

} // namespace

int tame(cmark_node *document)
{
    for (cmark_node *html : nodesOf(document, [](cmark_node_type type) {
             return type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_HTML_BLOCK;
         }))
        makeText(html);
    const int depth = depthOf(document); // before what goes up from each link
    if (depth > 1000)
        return depth;
    for (cmark_node *link : nodesOf(document, [](cmark_node_type type) {
             return type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE;
         }))
        tameLink(link);
    cmark_consolidate_text_nodes(document);
    return depthOf(document);
}

void strike(cmark_node *document)
{
    cmark_node *open = nullptr;
    for (cmark_node *text : nodesOf(document, isText)) {
        for (cmark_node *marker : markersOf(text)) {
            const bool ends = open && cmark_node_parent(open) == cmark_node_parent(marker) && mayClose(marker)
                && cmark_node_next(open) != marker;
            if (ends)
                wrapStruck(open, marker);
            open = ends ? nullptr : mayOpen(marker) ? marker : nullptr;
        }
    }
}

void linkMentions(cmark_node *document, const QList<Mention> &mentions)
{
    const auto known = mentions.mid(0, mostMentions);
    if (known.isEmpty())
        return;
    for (cmark_node *node : nodesOf(document, isText)) {
        if (isInLink(node))
            continue;
        const QString text = QString::fromUtf8(cmark_node_get_literal(node));
        qsizetype done = 0;
        qsizetype at = 0;
        MentionSearch search(text, known);
        while (const Mention *mention = search.next(done, at)) {
            if (at > done)
                cmark_node_insert_before(node, textNode(text.mid(done, at - done).toUtf8()));
            cmark_node *link = cmark_node_new(CMARK_NODE_LINK);
            cmark_node_set_url(link, matrixToLink(mention->id).toUtf8().constData());
            cmark_node_append_child(link, textNode(mention->shown.toUtf8()));
            cmark_node_insert_before(node, link);
            done = at + mention->shown.size();
        }
        if (done > 0)
            cmark_node_set_literal(node, text.mid(done).toUtf8().constData());
    }
}

bool isFormatted(cmark_node *document)
{
    return !nodesOf(document, [](cmark_node_type type) {
                switch (type) {
                case CMARK_NODE_DOCUMENT:
                case CMARK_NODE_PARAGRAPH:
                case CMARK_NODE_TEXT:
                case CMARK_NODE_SOFTBREAK:
                case CMARK_NODE_LINEBREAK:
                    return false;
                default:
                    return true;
                }
            }).empty();
}

} // namespace parvis::markdown

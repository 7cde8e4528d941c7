// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The only user of gumbo. Its tree is walked with a list of our own and never destroyed by it, because both
// would go as deep as a stranger nests; its memory comes from a pool that ends, because a few kilobytes of
// unclosed tags can ask for gigabytes.
#include "text/html.h"
#include "text/html_pieces_p.h"

#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <cstring>
#include <gumbo.h>
#include <memory>

namespace parvis::html {

namespace {

/// Memory that goes as a whole.
class Pool
{
public:
    static constexpr size_t chunk = 32 * 1024;

    std::jmp_buf exhausted; ///< where allocate() goes to when there is no more: gumbo checks no answer

    static void *allocate(void *self, size_t bytes) { return static_cast<Pool *>(self)->take(bytes); }
    static void release(void *, void *) {}

private:
    void *take(size_t bytes)
    {
        countAttributes(bytes);
        bytes = (bytes + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);
        if (bytes > m_left)
            grow(bytes);
        void *taken = m_next;
        m_next += bytes;
        m_left -= bytes;
        return taken;
    }

    /// The parser compares each name of a tag with all before it, and says how many there are by nothing but
    /// what it asks memory for.
    void countAttributes(size_t bytes)
    {
        if (bytes == sizeof(GumboNode))
            m_attributes = 0;
        else if (bytes == sizeof(GumboAttribute) && ++m_attributes > HtmlLimits::mostAttributes)
            std::longjmp(exhausted, 1); // NOLINT(cert-err52-cpp): as below
    }

    void grow(size_t bytes)
    {
        const size_t size = std::max(bytes, chunk);
        if (bytes > HtmlLimits::mostMemory || m_total + size > HtmlLimits::mostMemory)
            std::longjmp(exhausted, 1); // NOLINT(cert-err52-cpp): over C alone, which owns nothing
        m_total += size;
        m_left = size;
        m_chunks.push_back(std::make_unique_for_overwrite<char[]>(size)); // NOLINT(modernize-avoid-c-arrays)
        m_next = m_chunks.back().get();
    }

    std::vector<std::unique_ptr<char[]>> m_chunks; // NOLINT(modernize-avoid-c-arrays)
    char *m_next = nullptr;
    size_t m_left = 0;
    size_t m_total = 0;
    int m_attributes = 0; ///< since the last node
};

/// What a message is put behind: after a rule in the body, <frameset> cannot take the body's place. (The
/// parser's own way to read a part of a page knows no forms.)
constexpr char before[] = "<!DOCTYPE html><body><hr>"; // NOLINT(modernize-avoid-c-arrays)

const GumboNode *bodyOf(const GumboNode *html)
{
    const GumboVector &children = html->v.element.children;
    for (unsigned i = 0; i < children.length; ++i) {
        const auto *child = static_cast<const GumboNode *>(children.data[i]);
        if (child->type == GUMBO_NODE_ELEMENT && child->v.element.tag == GUMBO_TAG_BODY)
            return child;
    }
    return nullptr;
}

/// Null where the pool did not last. No object of ours lives between here and Pool::grow() that would have
/// to be destroyed.
const GumboNode *parse(Pool &pool, const char *text, size_t size)
{
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = Pool::allocate;
    options.deallocator = Pool::release;
    options.userdata = &pool;
    options.max_errors = 0;
    if (setjmp(pool.exhausted) != 0) // NOLINT(cert-err52-cpp): as above
        return nullptr;
    return gumbo_parse_with_options(&options, text, size)->root;
}

/// The name in small letters; the parser knows no mx-reply.
QByteArray nameOf(const GumboElement &element)
{
    if (element.tag != GUMBO_TAG_UNKNOWN)
        return gumbo_normalized_tagname(element.tag);
    GumboStringPiece original = element.original_tag;
    gumbo_tag_from_original_text(&original);
    return QByteArray(original.data, qsizetype(std::min<size_t>(original.length, 32))).toLower();
}

/// Goes through gumbo's tree without calling itself.
class Walk
{
public:
    Pieces run(const GumboNode *body)
    {
        m_open.push_back({&body->v.element.children, 1, false, Tag::Div}); // behind our own rule
        while (!m_open.empty()) {
            Level &level = m_open.back();
            if (level.next < level.children->length)
                visit(static_cast<const GumboNode *>(level.children->data[level.next++]));
            else
                leave();
        }
        endText();
        return std::move(m_pieces);
    }

private:
    struct Level {
        const GumboVector *children;
        unsigned next;
        bool kept;
        Tag tag;
    };

    void visit(const GumboNode *node)
    {
        switch (node->type) {
        case GUMBO_NODE_TEXT:
        case GUMBO_NODE_WHITESPACE:
            m_text += node->v.text.text;
            break;
        case GUMBO_NODE_ELEMENT:
            enter(node->v.element);
            break;
        case GUMBO_NODE_DOCUMENT:
        case GUMBO_NODE_CDATA:
        case GUMBO_NODE_COMMENT:
        case GUMBO_NODE_TEMPLATE:
            break;
        }
    }

    void enter(const GumboElement &element)
    {
        const Fate fate = element.tag_namespace == GUMBO_NAMESPACE_HTML ? fateOf(nameOf(element))
                                                                        : Fate{.kind = Fate::Kind::Drop};
        if (fate.kind == Fate::Kind::Drop)
            return;
        Attributes attributes = attributesOf(element, fate.tag);
        // A link that leads nowhere is no link.
        const bool isKept = fate.kind == Fate::Kind::Keep && (m_depth < HtmlLimits::deepest)
            && (fate.tag != Tag::A || !attributes.isEmpty());
        if (isKept) {
            endText();
            m_pieces.push_back(
                {.kind = Piece::Kind::Open, .tag = fate.tag, .attributes = std::move(attributes)});
        }
        if (isKept && isVoid(fate.tag))
            return;
        m_depth += isKept ? 1 : 0;
        m_open.push_back({&element.children, 0, isKept, fate.tag});
    }

    void leave()
    {
        const Level level = m_open.back();
        m_open.pop_back();
        if (!level.kept)
            return;
        endText();
        --m_depth;
        m_pieces.push_back({.kind = Piece::Kind::Close, .tag = level.tag});
    }

    static Attributes attributesOf(const GumboElement &element, Tag tag)
    {
        Attributes kept;
        for (unsigned i = 0; i < element.attributes.length; ++i) {
            const auto *given = static_cast<const GumboAttribute *>(element.attributes.data[i]);
            auto one = keptAttribute(tag, given->name, QString::fromUtf8(given->value));
            const bool isNew = one && std::none_of(kept.cbegin(), kept.cend(), [&one](const auto &other) {
                                   return other.first == one->first;
                               });
            if (isNew)
                kept.append(*std::move(one));
        }
        return kept;
    }

    /// What stood around a tag that went belongs together: its marks are counted as one text.
    void endText()
    {
        if (m_text.isEmpty())
            return;
        const QString text = cleanText(QString::fromUtf8(m_text));
        m_text.clear();
        if (!text.isEmpty())
            m_pieces.push_back({.kind = Piece::Kind::Text, .text = text});
    }

    Pieces m_pieces;
    std::vector<Level> m_open;
    QByteArray m_text;
    int m_depth = 0;
};

} // namespace

std::optional<Pieces> parsePieces(const QByteArray &utf8)
{
    if (utf8.size() > HtmlLimits::longest || utf8.count('<') > HtmlLimits::mostTags)
        return std::nullopt;
    Pool pool;
    const QByteArray page = before + utf8;
    const GumboNode *root = parse(pool, page.constData(), size_t(page.size()));
    const GumboNode *body = root ? bodyOf(root) : nullptr;
    return body ? std::optional(Walk().run(body)) : std::nullopt;
}

} // namespace parvis::html

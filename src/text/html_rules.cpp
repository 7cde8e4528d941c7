// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/plain_text.h"
#include "media/mxc.h"
#include "text/html_rules_p.h"
#include "text/links.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace parvis::html {

namespace {

constexpr int mostMarks = 5; ///< Tibetan and Hebrew need some; more is a drawing over the neighbours
constexpr qsizetype longestLine = 255; ///< of alternative texts and reasons
constexpr qsizetype longestMaths = 1000;

struct Name {
    QLatin1StringView name;
    Tag tag;
};

/// In the order of Tag.
constexpr std::array names{Name{"a"_L1, Tag::A},
                           Name{"b"_L1, Tag::B},
                           Name{"blockquote"_L1, Tag::Blockquote},
                           Name{"br"_L1, Tag::Br},
                           Name{"caption"_L1, Tag::Caption},
                           Name{"code"_L1, Tag::Code},
                           Name{"del"_L1, Tag::Del},
                           Name{"details"_L1, Tag::Details},
                           Name{"div"_L1, Tag::Div},
                           Name{"em"_L1, Tag::Em},
                           Name{"h1"_L1, Tag::H1},
                           Name{"h2"_L1, Tag::H2},
                           Name{"h3"_L1, Tag::H3},
                           Name{"h4"_L1, Tag::H4},
                           Name{"h5"_L1, Tag::H5},
                           Name{"h6"_L1, Tag::H6},
                           Name{"hr"_L1, Tag::Hr},
                           Name{"i"_L1, Tag::I},
                           Name{"img"_L1, Tag::Img},
                           Name{"li"_L1, Tag::Li},
                           Name{"ol"_L1, Tag::Ol},
                           Name{"p"_L1, Tag::P},
                           Name{"pre"_L1, Tag::Pre},
                           Name{"s"_L1, Tag::S},
                           Name{"span"_L1, Tag::Span},
                           Name{"strong"_L1, Tag::Strong},
                           Name{"sub"_L1, Tag::Sub},
                           Name{"summary"_L1, Tag::Summary},
                           Name{"sup"_L1, Tag::Sup},
                           Name{"table"_L1, Tag::Table},
                           Name{"tbody"_L1, Tag::Tbody},
                           Name{"td"_L1, Tag::Td},
                           Name{"th"_L1, Tag::Th},
                           Name{"thead"_L1, Tag::Thead},
                           Name{"tr"_L1, Tag::Tr},
                           Name{"u"_L1, Tag::U},
                           Name{"ul"_L1, Tag::Ul}};
static_assert(names.size() == size_t(Tag::Ul) + 1);

QHash<QByteArray, Fate> allFates()
{
    QHash<QByteArray, Fate> all;
    for (const Name &known : names)
        all.insert(QByteArray(known.name.data(), known.name.size()), {Fate::Kind::Keep, known.tag});
    all.insert("font", {Fate::Kind::Keep, Tag::Span});
    all.insert("strike", {Fate::Kind::Keep, Tag::Del});
    // Not on the list, but they stand on lines of their own: without any the words would run together.
    for (const char *block : {"address", "article", "aside", "center", "dd", "dl", "dt", "figcaption",
                              "figure", "footer", "header", "main", "nav", "section", "tfoot"})
        all.insert(block, {Fate::Kind::Keep, Tag::Div});
    all["tfoot"].tag = Tag::Tbody;
    // What is in them is no text of the message.
    for (const char *gone :
         {"applet",   "audio",    "button",   "canvas",    "embed",    "frame",   "frameset",
          "head",     "iframe",   "input",    "math",      "mx-reply", "noembed", "noframes",
          "noscript", "object",   "option",   "plaintext", "script",   "select",  "style",
          "svg",      "template", "textarea", "title",     "video",    "xmp"})
        all.insert(gone, {Fate::Kind::Drop, Tag::Div});
    return all;
}

std::optional<QString> colourIn(const QString &value)
{
    static const QRegularExpression grammar(u"\\A#[0-9A-Fa-f]{6}\\z"_s);
    return grammar.match(value).hasMatch() ? std::optional(value.toLower()) : std::nullopt;
}

std::optional<QString> numberIn(const QString &value, int least, int most)
{
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    const bool kept = isNumber && number >= least && number <= most;
    return kept ? std::optional(QString::number(number)) : std::nullopt;
}

/// "language-cpp" of "language-cpp other".
std::optional<QString> languageIn(const QString &value)
{
    static const QRegularExpression grammar(
        u"(?:\\A|[ \\t\\r\\n\\f])(language-[A-Za-z0-9+_.#-]{1,40})(?![^ \\t\\r\\n\\f])"_s);
    const auto match = grammar.match(value.left(1000));
    return match.hasMatch() ? std::optional(match.captured(1)) : std::nullopt;
}

std::optional<QString> line(const QString &value, qsizetype longest = longestLine)
{
    return plainLine(value, longest);
}

std::optional<QString> pictureAttribute(QByteArrayView attribute, const QString &value)
{
    // The server keeps pictures by their address alone; ours is never asked for them either.
    if (attribute == "src")
        return MxcUri::parse(value) ? std::optional(value) : std::nullopt;
    if (attribute == "alt" || attribute == "title")
        return line(value);
    if (attribute == "width" || attribute == "height")
        return numberIn(value, 1, 10'000);
    return attribute == "data-mx-emoticon" ? std::optional(QString()) : std::nullopt;
}

std::optional<QString> spanAttribute(QByteArrayView attribute, const QString &value)
{
    if (attribute == "data-mx-color" || attribute == "data-mx-bg-color" || attribute == "color")
        return colourIn(value);
    if (attribute == "data-mx-spoiler")
        return line(value);
    return attribute == "data-mx-maths" ? line(value, longestMaths) : std::nullopt;
}

std::optional<QString> valueOn(Tag tag, QByteArrayView attribute, const QString &value)
{
    switch (tag) {
    case Tag::A: {
        const QString address = attribute == "href" ? followable(value) : QString();
        return address.isEmpty() ? std::nullopt : std::optional(address);
    }
    case Tag::Code:
        return attribute == "class" ? languageIn(value) : std::nullopt;
    case Tag::Div:
        return attribute == "data-mx-maths" ? line(value, longestMaths) : std::nullopt;
    case Tag::Img:
        return pictureAttribute(attribute, value);
    case Tag::Ol:
        return attribute == "start" ? numberIn(value, -999'999'999, 999'999'999) : std::nullopt;
    case Tag::Span:
        return spanAttribute(attribute, value);
    default: // NOLINT(clang-diagnostic-switch-enum): the others have none
        return std::nullopt;
    }
}

bool isGone(char32_t c)
{
    if (c == U'\n' || c == U'\t')
        return false;
    const bool turns =
        (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || (c >= 0x206A && c <= 0x206F);
    const bool isNone =
        (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
    return turns || isNone || QChar::category(c) == QChar::Other_Control
        || QChar::category(c) == QChar::Other_Surrogate;
}

bool isPlainAscii(QStringView text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return (c.unicode() >= 0x20 && c.unicode() < 0x7F) || c == u'\n' || c == u'\t';
    });
}

} // namespace

Fate fateOf(QByteArrayView name)
{
    static const QHash<QByteArray, Fate> all = allFates();
    const auto known = all.constFind(QByteArray::fromRawData(name.data(), name.size()));
    return known == all.cend() ? Fate() : *known;
}

QLatin1StringView nameOf(Tag tag)
{
    return names[size_t(tag)].name;
}

bool isVoid(Tag tag)
{
    return tag == Tag::Br || tag == Tag::Hr || tag == Tag::Img;
}

bool isInline(Tag tag)
{
    constexpr std::array all{Tag::A,   Tag::B, Tag::Br,   Tag::Code,   Tag::Del, Tag::Em,  Tag::I,
                             Tag::Img, Tag::S, Tag::Span, Tag::Strong, Tag::Sub, Tag::Sup, Tag::U};
    return std::find(all.begin(), all.end(), tag) != all.end();
}

std::optional<std::pair<QLatin1StringView, QString>> keptAttribute(Tag tag, QByteArrayView attribute,
                                                                   const QString &value)
{
    static constexpr std::array known{"href"_L1,
                                      "class"_L1,
                                      "data-mx-maths"_L1,
                                      "src"_L1,
                                      "alt"_L1,
                                      "title"_L1,
                                      "width"_L1,
                                      "height"_L1,
                                      "start"_L1,
                                      "data-mx-color"_L1,
                                      "data-mx-bg-color"_L1,
                                      "data-mx-spoiler"_L1,
                                      "data-mx-emoticon"_L1};
    const auto kept = valueOn(tag, attribute, value);
    if (!kept)
        return std::nullopt;
    // <font color> is of old; <span data-mx-color> says the same.
    const QLatin1StringView asked(attribute.data(), attribute.size());
    const auto *name =
        std::find(known.begin(), known.end(), asked == "color"_L1 ? "data-mx-color"_L1 : asked);
    return name == known.end() ? std::nullopt : std::optional(std::pair(*name, *kept));
}

QString cleanText(QStringView text)
{
    if (isPlainAscii(text))
        return text.toString();
    QString clean;
    clean.reserve(text.size());
    int marks = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text.at(i).unicode();
        if (text.at(i).isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate())
            c = QChar::surrogateToUcs4(text.at(i), text.at(i + 1));
        i += c > 0xFFFF ? 1 : 0;
        if (c == U'\r' || isGone(c))
            continue;
        marks = QChar::isMark(c) ? marks + 1 : 0;
        if (marks <= mostMarks)
            clean += QChar::fromUcs4(c);
    }
    return clean;
}

} // namespace parvis::html

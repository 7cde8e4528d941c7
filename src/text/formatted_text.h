// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "text/links.h"

#include <QList>
#include <QString>

namespace parvis {

/// How letters are drawn.
enum class TextMark : quint8 {
    Bold = 0x01,
    Italic = 0x02,
    Underlined = 0x04,
    Struck = 0x08,
    Code = 0x10,
    Raised = 0x20,
    Lowered = 0x40
};
Q_DECLARE_FLAGS(TextMarks, TextMark)
Q_DECLARE_OPERATORS_FOR_FLAGS(TextMarks)

/// Letters that are drawn alike. The text is plain: whoever draws it as markup escapes it.
struct TextRun {
    QString text = {}; ///< "\n" is a line break
    TextMarks marks = {};
    qint32 colour = -1;     ///< 0xRRGGBB, a stranger's choice, whose contrast nobody has checked; -1: none
    qint32 background = -1; ///< as colour
    qint32 link = -1;       ///< in FormattedText::links; -1: none
    qint32 spoiler = -1;    ///< in FormattedText::spoilers: hidden until the person wants it; -1: none
    bool picture =
        false; ///< stands for a picture, which is never fetched: its alternative text, may be empty

    bool operator==(const TextRun &) const = default;
};

/// A part of a message. Either runs or blocks are set, or neither.
struct TextBlock {
    enum class Kind {
        Paragraph, ///< runs
        Heading,   ///< runs; level
        Code,      ///< runs, lines and blanks as they stand; language
        Rule,      ///< neither
        Quote,     ///< blocks
        List,      ///< blocks: Item alone; ordered, start
        Item,      ///< blocks
        Table,     ///< blocks: Caption and Row alone
        Caption,   ///< runs
        Row,       ///< blocks: Cell alone
        Cell,      ///< blocks; heads
        Details,   ///< blocks, folded until the person wants them; the first may be a Summary
        Summary    ///< runs
    };

    Kind kind = Kind::Paragraph;
    int level = 0;         ///< of a heading: 1 to 6
    bool ordered = false;  ///< of a list
    bool heads = false;    ///< of a cell: it is its column's or row's name
    int start = 1;         ///< of an ordered list
    QString language = {}; ///< of code, as its writer says: letters, digits, "+", "-", "_", "#", "."
    QList<TextRun> runs = {};
    QList<TextBlock> blocks = {};

    bool operator==(const TextBlock &) const = default;
};

/// Where a run leads.
struct TextLink {
    QString url = {};       ///< what followable() let through
    MatrixLink target = {}; ///< Kind::NotMatrix: a page or an address
    QString host = {};      ///< trueHost()
    bool doubtful = false;  ///< isDoubtful(): the person sees the host, and is asked

    bool operator==(const TextLink &) const = default;
};

/// A message as a tree for the window: no markup is left in it, nothing in it is fetched, and all of it is
/// bounded: FormattedText::deepest blocks inside each other, no more runs than the message had letters.
struct FormattedText {
    static constexpr int deepest = 100;

    QList<TextBlock> blocks = {};
    QList<TextLink> links = {};
    QStringList spoilers = {}; ///< why each is hidden, one line; may be empty
    bool reduced = false;      ///< it was too large or too tangled: text alone; the plain body says it better

    bool operator==(const FormattedText &) const = default;
};

/// Whether a text shows what its writer hid: what lies about (notifications, lists, replies) does not.
enum class Spoilers { Shown, Hidden };

/// What a reader sees, without formatting: a line a block, an empty line between paragraphs, a tab between
/// cells, the alternative text of pictures. Any thread.
[[nodiscard]] QString readableText(const FormattedText &text, Spoilers spoilers = Spoilers::Hidden);

/// A plain message as such a tree: one paragraph with its lines, web addresses as links.
[[nodiscard]] FormattedText formattedPlain(const QString &plain);

} // namespace parvis

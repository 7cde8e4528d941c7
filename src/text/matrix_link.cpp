// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The specification's appendix "URIs", read by hand: matrix.to has its identifiers in the fragment, a second
// # among them, which QUrl refuses.
#include "text/links.h"

#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

using Kind = MatrixLink::Kind;
using Problem = MatrixLink::Problem;

constexpr qsizetype longestId = 255; // bytes

MatrixLink invalid(Problem problem)
{
    return {.kind = Kind::Invalid, .problem = problem};
}

/// Undone once. Empty where the encoding is broken, or hides what is no text.
std::optional<QString> percentDecoded(QStringView part)
{
    const QByteArray utf8 = part.toUtf8();
    QByteArray bytes;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        if (utf8.at(i) != '%') {
            bytes += utf8.at(i);
            continue;
        }
        bool isHex = false;
        const int value = i + 2 < utf8.size() && utf8.at(i + 1) != '+' && utf8.at(i + 1) != '-'
            ? utf8.mid(i + 1, 2).toInt(&isHex, 16)
            : 0;
        if (!isHex)
            return std::nullopt;
        bytes += char(value);
        i += 2;
    }
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes);
    const bool isText = std::none_of(text.cbegin(), text.cend(), [](QChar c) {
        return c.isSpace() || c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
    });
    return !decoder.hasError() && isText ? std::optional(text) : std::nullopt;
}

/// ASCII only: a name with look-alike letters is another server than the one that it shows.
bool isServerName(const QString &name)
{
    static const QRegularExpression grammar(
        uR"(\A(?:[A-Za-z0-9.-]{1,230}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?\z)"_s);
    return grammar.match(name).hasMatch();
}

bool isGoodId(const QString &id)
{
    if (id.size() < 2 || id.toUtf8().size() > longestId)
        return false;
    const qsizetype colon = id.indexOf(u':');
    if (id.at(0) == u'!' && colon < 0)
        return true; // from room version 12 on
    return colon > 1 && isServerName(id.mid(colon + 1));
}

bool isGoodEvent(const QString &event)
{
    return event.size() > 1 && event.at(0) == u'$' && event.toUtf8().size() <= longestId;
}

void readQuery(QStringView query, MatrixLink &link)
{
    for (const auto pair : query.split(u'&', Qt::SkipEmptyParts)) {
        const auto equals = pair.indexOf(u'=');
        const auto name = pair.left(equals);
        const auto value = equals < 0 ? std::nullopt : percentDecoded(pair.sliced(equals + 1));
        if (!value)
            continue;
        if (name == "via"_L1 && link.via.size() < MatrixLink::mostVia && isServerName(*value)
            && !link.via.contains(*value))
            link.via.append(*value);
        if (name == "action"_L1 && (*value == "join"_L1 || *value == "chat"_L1))
            link.action = *value;
    }
}

/// @p id and @p event still encoded, with their sigils in clear or encoded.
MatrixLink linkOf(const std::optional<QString> &id, const std::optional<QString> &event, bool hasEvent,
                  QStringView query)
{
    if (!id || (hasEvent && !event))
        return invalid(Problem::BadEncoding);
    if (!isGoodId(*id))
        return invalid(Problem::BadId);
    MatrixLink link{.kind = Kind::User, .id = *id, .event = event.value_or(QString())};
    if (hasEvent && (!isGoodEvent(link.event) || id->at(0) == u'@'))
        return invalid(Problem::BadEvent);
    switch (id->at(0).unicode()) {
    case u'@':
        break;
    case u'#':
        link.kind = hasEvent ? Kind::EventInAlias : Kind::RoomAlias;
        break;
    case u'!':
        link.kind = hasEvent ? Kind::EventInRoom : Kind::Room;
        break;
    default:
        return invalid(Problem::UnknownKind);
    }
    readQuery(query, link);
    return link;
}

/// matrix:u/alice:example.org, without its scheme; an authority means nothing yet.
MatrixLink ofMatrixScheme(QStringView rest)
{
    rest = rest.left(rest.indexOf(u'#') < 0 ? rest.size() : rest.indexOf(u'#'));
    QStringView query;
    if (const auto mark = rest.indexOf(u'?'); mark >= 0) {
        query = rest.sliced(mark + 1);
        rest = rest.left(mark);
    }
    if (rest.startsWith("//"_L1)) {
        const auto slash = rest.indexOf(u'/', 2);
        rest = slash < 0 ? QStringView() : rest.sliced(slash + 1);
    }
    const auto parts = rest.split(u'/');
    if (parts.size() != 2 && parts.size() != 4)
        return invalid(parts.size() < 2 ? Problem::BadId : Problem::UnknownKind);
    const auto type = parts.at(0);
    const QChar sigil = type == "u"_L1 || type == "user"_L1 ? u'@'
        : type == "r"_L1 || type == "room"_L1               ? u'#'
        : type == "roomid"_L1                               ? u'!'
                                                            : QChar();
    if (sigil.isNull())
        return invalid(Problem::UnknownKind);
    const auto withSigil = [](QChar first, QStringView part) -> std::optional<QString> {
        auto decoded = percentDecoded(part);
        // matrix:u/@alice:example.org: the sigil is the type's business.
        if (decoded && decoded->startsWith(first))
            return QString();
        return decoded ? std::optional(first + *decoded) : std::nullopt;
    };
    const auto id = withSigil(sigil, parts.at(1));
    if (parts.size() == 2)
        return linkOf(id, {}, false, query);
    if (parts.at(2) != "e"_L1 && parts.at(2) != "event"_L1)
        return invalid(Problem::UnknownKind);
    return linkOf(id, withSigil(u'$', parts.at(3)), true, query);
}

/// What stands behind "#/" of matrix.to or of a permalink.
MatrixLink ofFragment(QStringView fragment)
{
    QStringView query;
    if (const auto mark = fragment.indexOf(u'?'); mark >= 0) {
        query = fragment.sliced(mark + 1);
        fragment = fragment.left(mark);
    }
    if (fragment.endsWith(u'/'))
        fragment.chop(1);
    const auto slash = fragment.indexOf(u'/');
    const auto id = percentDecoded(slash < 0 ? fragment : fragment.left(slash));
    if (slash < 0)
        return linkOf(id, {}, false, query);
    // Event ids of room version 3 may hold a slash, and not everybody encodes it.
    return linkOf(id, percentDecoded(fragment.sliced(slash + 1)), true, query);
}

/// Behind "#/", where @p uri is of @p prefix.
std::optional<QStringView> fragmentUnder(QStringView uri, QStringView prefix)
{
    if (prefix.endsWith(u'/'))
        prefix.chop(1);
    if (!prefix.startsWith("https://"_L1) || !uri.startsWith(prefix, Qt::CaseInsensitive))
        return std::nullopt;
    auto rest = uri.sliced(prefix.size());
    if (rest.startsWith(u'/'))
        rest = rest.sliced(1);
    return rest.startsWith("#/"_L1) ? std::optional(rest.sliced(2)) : std::nullopt;
}

bool isSigil(QStringView fragment)
{
    const auto start = percentDecoded(fragment.left(fragment.startsWith(u'%') ? 3 : 1));
    return start && (*start == "@"_L1 || *start == "#"_L1 || *start == "!"_L1);
}

} // namespace

MatrixLink parseLink(const QString &uri, const QString &permalinkPrefix)
{
    const QStringView view(uri);
    const bool isMatrixScheme = view.startsWith("matrix:"_L1, Qt::CaseInsensitive);
    const auto matrixTo = fragmentUnder(view, u"https://matrix.to");
    auto own = fragmentUnder(view, permalinkPrefix);
    if (!isMatrixScheme && !matrixTo && !own)
        return {};
    if (uri.size() > MatrixLink::longest)
        return invalid(Problem::TooLong);
    if (isMatrixScheme)
        return ofMatrixScheme(view.sliced(7));
    if (matrixTo)
        return ofFragment(*matrixTo);
    for (const auto part : {"room/"_L1, "user/"_L1}) {
        if (own->startsWith(part))
            own = own->sliced(part.size());
    }
    // Other pages of the administration's site stay pages.
    return isSigil(*own) ? ofFragment(*own) : MatrixLink();
}

QString matrixToLink(const QString &id)
{
    return u"https://matrix.to/#/"_s + QString::fromLatin1(QUrl::toPercentEncoding(id, "@:!$"));
}

} // namespace parvis

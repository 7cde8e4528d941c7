// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "text/links.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qsizetype longestAddress = 2048;

/// How much of the match belongs to the address: a full stop or a bracket after it does not.
qsizetype addressLength(QStringView match)
{
    qsizetype surplus = match.count(u')') - match.count(u'(');
    auto length = match.size();
    while (length > 0) {
        const auto last = match.at(length - 1);
        const bool closes = last == u')' && surplus <= 0;
        if (closes || !QStringView(u".,;:!?)]}'\"»…").contains(last))
            break;
        surplus -= last == u')' ? 1 : 0;
        --length;
    }
    return length;
}

/// As a browser reads it: what stands around it and breaks in it do not count ("java\nscript:").
QString withoutBreaks(const QString &href)
{
    QString cleaned;
    cleaned.reserve(href.size());
    for (const QChar c : href) {
        if (c != u'\t' && c != u'\n' && c != u'\r')
            cleaned += c;
    }
    const auto isAround = [](QChar c) { return c.unicode() <= 0x20; };
    qsizetype from = 0;
    qsizetype to = cleaned.size();
    while (from < to && isAround(cleaned.at(from)))
        ++from;
    while (to > from && isAround(cleaned.at(to - 1)))
        --to;
    return cleaned.mid(from, to - from);
}

bool isHidden(QChar c)
{
    const auto category = c.category();
    return c.isSpace() || category == QChar::Other_Control || category == QChar::Other_Format;
}

QString withoutWww(const QString &host)
{
    return host.startsWith("www."_L1) ? host.mid(4) : host;
}

/// "exemple.gouv", "www.exemple.gouv/page": what people take for an address without its scheme.
QUrl bareAddress(QStringView shown)
{
    static const QRegularExpression host(
        uR"(\A[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,20}\.\p{L}{2,63}(?::\d{1,5})?(?:[/?#]\S*)?\z)"_s);
    const QString text = shown.toString();
    return host.match(text).hasMatch() ? QUrl(u"https://"_s + text) : QUrl();
}

} // namespace

bool mayOpen(const QUrl &url)
{
    static const QStringList schemes{u"https"_s, u"http"_s, u"mailto"_s};
    if (!url.isValid() || !schemes.contains(url.scheme().toLower()))
        return false;
    return url.scheme() == "mailto"_L1 || (!url.host().isEmpty() && url.userInfo().isEmpty());
}

QString followable(const QString &href)
{
    if (href.size() > longestAddress)
        return {};
    const QString address = withoutBreaks(href);
    const qsizetype colon = address.indexOf(u':');
    if (colon <= 0 || std::any_of(address.cbegin(), address.cend(), isHidden))
        return {};
    const QString scheme = address.left(colon).toLower();
    if (scheme == "matrix"_L1) {
        const auto kind = parseLink(address).kind;
        return kind == MatrixLink::Kind::Invalid ? QString() : address;
    }
    if (scheme == "magnet"_L1)
        return address.mid(colon + 1).startsWith(u'?') ? address : QString();
    const QUrl url(address, QUrl::StrictMode);
    if (scheme == "ftp"_L1)
        return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty() ? address : QString();
    if (scheme == "mailto"_L1)
        return url.isValid() && !url.path().isEmpty() ? address : QString();
    // The second # of a matrix.to link of old is none to RFC 3986.
    if (scheme == "https"_L1 && !url.isValid() && parseLink(address).kind > MatrixLink::Kind::Invalid)
        return address;
    return mayOpen(url) ? address : QString();
}

QString trueHost(const QUrl &url)
{
    if (url.scheme() == "mailto"_L1) {
        const QString address = url.path(QUrl::FullyDecoded);
        const QUrl host(u"https://"_s + address.mid(address.lastIndexOf(u'@') + 1), QUrl::StrictMode);
        return address.contains(u'@') ? host.host(QUrl::FullyEncoded) : QString();
    }
    return url.host(QUrl::FullyEncoded);
}

bool isDoubtful(const QUrl &url, QStringView shown)
{
    const QString host = trueHost(url);
    if (host.contains("xn--"_L1))
        return true;
    const QString text = shown.trimmed().toString();
    if (url.scheme() == "mailto"_L1)
        return text.contains(u'@') && !text.contains(u' ')
            && text.compare(url.path(QUrl::FullyDecoded), Qt::CaseInsensitive) != 0
            && text.compare(url.toString(), Qt::CaseInsensitive) != 0;
    const auto differs = [&host](const QUrl &other) {
        return withoutWww(trueHost(other)) != withoutWww(host);
    };
    const auto addresses = webAddressesIn(text, 10);
    if (std::any_of(addresses.cbegin(), addresses.cend(),
                    [&](const WebAddress &address) { return differs(address.url); }))
        return true;
    const QUrl bare = bareAddress(text);
    return !bare.isEmpty() && differs(bare);
}

QList<WebAddress> webAddressesIn(const QString &plain, qsizetype most)
{
    static const QRegularExpression address(u"\\bhttps?://[^\\s<>\"]{1,2000}"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    QList<WebAddress> found;
    if (!plain.contains("://"_L1))
        return found;
    for (auto matches = address.globalMatch(plain); matches.hasNext() && found.size() < most;) {
        const auto match = matches.next();
        const auto length = addressLength(match.capturedView());
        const QUrl url(match.captured().left(length), QUrl::StrictMode);
        // Encoded it may be longer than an address may be.
        if (mayOpen(url) && !followable(QString::fromLatin1(url.toEncoded())).isEmpty())
            found.append({.at = match.capturedStart(), .length = length, .url = url});
    }
    return found;
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/rich_text.h"

#include "text/links.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr int mostLinks = 100; ///< more than that is no message but an attack on the layout

QString escaped(QStringView plain)
{
    auto html = plain.toString().toHtmlEscaped();
    html.replace(u'\n', u"<br>"_s);
    html.replace(u"  "_s, u" \u00a0"_s); // rich text would join the spaces
    return html;
}

/// How much of the match belongs to the address: a full stop or a bracket after it does not.
qsizetype addressLength(QStringView match)
{
    auto length = match.size();
    while (length > 0) {
        const auto last = match.at(length - 1);
        const bool open = last == u')' && match.left(length).count(u'(') >= match.left(length).count(u')');
        if (open || !QStringView(u".,;:!?)]}'\"»…").contains(last))
            break;
        --length;
    }
    return length;
}

/// An address in a text that may be opened.
struct Link {
    qsizetype at;
    QStringView text;
    QString url;
    QString realHost; ///< in ASCII, where the text shows one in letters that may pass for others; else empty
};

/// Letters of other alphabets look like Latin ones, and some signs like a slash: a host that is not in ASCII
/// alone is told in ASCII beside the address.
QString realHostOf(const QUrl &url, QStringView text)
{
    const auto rest = text.sliced(text.indexOf(u"://") + 3);
    const auto end = std::find_if(rest.cbegin(), rest.cend(),
                                  [](QChar c) { return c == u'/' || c == u'?' || c == u'#' || c == u':'; });
    const auto letters = rest.left(end - rest.cbegin()).toUcs4();
    const bool foreign =
        std::any_of(letters.cbegin(), letters.cend(), [](uint letter) { return letter > 0x7f; });
    return foreign ? url.host(QUrl::FullyEncoded) : QString();
}

QList<Link> found(const QString &plain, int most)
{
    static const QRegularExpression address(u"\\bhttps?://[^\\s<>\"]{1,2000}"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    QList<Link> links;
    for (auto matches = address.globalMatch(plain); matches.hasNext() && links.size() < most;) {
        const auto match = matches.next();
        const auto text = match.capturedView().left(addressLength(match.capturedView()));
        const QUrl url(text.toString(), QUrl::StrictMode);
        if (mayOpen(url))
            links +=
                {match.capturedStart(), text, QString::fromLatin1(url.toEncoded()), realHostOf(url, text)};
    }
    return links;
}

} // namespace

QString withLinks(const QString &plain)
{
    QString html;
    qsizetype done = 0;
    for (const auto &link : found(plain, mostLinks)) {
        html += escaped(QStringView(plain).sliced(done, link.at - done));
        html +=
            u"<a href=\"%1\">%2</a>"_s.arg(link.url.toHtmlEscaped(), link.text.toString().toHtmlEscaped());
        if (!link.realHost.isEmpty())
            html += u" ("_s + link.realHost.toHtmlEscaped() + u')';
        done = link.at + link.text.size();
    }
    return done == 0 ? QString() : html + escaped(QStringView(plain).sliced(done));
}

QStringList linksIn(const QString &plain, int most)
{
    QStringList urls;
    for (const auto &link : found(plain, mostLinks))
        urls += link.url;
    urls.removeDuplicates();
    return urls.mid(0, most);
}

} // namespace parvis

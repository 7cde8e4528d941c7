// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/rich_text.h"

#include <QRegularExpression>

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

} // namespace

bool mayOpen(const QUrl &url)
{
    static const QStringList schemes{u"https"_s, u"http"_s, u"mailto"_s};
    if (!url.isValid() || !schemes.contains(url.scheme().toLower()))
        return false;
    return url.scheme() == "mailto"_L1 || (!url.host().isEmpty() && url.userInfo().isEmpty());
}

QString withLinks(const QString &plain)
{
    static const QRegularExpression address(u"\\bhttps?://[^\\s<>\"]{1,2000}"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    QString html;
    qsizetype done = 0;
    int links = 0;
    for (auto found = address.globalMatch(plain); found.hasNext() && links < mostLinks;) {
        const auto match = found.next();
        const auto text = match.capturedView().left(addressLength(match.capturedView()));
        const QUrl url(text.toString(), QUrl::StrictMode);
        if (!mayOpen(url))
            continue;
        html += escaped(QStringView(plain).sliced(done, match.capturedStart() - done));
        html += u"<a href=\"%1\">%2</a>"_s.arg(QString::fromLatin1(url.toEncoded()).toHtmlEscaped(),
                                               text.toString().toHtmlEscaped());
        done = match.capturedStart() + text.size();
        ++links;
    }
    if (links == 0)
        return {};
    return html + escaped(QStringView(plain).sliced(done));
}

} // namespace parvis

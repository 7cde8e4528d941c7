// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "policy/json_lines.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace parvis::policy {

namespace {

/// The end of the string that begins at @p at (a quote): one behind its closing quote.
qsizetype stringEnd(QByteArrayView text, qsizetype at)
{
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\')
            ++at;
    }
    return std::min(at + 1, text.size());
}

/// With its escapes read: "the\u006de" is the key "theme" to every reader of JSON.
QString unescaped(QByteArrayView quoted)
{
    const QByteArray wrapped = '[' + quoted.toByteArray() + ']';
    return QJsonDocument::fromJson(wrapped).array().at(0).toString();
}

bool isFollowedByColon(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r'))
        ++at;
    return at < text.size() && text[at] == ':';
}

} // namespace

int JsonLines::lineAt(QByteArrayView text, qsizetype offset)
{
    const auto end = text.begin() + std::clamp<qsizetype>(offset, 0, text.size());
    return 1 + int(std::count(text.begin(), end, '\n'));
}

JsonLines JsonLines::of(QByteArrayView text)
{
    JsonLines found;
    int depth = 0;
    int line = 1;
    QString outer;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\n')
            ++line;
        else if (c == '{' || c == '[')
            ++depth;
        else if (c == '}' || c == ']')
            --depth;
        if (c != '"')
            continue;
        const qsizetype end = stringEnd(text, at);
        if (depth <= 2 && isFollowedByColon(text, end)) {
            const QString name = unescaped(text.sliced(at, end - at));
            if (depth == 1)
                outer = name;
            const QString path = depth == 1 ? name : outer + u'/' + name;
            if (found.lines.contains(path))
                found.doubled += path;
            else
                found.lines.insert(path, line);
        }
        at = end - 1; // a valid string holds no line break
    }
    return found;
}

} // namespace parvis::policy

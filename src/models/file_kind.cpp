// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/file_kind.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

QString fileIcon(const QString &mediaType)
{
    static const QStringList archives{u"zip"_s, u"tar"_s, u"gzip"_s, u"bzip"_s, u"7z"_s, u"rar"_s, u"xz"_s};
    static const QStringList texts{u"pdf"_s, u"opendocument"_s, u"officedocument"_s, u"msword"_s,
                                   u"ms-"_s, u"rtf"_s,          u"json"_s,           u"xml"_s};
    const auto isOneOf = [&](const QStringList &words) {
        return std::any_of(words.cbegin(), words.cend(),
                           [&](const QString &word) { return mediaType.contains(word); });
    };
    if (mediaType.startsWith("image/"_L1))
        return u"image"_s;
    if (mediaType.startsWith("audio/"_L1))
        return u"music"_s;
    if (mediaType.startsWith("video/"_L1))
        return u"film"_s;
    if (mediaType.startsWith("text/"_L1) || isOneOf(texts))
        return u"file-text"_s;
    return isOneOf(archives) ? u"file-archive"_s : u"file"_s;
}

} // namespace parvis

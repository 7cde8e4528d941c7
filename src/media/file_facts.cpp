// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "media/file_facts.h"

#include "media/file_name.h"
#include "media/picture.h"

#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>

using namespace Qt::StringLiterals;

namespace parvis {

FileFacts factsOf(QIODevice &file, const QString &name)
{
    FileFacts facts{.name = cleanFileName(name),
                    .mediaType = QMimeDatabase().mimeTypeForFileNameAndData(name, &file).name(),
                    .bytes = file.size()};
    if (file.seek(0))
        facts.size = pictureSize(file);
    return facts;
}

Result<FileFacts> factsOf(const QString &path)
{
    // A pipe or a device would never end.
    const QFileInfo info(path);
    if (!info.isFile())
        return fail(ErrorKind::Storage, u"PARVIS_FILE_UNREADABLE"_s, u"no regular file"_s);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Storage, u"PARVIS_FILE_UNREADABLE"_s, file.errorString());
    return factsOf(file, info.fileName());
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "media/picture.h"

#include <QBuffer>
#include <QImageReader>

namespace parvis {

namespace {

constexpr qsizetype headBytes = 16;

/// A decoder of exactly that format: Qt would ask others, SVG's among them, before it gave up.
void choose(QImageReader &reader, const QByteArray &format)
{
    reader.setAutoDetectImageFormat(false);
    reader.setDecideFormatFromContent(false);
    reader.setFormat(format);
    reader.setAutoTransform(true);
}

QSize turned(QSize size, QImageIOHandler::Transformations how)
{
    return how.testFlag(QImageIOHandler::TransformationRotate90) ? size.transposed() : size;
}

} // namespace

QByteArray pictureFormat(QByteArrayView firstBytes)
{
    const auto at = [firstBytes](qsizetype from, QByteArrayView bytes) {
        return firstBytes.size() >= from + bytes.size() && firstBytes.sliced(from, bytes.size()) == bytes;
    };
    if (at(0, QByteArrayView("\x89PNG\r\n\x1a\n", 8)))
        return "png";
    if (at(0, QByteArrayView("\xff\xd8\xff", 3)))
        return "jpeg";
    if (at(0, QByteArrayView("GIF87a", 6)) || at(0, QByteArrayView("GIF89a", 6)))
        return "gif";
    if (at(0, QByteArrayView("RIFF", 4)) && at(8, QByteArrayView("WEBP", 4)))
        return "webp";
    return {};
}

QSize pictureSize(QIODevice &file)
{
    const QByteArray format = pictureFormat(file.peek(headBytes));
    if (format.isEmpty())
        return {};
    QImageReader reader(&file, format);
    choose(reader, format);
    const QSize size = reader.size();
    return size.isValid() ? turned(size, reader.transformation()) : QSize();
}

QImage decodePicture(const QByteArray &bytes, QSize most)
{
    const QByteArray format = pictureFormat(bytes);
    QBuffer buffer;
    buffer.setData(bytes);
    if (format.isEmpty() || !buffer.open(QIODevice::ReadOnly))
        return {};
    QImageReader reader(&buffer, format);
    choose(reader, format);
    const QSize size = reader.size();
    if (size.isEmpty() || qint64(size.width()) * size.height() > maxPicturePixels)
        return {};
    const QSize shown = turned(size, reader.transformation());
    if (shown.width() > most.width() || shown.height() > most.height())
        reader.setScaledSize(
            turned(shown.scaled(most, Qt::KeepAspectRatio).expandedTo({1, 1}), reader.transformation()));
    return reader.read();
}

} // namespace parvis

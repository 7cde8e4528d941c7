// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "qr/qr_picture.h"

#include <QFileInfo>
#include <QImageReader>

#define ZX_USE_UTF8 1
#include <qrencode.h>

#include <ReadBarcode.h>
#include <algorithm>
#include <cmath>
#include <exception>
#include <memory>

using namespace Qt::StringLiterals;

namespace parvis::qr {

namespace {

constexpr int quietZone = 4;
/// More pixels than this tell the reader nothing about a code that a person holds before a camera.
constexpr double readPixels = 4'000'000;

bool tooLarge(const QSize &size)
{
    return qint64(size.width()) * qint64(size.height()) > maxPixels;
}

/// Grey, as the reader wants it, and no larger than it needs.
QImage prepared(const QImage &picture)
{
    QImage image = picture;
    if (image.hasAlphaChannel()) {
        // What is transparent would become black, and the code with it.
        QImage onWhite(image.size(), QImage::Format_RGB32);
        onWhite.fill(Qt::white);
        const QImage source = image.convertToFormat(QImage::Format_ARGB32);
        for (int y = 0; y < source.height(); ++y) {
            const auto *from = reinterpret_cast<const QRgb *>(source.constScanLine(y));
            auto *to = reinterpret_cast<QRgb *>(onWhite.scanLine(y));
            for (int x = 0; x < source.width(); ++x) {
                const int alpha = qAlpha(from[x]);
                const auto mixed = [alpha](int part) { return (part * alpha + 255 * (255 - alpha)) / 255; };
                to[x] = qRgb(mixed(qRed(from[x])), mixed(qGreen(from[x])), mixed(qBlue(from[x])));
            }
        }
        image = onWhite;
    }
    const double pixels = double(image.width()) * image.height();
    if (pixels > readPixels) {
        const double factor = std::sqrt(readPixels / pixels);
        image =
            image.scaled(std::max(1, int(image.width() * factor)), std::max(1, int(image.height() * factor)),
                         Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    }
    return image.convertToFormat(QImage::Format_Grayscale8);
}

/// The library throws where memory ends, and nothing else of ours may.
QByteArray decoded(const QImage &grey)
{
    try {
        const ZXing::ImageView view(grey.constBits(), grey.width(), grey.height(), ZXing::ImageFormat::Lum,
                                    int(grey.bytesPerLine()));
        auto hints = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode);
        hints.setTryHarder(true).setTryRotate(true);
        const auto result = ZXing::ReadBarcode(view, hints);
        if (!result.isValid())
            return {};
        const auto &bytes = result.bytes();
        return {reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())};
    } catch (const std::exception &) {
        return {};
    }
}

} // namespace

Result<QImage> draw(const QByteArray &bytes)
{
    if (bytes.isEmpty() || bytes.size() > maxBytes)
        return fail(ErrorKind::Usage, u"PARVIS_QR_TOO_LONG"_s);
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(int(bytes.size()), reinterpret_cast<const unsigned char *>(bytes.constData()), 0,
                          QR_ECLEVEL_M),
        &QRcode_free);
    if (!code)
        return fail(ErrorKind::Usage, u"PARVIS_QR_TOO_LONG"_s);
    const int side = code->width + 2 * quietZone;
    QImage picture(side, side, QImage::Format_Grayscale8);
    picture.fill(Qt::white);
    for (int y = 0; y < code->width; ++y) {
        auto *line = picture.scanLine(y + quietZone);
        for (int x = 0; x < code->width; ++x)
            line[x + quietZone] = (code->data[y * code->width + x] & 1) != 0 ? 0 : 255;
    }
    return picture;
}

Result<QByteArray> read(const QImage &picture)
{
    if (picture.isNull())
        return fail(ErrorKind::Usage, u"PARVIS_QR_NO_PICTURE"_s);
    if (tooLarge(picture.size()))
        return fail(ErrorKind::TooLarge, u"PARVIS_QR_TOO_LARGE"_s);
    const QImage grey = prepared(picture);
    if (grey.isNull())
        return fail(ErrorKind::TooLarge, u"PARVIS_QR_TOO_LARGE"_s);
    const QByteArray bytes = decoded(grey);
    if (bytes.isEmpty())
        return fail(ErrorKind::NotFound, u"PARVIS_QR_NO_CODE"_s);
    return bytes;
}

Result<QByteArray> readFile(const QString &path)
{
    const QFileInfo file(path);
    if (!file.isFile())
        return fail(ErrorKind::NotFound, u"PARVIS_QR_NO_PICTURE"_s);
    if (file.size() > maxFileSize)
        return fail(ErrorKind::TooLarge, u"PARVIS_QR_TOO_LARGE"_s);
    QImageReader reader(path);
    // By what it is, not by what it is called; and nothing that is drawn by a program, such as SVG or PDF.
    reader.setDecideFormatFromContent(true);
    static const QList<QByteArray> kinds{"png", "jpeg", "jpg", "webp", "bmp", "gif"};
    if (!reader.canRead() || !kinds.contains(reader.format()))
        return fail(ErrorKind::Usage, u"PARVIS_QR_NO_PICTURE"_s);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (!size.isValid())
        return fail(ErrorKind::Usage, u"PARVIS_QR_NO_PICTURE"_s);
    if (tooLarge(size))
        return fail(ErrorKind::TooLarge, u"PARVIS_QR_TOO_LARGE"_s);
    const QImage picture = reader.read();
    if (picture.isNull())
        return fail(ErrorKind::Usage, u"PARVIS_QR_NO_PICTURE"_s);
    return read(picture);
}

} // namespace parvis::qr

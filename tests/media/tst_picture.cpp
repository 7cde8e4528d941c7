// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "media/file_facts.h"
#include "media/picture.h"

#include <QBuffer>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

QByteArray picture(const char *format, QSize size = {64, 48})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::darkGreen);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, format))
        return {};
    return bytes;
}

/// A picture whose head says that it is that large.
QByteArray boastful(quint32 width, quint32 height)
{
    QByteArray png = picture("png");
    constexpr qsizetype widthAt = 16;
    qToBigEndian(width, png.data() + widthAt);
    qToBigEndian(height, png.data() + widthAt + 4);
    return png;
}

const QByteArray svg =
    R"(<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>x</script></svg>)";

QSize sizeOf(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    return buffer.open(QIODevice::ReadOnly) ? pictureSize(buffer) : QSize();
}

} // namespace

/// Pictures of strangers.
class PictureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsFourFormatsByTheirBytes()
    {
        QCOMPARE(pictureFormat(picture("png")), QByteArray("png"));
        QCOMPARE(pictureFormat(picture("jpeg")), QByteArray("jpeg"));
        QCOMPARE(pictureFormat("GIF89a..."), QByteArray("gif"));
        QCOMPARE(pictureFormat(QByteArray("RIFF\0\0\0\0WEBPVP8 ", 16)), QByteArray("webp"));
        QCOMPARE(pictureFormat(svg), QByteArray());
        QCOMPARE(pictureFormat("%PDF-1.4"), QByteArray());
        QCOMPARE(pictureFormat(picture("bmp")), QByteArray());
        QCOMPARE(pictureFormat(QByteArrayView("RIFF\0\0\0\0WAVE", 12)), QByteArray());
        QCOMPARE(pictureFormat({}), QByteArray());
    }

    void readsTheSize()
    {
        QCOMPARE(sizeOf(picture("png")), QSize(64, 48));
        QCOMPARE(sizeOf(picture("jpeg")), QSize(64, 48));
        QCOMPARE(sizeOf(svg), QSize());
        QCOMPARE(sizeOf(picture("bmp")), QSize());
        QCOMPARE(sizeOf(picture("png").left(12)), QSize());
    }

    void decodesWithinItsBounds()
    {
        const QImage small = decodePicture(picture("png"), {1000, 1000});
        const QImage scaled = decodePicture(picture("jpeg", {800, 400}), {200, 200});

        QCOMPARE(small.size(), QSize(64, 48));
        QCOMPARE(scaled.size(), QSize(200, 100));
    }

    void decodesNothingElse_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("svg") << svg;
        QTest::newRow("bmp") << picture("bmp");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("cut") << picture("png").left(20);
        QTest::newRow("a head alone") << QByteArray("\x89PNG\r\n\x1a\n") + svg;
        QTest::newRow("too many pixels") << boastful(60'000, 60'000);
        QTest::newRow("a line without end") << boastful(2'000'000'000, 1);
    }
    void decodesNothingElse()
    {
        QFETCH(QByteArray, bytes);

        QVERIFY(decodePicture(bytes, {100, 100}).isNull());
    }

    void tellsOfAFileWhatIsInIt()
    {
        const QTemporaryDir folder;
        const auto written = [&](const QString &name, const QByteArray &bytes) {
            QFile file(folder.filePath(name));
            return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                        : QString();
        };

        const auto png = factsOf(written(u"photo.png"_s, picture("png"))).value();
        const auto drawing = factsOf(written(u"dessin.svg"_s, svg)).value();
        const auto note = factsOf(written(u".note\u202E.txt"_s, "bonjour")).value();

        QCOMPARE(png.mediaType, u"image/png"_s);
        QCOMPARE(png.size, QSize(64, 48));
        QCOMPARE(drawing.mediaType, u"image/svg+xml"_s);
        QVERIFY(drawing.size.isEmpty());
        QCOMPARE(note, (FileFacts{.name = u"note.txt"_s, .mediaType = u"text/plain"_s, .bytes = 7}));
        QCOMPARE(factsOf(folder.filePath(u"not there"_s)).error().code, u"PARVIS_FILE_UNREADABLE"_s);
        QCOMPARE(factsOf(folder.path()).error().code, u"PARVIS_FILE_UNREADABLE"_s);
        QCOMPARE(factsOf(u"/dev/zero"_s).error().code, u"PARVIS_FILE_UNREADABLE"_s);
    }
};

QTEST_GUILESS_MAIN(PictureTest)
#include "tst_picture.moc"

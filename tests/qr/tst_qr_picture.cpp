// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "qr/qr_picture.h"

#include <QBuffer>
#include <QColor>
#include <QFile>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>
#include <QTransform>
#include <QtEndian>

using namespace parvis;
using namespace Qt::StringLiterals;

/// Codes that hold bytes, not text, and pictures that are not what they say.
class QrPictureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesComeBackAsTheyWere_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("one NUL") << QByteArray(1, '\0');
        QTest::newRow("a verification") << verification();
        QByteArray all;
        for (int i = 0; i < 256; ++i)
            all += char(i);
        QTest::newRow("every byte") << all;
        QTest::newRow("bytes that are no UTF-8")
            << QByteArray("\xff\xfe\x80\xc3\x28\x00\x00\xed\xa0\x80", 10);
        QTest::newRow("what would be UTF-8") << QByteArray("pr\xc3\xa9"
                                                           "fecture");
        QTest::newRow("digits alone") << QByteArray("0123456789");
        QTest::newRow("the most") << QByteArray(qr::maxBytes, '\x9c');
    }

    void bytesComeBackAsTheyWere()
    {
        QFETCH(QByteArray, bytes);
        const auto picture = qr::draw(bytes);
        QVERIFY(picture);

        const auto back = qr::read(enlarged(*picture));

        QVERIFY2(back, back ? "" : qPrintable(back.error().code));
        QCOMPARE(*back, bytes);
    }

    void aCodeHasItsQuietBorder()
    {
        const auto picture = qr::draw(verification());
        QVERIFY(picture);
        for (int i = 0; i < picture->width(); ++i) {
            for (int edge = 0; edge < 4; ++edge) {
                QCOMPARE(qGray(picture->pixel(i, edge)), 255);
                QCOMPARE(qGray(picture->pixel(edge, i)), 255);
            }
        }
        QCOMPARE(qGray(picture->pixel(4, 4)), 0); // the corner of the first finder
    }

    void noMoreThanFitsIsDrawn()
    {
        QCOMPARE(qr::draw(QByteArray(qr::maxBytes + 1, 'x')).error().code, u"PARVIS_QR_TOO_LONG"_s);
        QCOMPARE(qr::draw({}).error().code, u"PARVIS_QR_TOO_LONG"_s);
    }

    void aTurnedPhotographIsRead()
    {
        const auto picture = qr::draw(verification());
        QVERIFY(picture);
        QImage wall(1400, 1000, QImage::Format_RGB32);
        wall.fill(QColor(180, 190, 185));
        const QImage code = enlarged(*picture).transformed(QTransform().rotate(90));
        for (int y = 0; y < code.height(); ++y) {
            for (int x = 0; x < code.width(); ++x)
                wall.setPixel(x + 300, y + 200, code.pixel(x, y));
        }
        const auto back = qr::read(wall);
        QVERIFY(back);
        QCOMPARE(*back, verification());
    }

    void aTransparentGroundIsWhite()
    {
        const auto picture = qr::draw(verification());
        QVERIFY(picture);
        QImage code = enlarged(*picture).convertToFormat(QImage::Format_ARGB32);
        for (int y = 0; y < code.height(); ++y) {
            for (int x = 0; x < code.width(); ++x) {
                if (qGray(code.pixel(x, y)) == 255)
                    code.setPixel(x, y, qRgba(0, 0, 0, 0));
            }
        }
        const auto back = qr::read(code);
        QVERIFY(back);
        QCOMPARE(*back, verification());
    }

    void aFileIsRead()
    {
        const auto picture = qr::draw(verification());
        QVERIFY(picture && enlarged(*picture).save(path(u"code.png"_s)));
        const auto back = qr::readFile(path(u"code.png"_s));
        QVERIFY(back);
        QCOMPARE(*back, verification());
    }

    void aFileIsWhatItIsNotWhatItIsCalled()
    {
        const auto picture = qr::draw(verification());
        QVERIFY(picture && enlarged(*picture).save(path(u"code.txt"_s), "PNG"));
        QVERIFY(qr::readFile(path(u"code.txt"_s)));
    }

    void aPictureWithoutACodeHasNone()
    {
        QImage empty(300, 300, QImage::Format_RGB32);
        empty.fill(Qt::white);
        QCOMPARE(qr::read(empty).error().code, u"PARVIS_QR_NO_CODE"_s);
        QCOMPARE(qr::read(QImage()).error().code, u"PARVIS_QR_NO_PICTURE"_s);
    }

    void halfACodeIsNone()
    {
        const auto picture = qr::draw(verification());
        QVERIFY(picture);
        const QImage whole = enlarged(*picture);
        QCOMPARE(qr::read(whole.copy(0, 0, whole.width(), whole.height() / 2)).error().code,
                 u"PARVIS_QR_NO_CODE"_s);
    }

    void aTruncatedFileIsNoPicture()
    {
        const auto picture = qr::draw(verification());
        QVERIFY(picture);
        QByteArray bytes;
        QBuffer buffer(&bytes);
        QVERIFY(buffer.open(QIODevice::WriteOnly) && enlarged(*picture).save(&buffer, "PNG"));
        for (const qsizetype length : {qsizetype(0), qsizetype(7), qsizetype(20), qsizetype(60)}) {
            write(u"part.png"_s, bytes.left(length));
            QCOMPARE(qr::readFile(path(u"part.png"_s)).error().code, u"PARVIS_QR_NO_PICTURE"_s);
        }
    }

    void aFileThatSaysItIsHugeIsNotDecoded()
    {
        // The header of a PNG of 60000 x 60000: 14 gigabytes to whoever believes it.
        QByteArray bytes("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16);
        QByteArray size(8, '\0');
        qToBigEndian<quint32>(60000, size.data());
        qToBigEndian<quint32>(60000, size.data() + 4);
        QByteArray header = size + QByteArray("\x08\x02\x00\x00\x00", 5);
        QByteArray checksum(4, '\0');
        qToBigEndian<quint32>(crc("IHDR" + header), checksum.data());
        bytes += header + checksum;
        write(u"huge.png"_s, bytes);
        // whichever it is taken for: nothing of it is decoded
        const QStringList refusals{u"PARVIS_QR_TOO_LARGE"_s, u"PARVIS_QR_NO_PICTURE"_s};
        QVERIFY(refusals.contains(qr::readFile(path(u"huge.png"_s)).error().code));
    }

    void aHugeFileIsNotOpened()
    {
        QFile file(path(u"big.png"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(qr::maxFileSize + 1));
        file.close();
        QCOMPARE(qr::readFile(path(u"big.png"_s)).error().code, u"PARVIS_QR_TOO_LARGE"_s);
    }

    void whatIsDrawnByAProgramIsNotOpened()
    {
        write(u"drawn.svg"_s, "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>");
        QCOMPARE(qr::readFile(path(u"drawn.svg"_s)).error().code, u"PARVIS_QR_NO_PICTURE"_s);
    }

    void aFolderAndWhatIsNotThereAreNoPictures()
    {
        QCOMPARE(qr::readFile(m_folder.path()).error().code, u"PARVIS_QR_NO_PICTURE"_s);
        QCOMPARE(qr::readFile(path(u"nothing.png"_s)).error().code, u"PARVIS_QR_NO_PICTURE"_s);
    }

private:
    /// As the specification forms them: a header, a length, an id, two keys and a secret.
    static QByteArray verification()
    {
        QByteArray bytes("MATRIX\x02\x01", 8);
        const QByteArray id("Xq0IWsHZbLt7TsUkE4ZmPTbXqPw2dW3z");
        bytes += '\0';
        bytes += char(id.size());
        bytes += id;
        for (int i = 0; i < 64; ++i)
            bytes += char((i * 37 + 128) % 256);
        return bytes + QByteArray("\0\xff\0\x80\0\x7f\0\x01\0\x02\0\x03\0\x04\0\x05", 16);
    }

    static QImage enlarged(const QImage &picture)
    {
        return picture.scaled(picture.size() * 5, Qt::IgnoreAspectRatio, Qt::FastTransformation);
    }

    static quint32 crc(const QByteArray &bytes)
    {
        quint32 sum = 0xffffffff;
        for (const char one : bytes) {
            sum ^= quint8(one);
            for (int i = 0; i < 8; ++i)
                sum = (sum >> 1) ^ ((sum & 1) != 0 ? 0xedb88320U : 0U);
        }
        return ~sum;
    }

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    QTemporaryDir m_folder;
};

QTEST_MAIN(QrPictureTest)
#include "tst_qr_picture.moc"

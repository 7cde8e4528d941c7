// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/attachment_reader.h"

#include <QBuffer>
#include <QTemporaryDir>
#include <QTest>

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

/// A file that lies encrypted, read in clear.
class AttachmentReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_clear.clear();
        for (int i = 0; m_clear.size() < 300'000; ++i)
            m_clear += QByteArray::number(i) + ' ';
        QBuffer clear(&m_clear);
        QFile file(path());
        QVERIFY(clear.open(QIODevice::ReadOnly));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        m_file = encryptAttachment(clear, file).value();
    }

    void readsWhatWasEncrypted()
    {
        AttachmentReader reader(path(), opened());
        QVERIFY(reader.start());

        QCOMPARE(reader.size(), m_clear.size());
        QByteArray read;
        // In pieces that fit nothing.
        while (true) {
            const QByteArray piece = reader.read(7'777);
            if (piece.isEmpty())
                break;
            read += piece;
        }
        QCOMPARE(read, m_clear);
    }

    void beginsAnew()
    {
        AttachmentReader reader(path(), opened());
        QVERIFY(reader.start());
        QCOMPARE(reader.read(100), m_clear.left(100));

        QVERIFY(reader.seek(0));
        QCOMPARE(reader.pos(), 0);
        const QByteArray again = reader.read(70'000);
        QVERIFY(again.size() > 100);
        QCOMPARE(again, m_clear.left(again.size()));
        QVERIFY(!reader.seek(5));
    }

    void writesNothing()
    {
        AttachmentReader reader(path(), opened());
        QVERIFY(reader.start());

        QVERIFY(!reader.isWritable());
    }

    void saysWhatIsNotThere()
    {
        AttachmentReader reader(m_folder.filePath(u"none"_s), opened());

        QCOMPARE(reader.start().error().code, u"PARVIS_FILE_UNREADABLE"_s);
    }

private:
    [[nodiscard]] QString path() const { return m_folder.filePath(u"ciphertext"_s); }
    [[nodiscard]] EncryptedFile opened() const { return EncryptedFile::parse(m_file.toJson()).value(); }

    QTemporaryDir m_folder;
    QByteArray m_clear;
    EncryptedFile m_file;
};

QTEST_GUILESS_MAIN(AttachmentReaderTest)
#include "tst_attachment_reader.moc"

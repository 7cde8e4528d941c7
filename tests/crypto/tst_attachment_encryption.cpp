// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/attachment_encryption.h"
#include "crypto/primitives.h"
#include "fakes/vectors.h"

#include <QBuffer>
#include <QJsonArray>
#include <QTest>

#include "changing_file.h"
#include "format_values.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace parvis::test;
using namespace Qt::StringLiterals;

namespace {

struct Decrypted {
    QByteArray plaintext;
    QString code;
};

Decrypted decrypt(const EncryptedFile &file, const QByteArray &bytes)
{
    QBuffer from;
    QBuffer to;
    from.setData(bytes);
    if (!from.open(QIODevice::ReadOnly) || !to.open(QIODevice::WriteOnly))
        return {{}, u"cannot open"_s};
    const auto done = decryptAttachment(from, file, to);
    return {to.data(), codeOf(done)};
}

Decrypted decrypt(const QByteArray &json, const QByteArray &bytes)
{
    const auto file = EncryptedFile::parse(json);
    return file ? decrypt(*file, bytes) : Decrypted{{}, file.error().code};
}

} // namespace

/// Attachments: nothing of one is decrypted before all of it is known to be right.
class tst_AttachmentEncryption : public QObject
{
    Q_OBJECT

private:
    const QJsonDocument m_vectors = ownVectors(u"attachments"_s);

private Q_SLOTS:
    void opensTheKnownFiles()
    {
        const QJsonArray rows = m_vectors["valid"_L1].toArray();
        QCOMPARE(rows.size(), 4);
        for (const auto &row : rows) {
            const Decrypted known = decrypt(compact(row["file"_L1]), base64(row["ciphertext_b64"_L1]));
            QCOMPARE(known.code, QString());
            QCOMPARE(known.plaintext, hex(row["plaintext_hex"_L1]));
        }
    }

    void refusesWhatMustFail()
    {
        const QHash<QString, QString> codes{{u"hash mismatch"_s, u"PARVIS_ATTACHMENT_DAMAGED"_s},
                                            {u"unknown version"_s, u"PARVIS_ATTACHMENT_UNSUPPORTED"_s},
                                            {u"hash missing"_s, u"PARVIS_ATTACHMENT_BAD_FILE"_s},
                                            {u"kty not oct"_s, u"PARVIS_ATTACHMENT_UNSUPPORTED"_s},
                                            {u"key 16 bytes"_s, u"PARVIS_ATTACHMENT_BAD_FILE"_s},
                                            {u"iv 8 bytes"_s, u"PARVIS_ATTACHMENT_BAD_FILE"_s}};
        const QJsonArray rows = m_vectors["must_fail"_L1].toArray();
        QCOMPARE(rows.size(), codes.size());
        for (const auto &row : rows) {
            const Decrypted refused = decrypt(compact(row["file"_L1]), base64(row["ciphertext_b64"_L1]));
            QCOMPARE(refused.code, codes.value(row["why"_L1].toString()));
            QVERIFY(refused.plaintext.isEmpty());
        }
    }

    void refusesFilesOfOtherShapes()
    {
        const QJsonObject good = m_vectors["valid"_L1][0]["file"_L1].toObject();
        const QByteArray json = compact(good);
        for (qsizetype size = 0; size < json.size(); ++size)
            QVERIFY(!EncryptedFile::parse(json.first(size)));
        for (const auto &name : {u"v"_s, u"key"_s, u"iv"_s, u"hashes"_s}) {
            for (const QJsonValue &value : {QJsonValue(), QJsonValue(2), QJsonValue(u""_s),
                                            QJsonValue(QJsonObject()), QJsonValue(QString(90'000, u'A'))}) {
                QJsonObject bad = good;
                bad[name] = value;
                QVERIFY2(!EncryptedFile::parse(compact(bad)), qPrintable(name));
            }
        }
        const auto withKey = [&good](const QString &name, const QJsonValue &value) {
            QJsonObject key = good["key"_L1].toObject();
            key[name] = value;
            QJsonObject file = good;
            file["key"_L1] = key;
            return codeOf(EncryptedFile::parse(compact(file)));
        };
        QCOMPARE(withKey(u"alg"_s, u"A128CTR"_s), u"PARVIS_ATTACHMENT_UNSUPPORTED"_s);
        QCOMPARE(withKey(u"alg"_s, QJsonValue()), u"PARVIS_ATTACHMENT_UNSUPPORTED"_s);
        QCOMPARE(withKey(u"k"_s, QString(44, u'A')), u"PARVIS_ATTACHMENT_BAD_FILE"_s);
        QCOMPARE(withKey(u"k"_s, QString(42, u'+')), u"PARVIS_ATTACHMENT_BAD_FILE"_s);
        QCOMPARE(withKey(u"k"_s, QString(100, u'A')), u"PARVIS_ATTACHMENT_BAD_FILE"_s);
        QCOMPARE(withKey(u"k"_s, 1), u"PARVIS_ATTACHMENT_BAD_FILE"_s);
        // What others add or leave out, and what changes nothing.
        QCOMPARE(withKey(u"key_ops"_s, QJsonArray{u"decrypt"_s}), QString());
        QJsonObject more = good;
        more["mimetype"_L1] = u"text/plain"_s;
        more.remove("url"_L1);
        QVERIFY(EncryptedFile::parse(compact(more))->url.isEmpty());
    }

    void handsOutNothingOfADamagedFile()
    {
        const QByteArray plaintext(1000, 'p');
        QBuffer from;
        QBuffer to;
        from.setData(plaintext);
        QVERIFY(from.open(QIODevice::ReadOnly) && to.open(QIODevice::WriteOnly));
        const auto file = encryptAttachment(from, to);
        QVERIFY(file);
        for (qsizetype at = 0; at < to.data().size(); at += 7) {
            for (const QByteArray &bad : {flipped(to.data(), at, int(at % 8)), to.data().first(at),
                                          to.data() + to.data().first(at + 1)}) {
                const Decrypted refused = decrypt(*file, bad);
                QCOMPARE(refused.code, u"PARVIS_ATTACHMENT_DAMAGED"_s);
                QVERIFY(refused.plaintext.isEmpty());
            }
        }
    }

    void comesBackAsItWent()
    {
        for (const qsizetype size : {0, 1, 15, 16, 65'535, 65'536, 65'537, 300'000}) {
            QByteArray plaintext(size, 'p');
            QBuffer from(&plaintext);
            QBuffer to;
            QVERIFY(from.open(QIODevice::ReadOnly) && to.open(QIODevice::WriteOnly));
            auto file = encryptAttachment(from, to);
            QVERIFY(file);
            QCOMPARE(to.data().size(), size);
            QVERIFY(size < 15 || to.data() != plaintext);
            QCOMPARE(file->iv.last(8), QByteArray(8, '\0'));
            file->url = u"mxc://x/\"y"_s;

            const auto read = EncryptedFile::parse(file->toJson());
            QVERIFY(read && read->url == file->url);
            const Decrypted again = decrypt(*read, to.data());
            QCOMPARE(again.code, QString());
            QCOMPARE(again.plaintext, plaintext);
        }
    }

    void takesANewKeyEachTime()
    {
        auto one = AttachmentEncryptor::start();
        auto two = AttachmentEncryptor::start();
        QVERIFY(one && two);
        QByteArray first = "text";
        QByteArray second = "text";
        QVERIFY(one->apply(first) && two->apply(second));
        const EncryptedFile a = one->finish();
        const EncryptedFile b = two->finish();
        QVERIFY(!a.key.equals(b.key.view()) && a.iv != b.iv && a.sha256 != b.sha256 && first != second);
    }

    void noticesAFileThatChangesMeanwhile()
    {
        QByteArray plaintext(200'000, 'p');
        QBuffer from(&plaintext);
        ChangingFile to([](QByteArray &bytes) { bytes = flipped(bytes, 0); });
        QVERIFY(from.open(QIODevice::ReadOnly) && to.open(QIODevice::ReadWrite));
        const auto file = encryptAttachment(from, to);
        QVERIFY(file);
        QBuffer out;
        QVERIFY(out.open(QIODevice::WriteOnly));

        QCOMPARE(codeOf(decryptAttachment(to, *file, out)), u"PARVIS_ATTACHMENT_DAMAGED"_s);
    }

    void saysWhatItCannotReadOrWrite()
    {
        QByteArray plaintext(200'000, 'p');
        QBuffer from(&plaintext);
        QBuffer to;
        QVERIFY(from.open(QIODevice::ReadOnly) && to.open(QIODevice::ReadWrite));
        const auto file = encryptAttachment(from, to);
        QVERIFY(file);

        QVERIFY(from.seek(0));
        QBuffer closed;
        QTest::ignoreMessage(QtWarningMsg, "QIODevice::write (QBuffer): device not open");
        QCOMPARE(codeOf(encryptAttachment(from, closed)), u"PARVIS_FILE_NOT_WRITTEN"_s);
        QCOMPARE(codeOf(decryptAttachment(closed, *file, to)), u"PARVIS_FILE_UNREADABLE"_s);
        QCOMPARE(codeOf(decryptAttachment(to, {}, closed)), u"PARVIS_BAD_KEY_SIZE"_s);

        QVERIFY(from.seek(0));
        QBuffer out;
        QVERIFY(out.open(QIODevice::WriteOnly));
        QList<qint64> seen;
        const auto stopped = encryptAttachment(from, out, [&](qint64 done, qint64 total) {
            seen += done;
            return done < total;
        });
        QCOMPARE(codeOf(stopped), u"PARVIS_CANCELLED"_s);
        QCOMPARE(seen, (QList<qint64>{65'536, 131'072, 196'608, 200'000}));
    }

    void opensTheFilesOfOthers()
    {
        const auto vectors = sharedVectors();
        if (!vectors)
            return;
        for (const auto &name : {u"rust-sdk"_s, u"mtxclient"_s}) {
            const auto row =
                QJsonDocument::fromJson(fileBytes(vectors->filePath(name + u"/attachment.json"_s)));
            const Decrypted other = decrypt(compact(row["file"_L1]), hex(row["ciphertext_hex"_L1]));
            QCOMPARE(other.code, QString());
            QCOMPARE(other.plaintext, row["plaintext"_L1].toString().toUtf8());
        }
    }
};

QTEST_APPLESS_MAIN(tst_AttachmentEncryption)
#include "tst_attachment_encryption.moc"

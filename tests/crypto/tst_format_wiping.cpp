// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/attachment_encryption.h"
#include "crypto/backup_encryption.h"
#include "crypto/json_records.h"
#include "crypto/key_export.h"
#include "crypto/recovery_key.h"
#include "crypto/sas.h"
#include "crypto/secret_storage.h"

#include <QBuffer>
#include <QTest>

#include "format_values.h"
#include "freed_memory.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace parvis::test;
using namespace Qt::StringLiterals;

/// What the formats leave in memory of the keys that go through them: nothing.
class tst_FormatWiping : public QObject
{
    Q_OBJECT

private:
    const QByteArray m_marker = "a marker of thirty-two letters!!";

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(m_marker.size(), 32);
        if (!PARVIS_OWN_HEAP)
            QSKIP("the heap belongs to the sanitizer");
    }

    void recoveryKeys()
    {
        const QByteArray typed = bytesOf(*encodeRecoveryKey(Secret(m_marker)));
        const QByteArray groups = typed.sliced(20, 24);
        const auto work = [&] {
            const auto text = encodeRecoveryKey(Secret(m_marker));
            QVERIFY(text && decodeRecoveryKey(text->view())->equals(m_marker));
            QVERIFY(!decodeRecoveryKey(text->view().chopped(1)));
        };

        QCOMPARE(leftBehind(m_marker, work), 0);
        QCOMPARE(leftBehind(groups, work), 0);
    }

    void storedSecrets()
    {
        const Secret key = Secret::random(32);
        QCOMPARE(leftBehind(m_marker,
                            [&] {
                                const auto stored = encryptSecretKey(key, u"name"_s, Secret(m_marker));
                                QVERIFY(decryptSecretKey(key, u"name"_s, *stored)->equals(m_marker));
                            }),
                 0);
        QCOMPARE(leftBehind(m_marker,
                            [&] {
                                const Secret own(m_marker);
                                const auto stored = encryptSecret(own, u"name"_s, key);
                                QVERIFY(decryptSecret(own, u"name"_s, *stored)->equals(key.view()));
                            }),
                 0);
        const PassphraseRecipe recipe{"salt", 10};
        const QByteArray derived = bytesOf(*storageKeyFromPassphrase("words", recipe));
        QCOMPARE(leftBehind(derived, [&] { QVERIFY(storageKeyFromPassphrase("words", recipe)); }), 0);
    }

    void backups()
    {
        const Secret key = Secret::random(32);
        const auto publicKey = backupPublicKey(key);
        QCOMPARE(leftBehind(m_marker,
                            [&] {
                                const auto data = encryptForBackup(*publicKey, Secret(m_marker));
                                QVERIFY(decryptFromBackup(key, *data)->equals(m_marker));
                            }),
                 0);
        QCOMPARE(leftBehind(m_marker,
                            [&] {
                                const Secret own(m_marker);
                                const auto data = encryptForBackup(*backupPublicKey(own), key);
                                QVERIFY(decryptFromBackup(own, *data)->equals(key.view()));
                            }),
                 0);
    }

    void sharedSecrets()
    {
        const auto one = newCurve25519Pair();
        const auto two = newCurve25519Pair();
        const QByteArray shared = bytesOf(*sasSharedSecret(*one, two->publicKey));
        QCOMPARE(leftBehind(shared,
                            [&] {
                                const auto again = sasSharedSecret(*two, one->publicKey);
                                QVERIFY(again && sasBytes(*again, {}) && sasMacs(*again, {}, {}));
                            }),
                 0);
    }

    void keyFiles()
    {
        const QByteArray record = "{\"session_key\":\"" + m_marker + "\"}";
        QBuffer file;
        QVERIFY(file.open(QIODevice::ReadWrite));
        QCOMPARE(leftBehind(m_marker,
                            [&] {
                                auto writer = KeyExportWriter::begin(file, "words", 1);
                                QVERIFY(writer);
                                for (int i = 0; i < 5000; ++i)
                                    QVERIFY(writer->add(record));
                                QVERIFY(writer->finish());
                            }),
                 0);
        QCOMPARE(leftBehind(m_marker,
                            [&] {
                                const auto count =
                                    readKeyExport(file, "words",
                                                  [&record](const QByteArray &one) { return one == record; });
                                QCOMPARE(count.value(), 5000);
                            }),
                 0);
        QCOMPARE(leftBehind(m_marker,
                            [&] {
                                const auto stopped =
                                    readKeyExport(file, "words", [](const QByteArray &) { return false; });
                                QCOMPARE(codeOf(stopped), u"PARVIS_CANCELLED"_s);
                            }),
                 0);
    }

    void halfARecord()
    {
        const QByteArray text = "[{\"session_key\":\"" + m_marker;
        QCOMPARE(leftBehind(m_marker,
                            [&] {
                                JsonRecords records(100, [](const QByteArray &) { return true; });
                                QVERIFY(records.add(text) && !records.finish());
                            }),
                 0);
    }

    void attachments()
    {
        EncryptedFile file;
        file.iv = QByteArray(16, 'i');
        file.sha256 = QByteArray(32, 'h');
        file.key = Secret(m_marker);
        QBuffer none;
        QVERIFY(none.open(QIODevice::ReadWrite));
        QCOMPARE(leftBehind(m_marker,
                            [&] {
                                EncryptedFile moved = std::move(file);
                                QCOMPARE(codeOf(decryptAttachment(none, moved, none)),
                                         u"PARVIS_ATTACHMENT_DAMAGED"_s);
                            }),
                 0);
    }
};

QTEST_APPLESS_MAIN(tst_FormatWiping)
#include "tst_format_wiping.moc"

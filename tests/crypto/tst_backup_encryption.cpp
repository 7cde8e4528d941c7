// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/backup_encryption.h"
#include "crypto/ciphers.h"
#include "crypto/exported_session.h"
#include "crypto/key_agreement.h"
#include "crypto/megolm_inbound.h"
#include "crypto/recovery_key.h"
#include "fakes/vectors.h"

#include <QJsonArray>
#include <QTest>

#include "format_values.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace parvis::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray changed(const QJsonValue &data, const QString &name, const QJsonValue &value)
{
    QJsonObject object = data.toObject();
    object[name] = value;
    return compact(object);
}

QString parseCode(const QByteArray &json)
{
    return codeOf(BackupSessionData::parse(json));
}

} // namespace

/// The key backup, of which the server can make up everything but what needs the private key.
class tst_BackupEncryption : public QObject
{
    Q_OBJECT

private:
    const QJsonDocument m_vectors = ownVectors(u"backup"_s);
    const Secret m_private{hex(m_vectors["private_key_hex"_L1])};
    const Curve25519Key m_public{m_vectors["public_key"_L1].toString()};
    const QJsonValue m_data = m_vectors["session_data"_L1];

private Q_SLOTS:
    void knowsItsPublicKey()
    {
        QCOMPARE(backupPublicKey(m_private).value(), m_public);
        const auto typed = decodeRecoveryKey(m_vectors["recovery_key"_L1].toString().toLatin1());
        QVERIFY(typed && typed->equals(m_private.view()));
        QCOMPARE(codeOf(backupPublicKey(Secret(QByteArray(31, 'k')))), u"PARVIS_BAD_KEY_SIZE"_s);
    }

    void encryptsAndDecryptsTheKnownSession()
    {
        const auto data = BackupSessionData::parse(compact(m_data));
        QVERIFY(data);
        QCOMPARE(QJsonDocument::fromJson(data->toJson()).object(), m_data.toObject());

        const auto plaintext = decryptFromBackup(m_private, *data);
        QVERIFY(plaintext);
        QCOMPARE(bytesOf(*plaintext), m_vectors["plaintext"_L1].toString().toUtf8());

        const auto again =
            encryptForBackup(m_public, *plaintext, Secret(hex(m_vectors["ephemeral_private_hex"_L1])));
        QVERIFY(again);
        QCOMPARE(again->toJson(), data->toJson());

        const auto session = ExportedSession::parseBackedUp(plaintext->view());
        QVERIFY(session && session->room.isEmpty() && !session->sharedHistory);
        QVERIFY(MegolmInbound::fromExport(bytesOf(session->sessionKey)));
    }

    void cannotNoticeAlteredCiphertext()
    {
        const QJsonValue tampered =
            m_vectors["tampered_ciphertext_with_still_valid_mac"_L1]["session_data"_L1];
        const auto plaintext = decryptFromBackup(m_private, *BackupSessionData::parse(compact(tampered)));

        QVERIFY(plaintext); // the format's weakness, not ours: what is in it must be checked
        QCOMPARE(codeOf(ExportedSession::parseBackedUp(plaintext->view())), u"PARVIS_ROOM_KEY_RECORD"_s);
    }

    void refusesAnotherKey()
    {
        const auto data = BackupSessionData::parse(compact(m_data));
        QCOMPARE(codeOf(decryptFromBackup(Secret::random(32), *data)), u"PARVIS_BACKUP_OTHER_KEY"_s);
        QCOMPARE(codeOf(decryptFromBackup(Secret(QByteArray(16, 'k')), *data)), u"PARVIS_BAD_KEY_SIZE"_s);
        for (qsizetype i = 0; i < data->mac.size(); ++i) {
            BackupSessionData bad = *data;
            bad.mac = flipped(bad.mac, i, int(i));
            QCOMPARE(codeOf(decryptFromBackup(m_private, bad)), u"PARVIS_BACKUP_OTHER_KEY"_s);
        }
        BackupSessionData padding = *data;
        padding.ciphertext = QByteArray(32, 'x');
        QCOMPARE(codeOf(decryptFromBackup(m_private, padding)), u"PARVIS_BACKUP_DATA"_s);
    }

    void refusesKeysOfLowOrder()
    {
        const QJsonArray rows = ownVectors(u"x25519-low-order"_s).array();
        QVERIFY(rows.size() >= 7);
        for (const auto &row : rows) {
            const Curve25519Key key(row["public_b64"_L1].toString());
            QCOMPARE(parseCode(changed(m_data, u"ephemeral"_s, key.toString())), u"PARVIS_UNSAFE_KEY"_s);
            QCOMPARE(codeOf(encryptForBackup(key, Secret(QByteArray("x")))), u"PARVIS_UNSAFE_KEY"_s);
            QCOMPARE(codeOf(agreedSecret(m_private, key)), u"PARVIS_UNSAFE_KEY"_s);
        }
    }

    void refusesDataOfOtherShapes()
    {
        const auto bad = u"PARVIS_BACKUP_DATA"_s;
        const QByteArray good = compact(m_data);
        for (qsizetype size = 0; size < good.size(); ++size)
            QCOMPARE(parseCode(good.first(size)), bad);
        for (const auto &name : {u"ephemeral"_s, u"ciphertext"_s, u"mac"_s}) {
            for (const QJsonValue &value :
                 {QJsonValue(), QJsonValue(1), QJsonValue(u""_s), QJsonValue(u"AA"_s), QJsonValue(u"*"_s),
                  QJsonValue(QJsonArray{}), QJsonValue(QString(90'000, u'A'))})
                QCOMPARE(parseCode(changed(m_data, name, value)), bad);
        }
        QCOMPARE(parseCode(changed(m_data, u"other"_s, QString(200'000, u'x'))), bad);
        QCOMPARE(codeOf(encryptForBackup(m_public, Secret(QByteArray(70'000, 'x')))), bad);
    }

    void comesBackAsItWent()
    {
        for (const int size : {0, 1, 15, 16, 17, 1000, 65'535}) {
            const Secret text(QByteArray(size, 't'));
            const auto one = encryptForBackup(m_public, text);
            const auto two = encryptForBackup(m_public, text);
            QVERIFY(one && two && one->ephemeral != two->ephemeral && one->ciphertext != two->ciphertext);
            const auto read = BackupSessionData::parse(one->toJson());
            QVERIFY(read);
            QVERIFY(decryptFromBackup(m_private, *read).value().equals(text.view()));
        }
    }

    void writesSharedHistoryInTheTwoNamesThatWork()
    {
        ExportedSession session =
            ExportedSession::parseBackedUp(m_vectors["plaintext"_L1].toString().toUtf8()).value();
        for (const bool shared : {true, false}) {
            session.sharedHistory = shared;
            session.room = RoomId(u"!r:x"_s);
            session.session = SessionId(u"id"_s);
            const QJsonObject written = QJsonDocument::fromJson(session.toJson()).object();
            QCOMPARE(written["shared_history"_L1], QJsonValue(shared));
            QCOMPARE(written["m.shared_history"_L1], QJsonValue(shared));
            QVERIFY(!written.contains("org.matrix.msc3061.shared_history"_L1));
            const auto read = ExportedSession::parse(session.toJson());
            QVERIFY(read && read->sharedHistory == shared && read->room == session.room);
        }
        for (const auto &name :
             {u"shared_history"_s, u"m.shared_history"_s, u"org.matrix.msc3061.shared_history"_s}) {
            const QJsonValue plain =
                QJsonDocument::fromJson(m_vectors["plaintext"_L1].toString().toUtf8()).object();
            QVERIFY(ExportedSession::parseBackedUp(changed(plain, name, true))->sharedHistory);
            QVERIFY(!ExportedSession::parseBackedUp(changed(plain, name, u"true"_s))->sharedHistory);
        }
    }

    void refusesRecordsThatAreNoKeys()
    {
        const QJsonValue plain =
            QJsonDocument::fromJson(m_vectors["plaintext"_L1].toString().toUtf8()).object();
        const auto code = [&](const QString &name, const QJsonValue &value) {
            return codeOf(ExportedSession::parseBackedUp(changed(plain, name, value)));
        };
        const auto bad = u"PARVIS_ROOM_KEY_RECORD"_s;
        QCOMPARE(code(u"algorithm"_s, u"m.megolm.v2"_s), bad);
        QCOMPARE(code(u"sender_key"_s, u"AAAA"_s), bad);
        QCOMPARE(code(u"session_key"_s, u"not \" base64"_s), bad);
        QCOMPARE(code(u"session_key"_s, QString(2000, u'A')), bad);
        QCOMPARE(code(u"session_key"_s, 5), bad);
        QCOMPARE(code(u"sender_claimed_keys"_s, QJsonObject{{"ed25519"_L1, "short"_L1}}), bad);
        QCOMPARE(code(u"sender_claimed_keys"_s, QJsonObject{}), QString());
        QCOMPARE(code(u"forwarding_curve25519_key_chain"_s, QString(100'000, u'x')), bad);
        // A key file names room and session.
        QCOMPARE(codeOf(ExportedSession::parse(compact(plain))), bad);
        QCOMPARE(codeOf(ExportedSession::parse(changed(plain, u"room_id"_s, QString(256, u'r')))), bad);
    }

    void readsTheBackupOfOthers()
    {
        const auto vectors = sharedVectors();
        if (!vectors)
            return;
        const auto rust = QJsonDocument::fromJson(fileBytes(vectors->filePath(u"rust-sdk/backup.json"_s)));
        const auto data = BackupSessionData::parse(compact(rust["key_backup_data"_L1]["session_data"_L1]));
        QVERIFY(data);
        const auto plaintext = decryptFromBackup(Secret(base64(rust["decryption_key_b64"_L1])), *data);
        QVERIFY(plaintext);
        QCOMPARE(QJsonDocument::fromJson(bytesOf(*plaintext)).object(), rust["plaintext"_L1].toObject());
    }
};

QTEST_APPLESS_MAIN(tst_BackupEncryption)
#include "tst_backup_encryption.moc"

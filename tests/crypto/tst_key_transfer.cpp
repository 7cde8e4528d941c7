// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/exported_session.h"
#include "crypto/key_transfer.h"
#include "crypto/megolm_inbound.h"
#include "crypto/megolm_outbound.h"

#include <QBuffer>
#include <QTest>

#include <algorithm>
#include <tuple>

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class KeyTransferTest : public QObject
{
    Q_OBJECT

private:
    static constexpr auto words = "quatre mots";

    [[nodiscard]] static ExportedSession session(const RoomId &room)
    {
        const auto outbound = MegolmOutbound::create();
        const auto inbound = MegolmInbound::fromSessionKey(outbound->sessionKey()->view().toByteArray());
        return {.room = room,
                .session = outbound->id(),
                .senderKey = Curve25519Key(QString(43, u'c')),
                .claimedKey = {},
                .sessionKey = *inbound->exportAt(0),
                .sharedHistory = false};
    }
    [[nodiscard]] static QByteArray fileOf(int keys)
    {
        QBuffer file;
        file.open(QIODevice::WriteOnly);
        auto writer = KeyExportWriter::begin(file, words, 1);
        for (int i = 0; i < keys; ++i)
            if (!writer->add(session(RoomId(u"!r%1:x"_s.arg(i % 7))).toJson()))
                qFatal("no file");
        if (!writer->finish())
            qFatal("no file");
        return file.data();
    }

private Q_SLOTS:
    /// The store has one page to write for many keys then, and the core thread begins early.
    void keysComeSortedAndTheFirstOnesSoon()
    {
        constexpr int keys = 3 * importSlice + 10;
        QByteArray bytes = fileOf(keys);
        QBuffer file(&bytes);
        file.open(QIODevice::ReadOnly);
        QList<QList<InboundSessionRecord>> windows;
        const KeyImporter importer(Secret(QByteArray(32, 'p')));

        const auto counts = prepareKeyFile(file, words, importer, [&](const auto &window) {
            windows.append(window);
            return true;
        });

        QVERIFY(counts);
        QCOMPARE(counts->usable, keys);
        QCOMPARE(windows.size(), 3);
        QCOMPARE(windows.at(0).size(), importSlice);
        QCOMPARE(windows.at(1).size(), 2 * importSlice);
        for (const auto &window : windows)
            QVERIFY(std::is_sorted(window.cbegin(), window.cend(), [](const auto &a, const auto &b) {
                return std::tie(a.room, a.session) < std::tie(b.room, b.session);
            }));
    }

    /// Of its signing key half of all bytes are none: it would be kept, and open nothing.
    void aKeyWhoseSigningKeyIsNoPointIsNotTaken()
    {
        const KeyImporter importer(Secret(QByteArray(32, 'p')));
        ExportedSession key = session(RoomId(u"!r:x"_s));
        QVERIFY(importer.prepare(key));

        QByteArray bytes = QByteArray::fromBase64(key.sessionKey.view().toByteArray());
        bytes.replace(bytes.size() - 32, 32, '\x02' + QByteArray(31, '\0')); // y = 2 is not on the curve
        key.sessionKey = Secret(bytes.toBase64(QByteArray::OmitTrailingEquals));
        key.session = SessionId(QString::fromLatin1(bytes.last(32).toBase64(QByteArray::OmitTrailingEquals)));

        QVERIFY(!importer.prepare(key));
    }
};

QTEST_GUILESS_MAIN(KeyTransferTest)
#include "tst_key_transfer.moc"

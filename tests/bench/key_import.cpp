// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "key_import.h"

#include "crypto/ciphers.h"
#include "crypto/ed25519_point_p.h"
#include "crypto/exported_session.h"
#include "crypto/key_export.h"
#include "crypto/megolm_inbound.h"
#include "crypto/megolm_outbound.h"
#include "engine/bulk_keys.h"
#include "engine/core_world.h"

#include <QElapsedTimer>
#include <QFile>
#include <QtEndian>

#include <olm/olm.h>

#include <simdjson.h>

using namespace parvis::crypto;

namespace parvis::bench {

namespace {

constexpr auto passphrase = "quatre mots";

bool writeFile(const QString &path, int keys)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    auto writer = KeyExportWriter::begin(file, passphrase);
    for (int i = 0; writer && i < keys; ++i) {
        const auto outbound = MegolmOutbound::create();
        const auto inbound = MegolmInbound::fromSessionKey(outbound->sessionKey()->view().toByteArray());
        const ExportedSession key{.room = RoomId(u"!r%1:bench"_s.arg(i % 200)),
                                  .session = outbound->id(),
                                  .senderKey = Curve25519Key(QString(43, u'c')),
                                  .claimedKey = Ed25519Key(QString(43, u'g')),
                                  .sessionKey = *inbound->exportAt(0),
                                  .sharedHistory = i % 2 == 0};
        if (!writer->add(key.toJson()))
            return false;
    }
    return writer && writer->finish();
}

QByteArray clearText(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    const qsizetype from = text.indexOf('\n') + 1;
    QByteArray bytes = QByteArray::fromBase64(text.sliced(from, text.lastIndexOf("-----END") - from));
    const auto keys = pbkdf2Sha512(passphrase, QByteArrayView(bytes).sliced(1, 16),
                                   qFromBigEndian<quint32>(bytes.constData() + 33), 64);
    MacStream mac(Secret(keys->view().last(32)));
    mac.add(QByteArrayView(bytes).chopped(32));
    if (mac.result() != bytes.last(32))
        return {};
    auto cipher = CtrStream::start(Secret(keys->view().first(32)), QByteArrayView(bytes).sliced(17, 16));
    bytes = bytes.sliced(37).chopped(32);
    return cipher->apply(bytes) ? bytes : QByteArray();
}

bool importOne(std::string_view key, const QByteArray &pickleKey)
{
    static std::vector<char> memory(olm_inbound_group_session_size());
    OlmInboundGroupSession *session = olm_inbound_group_session(memory.data());
    const QByteArray copy(key.data(), qsizetype(key.size()));
    if (olm_import_inbound_group_session(session, reinterpret_cast<const uint8_t *>(copy.constData()),
                                         size_t(copy.size()))
        == olm_error())
        return false;
    if (!isEd25519Point(QByteArrayView(QByteArray::fromBase64(copy)).last(32)))
        return false;
    QByteArray pickle(qsizetype(olm_pickle_inbound_group_session_length(session)), Qt::Uninitialized);
    return olm_pickle_inbound_group_session(session, pickleKey.constData(), size_t(pickleKey.size()),
                                            pickle.data(), size_t(pickle.size()))
        != olm_error();
}

void measureBare(const QString &path, int keys, KeyImport &found)
{
    const Stopwatch watch;
    const QByteArray json = clearText(path);
    const QByteArray pickleKey(32, 'p');
    simdjson::ondemand::parser parser;
    const simdjson::padded_string padded(json.constData(), size_t(json.size()));
    simdjson::ondemand::document document;
    int imported = 0;
    if (parser.iterate(padded).get(document) == simdjson::SUCCESS) {
        for (auto record : document.get_array()) {
            std::string_view key;
            if (record["session_key"].get(key) == simdjson::SUCCESS && importOne(key, pickleKey))
                ++imported;
        }
    }
    found.good = found.good && imported == keys;
    found.floor.ms += watch.processorMs();
    found.floorWall.ms += watch.wallMs();
}

void measureEngine(const QString &path, int keys, KeyImport &found)
{
    CoreWorld world;
    if (!world.attach())
        qFatal("not attached");
    qint64 longest = 0;
    QElapsedTimer turn;
    QTimer beat;
    QObject::connect(&beat, &QTimer::timeout, &beat, [&] { longest = std::max(longest, turn.restart()); });
    turn.start();
    const Stopwatch watch;
    beat.start(1);
    const auto read =
        await(BulkKeys::importFile(world.engine(), path, Secret(QByteArrayView(passphrase))), 3'600'000);
    found.engine.ms += watch.processorMs();
    found.engineWall.ms += watch.wallMs();
    found.good = found.good && read && *read == (parvis::KeyCounts{keys, keys});
    found.longestTurn.ms += double(longest);
}

} // namespace

KeyImport measureKeyImport(int keys, int rounds)
{
    KeyImport found;
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"keys.txt"_s);
    found.good = writeFile(path, keys);
    for (int round = 0; found.good && round < rounds; ++round) {
        measureBare(path, keys, found);
        measureEngine(path, keys, found);
    }
    return found;
}

} // namespace parvis::bench

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "megolm_reading.h"

#include "crypto/peer.h"

#include <QElapsedTimer>

#include <olm/olm.h>

#include <map>

#include "keys_on_disk.h"

using namespace Qt::StringLiterals;
using namespace parvis::crypto;

namespace parvis::bench {

namespace {

constexpr auto pickleKey = "0123456789abcdef0123456789abcdef"; // Peer's
constexpr int pageSize = 50;

/// What was said in a room, and what its reader knew when everything had come.
struct Conversation {
    QList<QByteArray> events;
    MemoryCryptoStore::Tables reader;
    UserId user;
    DeviceId device;
};

Conversation conversation(const RoomId &room, int messages)
{
    FakeKeyServer server;
    FakeClock clock;
    Peer alice(server, clock, u"@alice:bench"_s, u"ALICE"_s);
    Peer bob(server, clock, u"@bob:bench"_s, u"BOB"_s);
    for (Peer *peer : {&alice, &bob}) {
        peer->flush();
        peer->encryptRoom(room);
    }
    Conversation made{.events = {}, .reader = {}, .user = bob.user(), .device = bob.device()};
    const QString text =
        u"Bonjour à tous, la réunion de demain est reportée à jeudi, même heure. "_s.repeated(3);
    for (int i = 0; i < messages; ++i)
        made.events.append(alice.say(room, alice.with({&bob}), text + QString::number(i)));
    bob.sync();
    bob.sync();
    // the senders' devices are known: the shields cost what they cost a person
    (void)bob.machine->trackUsers({alice.user()});
    bob.flush();
    made.reader = bob.store.tables;
    return made;
}

/// libolm alone. A member of the person's own time: unpickling is not counted.
class BareSessions
{
public:
    explicit BareSessions(const MemoryCryptoStore::Tables &tables)
    {
        for (const auto &[key, record] : tables.inbound) {
            std::vector<char> &memory = m_memory[record.session.toString()];
            memory.resize(olm_inbound_group_session_size());
            OlmInboundGroupSession *session = olm_inbound_group_session(memory.data());
            QByteArray pickle = record.pickle;
            if (olm_unpickle_inbound_group_session(session, pickleKey, 32, pickle.data(),
                                                   size_t(pickle.size()))
                == olm_error())
                qFatal("a pickle does not open");
        }
    }

    /// The length of the text; 0: not readable.
    size_t read(const QString &id, const QByteArray &ciphertext)
    {
        auto *session = reinterpret_cast<OlmInboundGroupSession *>(m_memory.at(id).data());
        QByteArray copy = ciphertext;
        const size_t room = olm_group_decrypt_max_plaintext_length(
            session, reinterpret_cast<uint8_t *>(copy.data()), size_t(copy.size()));
        if (room == olm_error())
            return 0;
        QByteArray text(qsizetype(room), Qt::Uninitialized);
        copy = ciphertext;
        uint32_t index = 0;
        const size_t length =
            olm_group_decrypt(session, reinterpret_cast<uint8_t *>(copy.data()), size_t(copy.size()),
                              reinterpret_cast<uint8_t *>(text.data()), room, &index);
        return length == olm_error() ? 0 : length;
    }

private:
    std::map<QString, std::vector<char>> m_memory;
};

double bareMs(const Conversation &made, qsizetype &readable)
{
    BareSessions sessions(made.reader);
    QList<std::pair<QString, QByteArray>> ciphertexts;
    for (const QByteArray &event : made.events) {
        const QJsonObject content = FakeKeyServer::parse(event)[u"content"].toObject();
        ciphertexts.append({content[u"session_id"].toString(), content[u"ciphertext"].toString().toLatin1()});
    }
    QElapsedTimer timer;
    timer.start();
    for (const auto &[session, ciphertext] : std::as_const(ciphertexts))
        readable += sessions.read(session, ciphertext) > 0 ? 1 : 0;
    return double(timer.nsecsElapsed()) / 1e6;
}

double machineMs(const Conversation &made, const RoomId &room, qsizetype &readable)
{
    const FakeClock clock;
    KeysOnDisk keys(made.reader);
    const auto machine =
        CryptoMachine::open(keys.store(), made.user, made.device, Secret(QByteArrayView(pickleKey)), clock);
    if (!machine)
        qFatal("the machine does not open");
    QElapsedTimer timer;
    timer.start();
    for (qsizetype from = 0; from < made.events.size(); from += pageSize) {
        const auto page = (*machine)->decrypt(room, made.events.mid(from, pageSize));
        for (const DecryptionResult &result : page ? *page : QList<DecryptionResult>())
            readable += std::holds_alternative<DecryptedEvent>(result) ? 1 : 0;
    }
    return double(timer.nsecsElapsed()) / 1e6;
}

} // namespace

MegolmReading measureMegolmReading(int messages, int rounds)
{
    const RoomId room(u"!room:bench"_s);
    const Conversation made = conversation(room, messages);
    MegolmReading found{.machine = {}, .floor = {}, .messages = messages};
    for (int round = 0; round < rounds; ++round) {
        qsizetype bare = 0;
        qsizetype whole = 0;
        found.floor.ms += bareMs(made, bare);
        found.machine.ms += machineMs(made, room, whole);
        if (bare != messages || whole != messages)
            found.messages = 0;
    }
    return found;
}

} // namespace parvis::bench

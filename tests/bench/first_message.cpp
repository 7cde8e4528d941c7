// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "first_message.h"

#include "crypto/peer.h"

#include <QElapsedTimer>
#include <QRandomGenerator>

#include <olm/olm.h>

#include "keys_on_disk.h"

using namespace Qt::StringLiterals;
using namespace parvis::crypto;

namespace parvis::bench {

namespace {

constexpr auto pickleKey = "0123456789abcdef0123456789abcdef"; // Peer's
constexpr int devicesOfEach = 4;
const RoomId room(u"!room:bench"_s);

/// A server with everybody's keys on it, and the sender as it was before it knew any of them.
struct World {
    FakeKeyServer server;
    FakeClock clock;
    MemoryCryptoStore::Tables sender;
    RoomMembers members;
    UserId user{u"@alice:bench"_s};
    DeviceId device{u"ALICE"_s};
};

World world(int devices)
{
    World made;
    Peer alice(made.server, made.clock, made.user.toString(), made.device.toString());
    alice.flush();
    alice.encryptRoom(room);
    made.sender = alice.store.tables;
    made.members.joined.append(made.user);
    for (int i = 0; i < devices; ++i) {
        const QString user = u"@p%1:bench"_s.arg(i / devicesOfEach);
        Peer peer(made.server, made.clock, user, u"D%1"_s.arg(i));
        peer.flush();
        if (i % devicesOfEach == 0)
            made.members.joined.append(UserId(user));
    }
    return made;
}

template <typename Work>
auto timed(double &sum, Work work)
{
    QElapsedTimer timer;
    timer.start();
    auto result = work();
    sum += double(timer.nsecsElapsed()) / 1e6;
    return result;
}

/// The machine as the send queue uses it; the time of each step is what the machine took, not the server.
class Sending
{
public:
    Sending(World world, FirstMessage &found)
        : m_world(std::move(world)),
          m_keys(m_world.sender),
          m_found(found),
          m_machine(*CryptoMachine::open(m_keys.store(), m_world.user, m_world.device,
                                         Secret(QByteArrayView(pickleKey)), m_world.clock))
    {
    }

    [[nodiscard]] bool run()
    {
        for (int round = 0; round < 1000; ++round) {
            const auto readiness =
                timed(m_sharing, [&] { return m_machine->prepareSend(room, m_world.members); });
            if (!readiness)
                return false;
            if (readiness->ready)
                return finish();
            const auto requests = timed(m_rest, [&] { return m_machine->outgoing(); });
            if (!requests)
                return false;
            for (const OutgoingRequest &request : *requests)
                answer(request);
        }
        return false;
    }

private:
    void answer(const OutgoingRequest &request)
    {
        QByteArray body = "{}";
        double *step = &m_rest;
        if (const auto *query = std::get_if<KeysQuery>(&request.what)) {
            body = m_world.server.query(query->body);
            step = &m_devices;
        } else if (const auto *claim = std::get_if<KeysClaim>(&request.what)) {
            body = m_world.server.claim(claim->body);
            step = &m_sessions;
        } else if (const auto *upload = std::get_if<KeysUpload>(&request.what)) {
            body = *m_world.server.upload({m_world.user.toString(), m_world.device.toString()}, upload->body);
        } else if (const auto *send = std::get_if<SendToDevice>(&request.what)) {
            m_world.server.sendToDevice(m_world.user.toString(), *send);
        }
        (void)timed(*step, [&] { return m_machine->markSent(request.id, body); });
    }

    bool finish()
    {
        const auto event = timed(m_rest, [&] {
            return m_machine->encrypt(room, u"m.room.message"_s, R"({"msgtype":"m.text","body":"Bonjour"})",
                                      TransactionId());
        });
        m_found.devices.ms += m_devices;
        m_found.sessions.ms += m_sessions;
        m_found.sharing.ms += m_sharing;
        m_found.rest.ms += m_rest;
        m_found.total.ms += m_devices + m_sessions + m_sharing + m_rest;
        return event.has_value();
    }

    World m_world;
    KeysOnDisk m_keys;
    FirstMessage &m_found;
    std::unique_ptr<CryptoMachine> m_machine;
    double m_devices = 0;
    double m_sessions = 0;
    double m_sharing = 0;
    double m_rest = 0;
};

QByteArray randomBytes(size_t size)
{
    QByteArray bytes(qsizetype(size), Qt::Uninitialized);
    QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
    return bytes;
}

/// libolm alone: for each device a session out of its keys, and one message of a room key's size in it.
double bareMs(const World &world)
{
    QList<std::pair<QByteArray, QByteArray>> keys; // identity, one-time
    for (const auto &[address, device] : world.server.devices) {
        if (address.second == world.device.toString())
            continue;
        const QJsonObject published = device.keys[u"keys"].toObject();
        keys.append({published[u"curve25519:"_s + address.second].toString().toLatin1(),
                     device.oneTimeKeys.begin()->second[u"key"].toString().toLatin1()});
    }
    std::vector<char> accountMemory(olm_account_size());
    OlmAccount *account = olm_account(accountMemory.data());
    QByteArray seed = randomBytes(olm_create_account_random_length(account));
    olm_create_account(account, seed.data(), size_t(seed.size()));
    const QByteArray text(1800, 'k');

    QElapsedTimer timer;
    timer.start();
    for (const auto &[identity, oneTime] : std::as_const(keys)) {
        std::vector<char> memory(olm_session_size());
        OlmSession *session = olm_session(memory.data());
        QByteArray bytes = randomBytes(olm_create_outbound_session_random_length(session));
        if (olm_create_outbound_session(session, account, identity.data(), size_t(identity.size()),
                                        oneTime.data(), size_t(oneTime.size()), bytes.data(),
                                        size_t(bytes.size()))
            == olm_error())
            qFatal("libolm makes no session");
        QByteArray message(qsizetype(olm_encrypt_message_length(session, size_t(text.size()))),
                           Qt::Uninitialized);
        bytes = randomBytes(olm_encrypt_random_length(session));
        if (olm_encrypt(session, text.data(), size_t(text.size()), bytes.data(), size_t(bytes.size()),
                        message.data(), size_t(message.size()))
            == olm_error())
            qFatal("libolm encrypts nothing");
    }
    return double(timer.nsecsElapsed()) / 1e6;
}

} // namespace

FirstMessage measureFirstMessage(int devices, int rounds)
{
    const World made = world(devices);
    FirstMessage found;
    for (int round = 0; round < rounds; ++round) {
        found.floor.ms += bareMs(made);
        found.good = Sending(made, found).run() && found.good;
    }
    return found;
}

} // namespace parvis::bench

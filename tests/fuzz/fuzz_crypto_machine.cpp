// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/canonical_json.h"
#include "crypto/crypto_machine.h"
#include "crypto/device_keys.h"
#include "crypto/megolm_outbound.h"
#include "crypto/olm_account.h"
#include "crypto/olm_session.h"
#include "fakes/fake_clock.h"
#include "fakes/memory_crypto_store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "fuzz_target.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

const UserId victim(u"@victim:example.org"_s);
const UserId attacker(u"@attacker:example.org"_s);
const RoomId room(u"!room:example.org"_s);

QByteArray text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray event(const QJsonObject &content)
{
    return text({{u"type"_s, u"m.room.encrypted"_s},
                 {u"sender"_s, attacker.toString()},
                 {u"event_id"_s, u"$event"_s},
                 {u"origin_server_ts"_s, 1},
                 {u"content"_s, content}});
}

SyncCrypto syncOf(const QByteArray &toDevice)
{
    SyncCrypto sync;
    sync.toDevice.append(toDevice);
    return sync;
}

/// A machine, and a device that it knows, shares a room key with and must not trust. Every input starts from
/// the same store.
class Scene
{
public:
    Scene()
    {
        const auto machine = open();
        m_own = machine->ownKeys();
        fuzz::require(m_account.generateOneTimeKeys(1).has_value(), "keys can be made");
        fuzz::require(machine->trackUsers({attacker}).has_value(), "users can be followed");
        const QByteArray keys =
            R"({"device_keys":{")" + attacker.toString().toUtf8() + R"(":{"EVIL":)" + deviceKeys() + "}}}";
        answer<KeysQuery>(*machine, keys);
        fuzz::require(machine->devicesOf(attacker)->size() == 1, "the device is known");
        m_session = sessionToVictim(*machine);
        const QJsonObject roomKey{{u"algorithm"_s, u"m.megolm.v1.aes-sha2"_s},
                                  {u"room_id"_s, room.toString()},
                                  {u"session_id"_s, m_megolm.id().toString()},
                                  {u"session_key"_s, QString::fromLatin1(m_megolm.sessionKey()->view())}};
        const QByteArray message = toDevice(olmPlaintext(u"m.room_key"_s, text(roomKey)));
        const auto outcome = machine->receiveSync(syncOf(message));
        fuzz::require(outcome && outcome->roomKeys.size() == 1, "the room key is taken");
        m_groupPickle = m_megolm.pickle(m_key).value();
        m_start = m_store.tables;
    }

    [[nodiscard]] std::unique_ptr<CryptoMachine> fresh()
    {
        m_store.tables = m_start;
        return open();
    }

    /// A to-device event whose plaintext is @p plaintext, whatever that is.
    [[nodiscard]] QByteArray toDevice(const QByteArray &plaintext) const
    {
        auto session = OlmSession::fromPickle(m_session, m_key).value();
        const auto message = session.encrypt(plaintext);
        if (!message)
            return {};
        const QJsonObject forVictim{{u"type"_s, int(message->type)},
                                    {u"body"_s, QString::fromLatin1(message->body)}};
        return event({{u"algorithm"_s, u"m.olm.v1.curve25519-aes-sha2"_s},
                      {u"sender_key"_s, m_account.curveKey().toString()},
                      {u"ciphertext"_s, QJsonObject{{m_own.curve.toString(), forVictim}}}});
    }

    /// The plaintext of an honest device around a content that is none.
    [[nodiscard]] QByteArray olmPlaintext(const QString &type, const QByteArray &content) const
    {
        const QByteArray head =
            text({{u"sender"_s, attacker.toString()},
                  {u"recipient"_s, victim.toString()},
                  {u"recipient_keys"_s, QJsonObject{{u"ed25519"_s, m_own.signing.toString()}}},
                  {u"keys"_s, QJsonObject{{u"ed25519"_s, m_account.signingKey().toString()}}},
                  {u"type"_s, type}});
        return head.chopped(1) + R"(,"content":)" + content + '}';
    }

    [[nodiscard]] QByteArray roomEvent(const QByteArray &plaintext) const
    {
        auto session = MegolmOutbound::fromPickle(m_groupPickle, m_key).value();
        const auto ciphertext = session.encrypt(plaintext);
        if (!ciphertext)
            return {};
        return event({{u"algorithm"_s, u"m.megolm.v1.aes-sha2"_s},
                      {u"session_id"_s, session.id().toString()},
                      {u"ciphertext"_s, QString::fromLatin1(*ciphertext)}});
    }

    /// Answers all requests of one kind that are waiting.
    template <typename Request>
    static void answer(CryptoMachine &machine, const QByteArray &body)
    {
        const auto requests = machine.outgoing();
        fuzz::require(requests.has_value(), "there is always an answer to what is to be sent");
        for (const OutgoingRequest &request : *requests)
            if (std::holds_alternative<Request>(request.what))
                (void)machine.markSent(request.id, body);
    }

private:
    [[nodiscard]] std::unique_ptr<CryptoMachine> open()
    {
        auto machine = CryptoMachine::open(m_store, victim, DeviceId(u"VICTIM"_s), m_key.clone(), m_clock);
        fuzz::require(machine.has_value(), "what the machine stored it opens");
        return *std::move(machine);
    }

    [[nodiscard]] QByteArray deviceKeys() const
    {
        QJsonObject keys{
            {u"user_id"_s, attacker.toString()},
            {u"device_id"_s, u"EVIL"_s},
            {u"algorithms"_s, QJsonArray{u"m.olm.v1.curve25519-aes-sha2"_s, u"m.megolm.v1.aes-sha2"_s}},
            {u"keys"_s,
             QJsonObject{{u"curve25519:EVIL"_s, m_account.curveKey().toString()},
                         {u"ed25519:EVIL"_s, m_account.signingKey().toString()}}}};
        const QByteArray signature = m_account.sign(canonicalJson(keys).value()).value();
        keys[u"signatures"_s] = QJsonObject{
            {attacker.toString(), QJsonObject{{u"ed25519:EVIL"_s, QString::fromLatin1(signature)}}}};
        return text(keys);
    }

    /// With one of the keys that the victim uploads.
    [[nodiscard]] QByteArray sessionToVictim(CryptoMachine &machine) const
    {
        const auto requests = machine.outgoing().value();
        for (const OutgoingRequest &request : requests) {
            const auto *upload = std::get_if<KeysUpload>(&request.what);
            if (!upload)
                continue;
            const auto keys = QJsonDocument::fromJson(upload->body)["one_time_keys"_L1].toObject();
            fuzz::require(!keys.isEmpty(), "one-time keys are uploaded");
            const Curve25519Key key(keys.constBegin()->toObject()["key"_L1].toString());
            fuzz::require(machine.markSent(request.id, R"({"one_time_key_counts":{"signed_curve25519":50}})")
                              .has_value(),
                          "an upload can be answered");
            return OlmSession::outbound(m_account, m_own.curve, key)->pickle(m_key).value();
        }
        fuzz::require(false, "a new device uploads keys");
        return {};
    }

    Secret m_key{QByteArray(32, 'k')};
    FakeClock m_clock;
    MemoryCryptoStore m_store;
    MemoryCryptoStore::Tables m_start;
    OwnKeys m_own;
    OlmAccount m_account = OlmAccount::create().value();
    MegolmOutbound m_megolm = MegolmOutbound::create().value();
    QByteArray m_session;     ///< pickled, before its first message
    QByteArray m_groupPickle; ///< likewise
};

void receive(CryptoMachine &machine, const QByteArray &toDevice)
{
    const auto outcome = machine.receiveSync(syncOf(toDevice));
    fuzz::require(outcome.has_value(), "no to-device event stops a sync");
    for (const ReceivedToDevice &received : outcome->toDevice)
        fuzz::require(QJsonDocument::fromJson(received.content).isObject(), "what is passed on is an object");
}

void decrypt(CryptoMachine &machine, const QByteArray &roomEvent)
{
    const auto results = machine.decrypt(room, {roomEvent});
    fuzz::require(results && results->size() == 1, "every event has an answer");
    if (const auto *read = std::get_if<DecryptedEvent>(&results->front()))
        fuzz::require(QJsonDocument::fromJson(read->content).isObject(), "a content is an object");
}

} // namespace

/// The first byte says which of the machine's doors the rest comes in by; behind those that are locked, it is
/// properly encrypted first.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Scene scene;
    if (size == 0)
        return 0;
    const QByteArray input = fuzz::bytes(data + 1, size - 1);
    const auto machine = scene.fresh();
    switch (data[0] % 9) {
    case 0:
        receive(*machine, input);
        break;
    case 1:
        receive(*machine, scene.toDevice(input));
        break;
    case 2:
        receive(*machine, scene.toDevice(scene.olmPlaintext(u"m.room_key"_s, input)));
        break;
    case 3:
        receive(*machine, scene.toDevice(scene.olmPlaintext(u"m.forwarded_room_key"_s, input)));
        break;
    case 4:
        decrypt(*machine, input);
        break;
    case 5:
        decrypt(*machine, scene.roomEvent(input));
        break;
    case 6:
        Scene::answer<KeysQuery>(*machine, input);
        break;
    case 7:
        Scene::answer<KeysUpload>(*machine, input);
        break;
    case 8:
        (void)machine->setRoomEncryption(room, input);
        break;
    }
    fuzz::require(machine->outgoing().has_value(), "there is always an answer to what is to be sent");
    return 0;
}

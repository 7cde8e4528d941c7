// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/identity_maker.h"
#include "crypto/peer.h"

#include "fuzz_target.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

const RoomId room(u"!room:example.org"_s);

/// A device whose account has an identity, and somebody with another, who makes up what a verification says.
class Scene
{
public:
    Scene()
    {
        m_victim.flush();
        m_victim.bootstrap();
        m_attacker.flush();
        m_attacker.bootstrap();
        fuzz::require(m_victim.machine->trackUsers({m_attacker.user()}).has_value(), "users can be followed");
        m_victim.flush();
        fuzz::require(m_victim.machine->identity(m_attacker.user())->known, "the attacker has an identity");
        m_start = m_victim.store.tables;
    }

    [[nodiscard]] CryptoMachine &fresh()
    {
        m_victim.store.tables = m_start;
        m_victim.start();
        m_number = 0;
        return *m_victim.machine;
    }

    /// One line of an input: who says it and where (one letter), what (one letter), then its content.
    void hear(const QByteArray &line)
    {
        static const QStringList types{u"request"_s, u"ready"_s, u"start"_s, u"accept"_s,
                                       u"key"_s,     u"mac"_s,   u"done"_s,  u"cancel"_s};
        if (line.size() < 2)
            return;
        const QString type = u"m.key.verification."_s + types.at(uchar(line[1]) % types.size());
        const QByteArray content = line.sliced(2);
        Verifications &all = m_victim.machine->verifications();
        const bool own = line[0] & 1;
        const Peer &sender = own ? m_victim : m_attacker;
        const DeviceId device(own ? u"OTHER"_s : u"EVIL"_s);
        Result<VerificationOutcome> outcome;
        if (line[0] & 2) {
            ReceivedToDevice event;
            event.sender = sender.user();
            event.type = type;
            event.content = content;
            outcome = all.receive(event);
        } else {
            outcome = all.receive(RoomVerificationEvent{.room = room,
                                                        .event = EventId(u"$e%1"_s.arg(m_number++)),
                                                        .sender = sender.user(),
                                                        .senderDevice = device,
                                                        .originServerTs = m_clock.nowMs(),
                                                        .type = type,
                                                        .content = content});
        }
        fuzz::require(outcome.has_value(), "no message of a verification stops anything");
    }

    /// The person does whatever the line says, with each verification there is.
    void act(char what)
    {
        Verifications &all = m_victim.machine->verifications();
        const auto infos = all.all();
        for (const VerificationInfo &info : infos) {
            switch (what % 6) {
            case 0:
                (void)all.accept(info.flow);
                break;
            case 1:
                (void)all.startSas(info.flow);
                break;
            case 2:
                (void)all.confirm(info.flow);
                break;
            case 3:
                (void)all.qr(info.flow);
                break;
            case 4:
                (void)all.cancel(info.flow);
                break;
            default:
                fuzz::require(all.tick().has_value(), "time can pass");
            }
        }
    }

    void check()
    {
        CryptoMachine &machine = *m_victim.machine;
        qsizetype open = 0;
        const auto infos = machine.verifications().all();
        for (const VerificationInfo &info : infos)
            open += info.state < VerificationState::Done ? 1 : 0;
        fuzz::require(open <= Verifications::mostActive, "verifications are bounded");
        fuzz::require(!machine.identity(m_attacker.user())->verified,
                      "nobody is verified who has not shown the keys");
        fuzz::require(machine.outgoing().has_value(), "there is always an answer to what is to be sent");
    }

private:
    FakeKeyServer m_server;
    FakeClock m_clock;
    Peer m_victim{m_server, m_clock, u"@victim:example.org"_s, u"VICTIM"_s};
    Peer m_attacker{m_server, m_clock, u"@attacker:example.org"_s, u"EVIL"_s};
    MemoryCryptoStore::Tables m_start;
    int m_number = 0;
};

} // namespace

/// Lines: one that begins with '!' is what the person does, each other a message.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Scene scene;
    const QList<QByteArray> lines = fuzz::bytes(data, size).split('\n');
    (void)scene.fresh();
    for (const QByteArray &line : lines.first(std::min<qsizetype>(lines.size(), 100))) {
        if (line.startsWith('!') && line.size() > 1)
            scene.act(line[1]);
        else
            scene.hear(line);
    }
    scene.check();
    return 0;
}

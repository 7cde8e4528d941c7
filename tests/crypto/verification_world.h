// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/sas.h"
#include "crypto/verification_qr.h"
#include "crypto/verifications.h"

#include "attacker.h"
#include "identity_maker.h"

namespace parvis::crypto {

/// One side of a verification in a test: a machine, and what it said to rooms.
struct Verifier : Peer {
    using Peer::Peer;

    QList<OutgoingRoomVerification> said;
    QString flow; ///< of the request made last
    QString error;
    int ownVerified = 0;

    Verifications &all() const { return machine->verifications(); }

    /// The machine's answer, taken in: what is to be said is kept, failures are remembered.
    bool take(const Result<VerificationOutcome> &outcome)
    {
        error = outcome ? QString() : outcome.error().code;
        if (!outcome)
            return false;
        said += outcome->toRooms;
        ownVerified += outcome->ownVerified ? 1 : 0;
        if (!outcome->flow.isEmpty())
            flow = outcome->flow;
        return true;
    }

    [[nodiscard]] std::optional<VerificationInfo> find(const QString &id) const
    {
        const auto infos = all().all();
        for (const VerificationInfo &info : infos) {
            if (info.flow == id)
                return info;
        }
        return {};
    }
    [[nodiscard]] VerificationInfo info() const { return find(flow).value_or(VerificationInfo()); }
    [[nodiscard]] VerificationState state() const { return info().state; }
    [[nodiscard]] QString code() const { return info().cancelCode; }
    /// The newest one that the other side asked for.
    bool adopt()
    {
        const auto infos = all().all();
        if (infos.isEmpty())
            return false;
        flow = infos.constLast().flow;
        return true;
    }

    /// One sync; messages of verifications go where the engine takes them. @p bend changes or drops (empty)
    /// each of them on the way.
    using Bend = std::function<void(ReceivedToDevice &)>;
    void syncAll(const Bend &bend = {})
    {
        received.clear();
        sync();
        const auto events = std::exchange(received, {});
        for (ReceivedToDevice event : events) {
            if (bend)
                bend(event);
            if (!event.type.isEmpty())
                take(all().receive(event));
        }
        take(all().devicesChanged());
        flush();
    }

    /// As the server would bring it, whoever sent it.
    void hears(const UserId &sender, const QString &type, const QJsonObject &content)
    {
        ReceivedToDevice event;
        event.sender = sender;
        event.type = QStringLiteral("m.key.verification.") + type;
        event.content = FakeKeyServer::text(content);
        take(all().receive(event));
    }

    [[nodiscard]] DeviceTrust trust(const QString &whose, const QString &which) const
    {
        const auto views = machine->deviceViews(UserId(whose));
        for (const DeviceView &one : *views) {
            if (one.device.device == DeviceId(which))
                return one.trust;
        }
        return DeviceTrust::Blocked;
    }
    [[nodiscard]] IdentityView view(const QString &whose) const { return *machine->identity(UserId(whose)); }
};

/// A room in which two sides see what each other says.
struct VerificationRoom {
    FakeClock &clock;
    QList<Verifier *> members;
    RoomId id{QStringLiteral("!r:one")};
    int number = 0;
    QList<RoomVerificationEvent> history = {};
    /// Changes what is said on its way; an empty type drops it.
    std::function<void(RoomVerificationEvent &)> bend = {};

    [[nodiscard]] RoomVerificationEvent event(const Verifier &from, const OutgoingRoomVerification &message)
    {
        return {.room = message.room,
                .event = EventId(QStringLiteral("$v%1").arg(++number)),
                .sender = from.user(),
                .senderDevice = from.device(),
                .originServerTs = clock.nowMs(),
                .type = message.type,
                .content = message.content};
    }

    /// Until nobody has anything to say.
    void deliver()
    {
        for (int round = 0; round < 50; ++round) {
            bool any = false;
            for (Verifier *from : members) {
                const auto messages = std::exchange(from->said, {});
                for (const OutgoingRoomVerification &message : messages) {
                    any = true;
                    RoomVerificationEvent said = event(*from, message);
                    if (!message.handle.isEmpty()) {
                        from->all().roomRequestSent(message.handle, said.event);
                        if (from->flow == message.handle)
                            from->flow = said.event.toString();
                    }
                    if (bend)
                        bend(said);
                    if (said.type.isEmpty())
                        continue;
                    history.append(said);
                    for (Verifier *one : members)
                        one->take(one->all().receive(said));
                }
            }
            if (!any)
                return;
        }
        QFAIL("they never stop talking");
    }
};

} // namespace parvis::crypto

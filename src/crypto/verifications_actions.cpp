// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// What the person asks of verifications.
#include "crypto/verification_flow_p.h"
#include "crypto/verifications.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace

void Verifications::begin(VerificationCall &call, std::unique_ptr<VerificationFlow> flow)
{
    // The person began anew: what was open with the same user is over.
    for (const auto &one : m_flows) {
        if (one->info().user == flow->info().user)
            one->cancel(call, CancelCode::User);
    }
    call.outcome.flow = flow->info().flow;
    flow->ask(call);
    m_flows.push_back(std::move(flow));
}

Result<VerificationOutcome> Verifications::requestOwn(const DeviceId &device)
{
    return run(nullptr, [&](VerificationCall &call) -> Result<void> {
        const OwnDevice &own = call.step.own();
        QList<DeviceId> asked;
        const auto devices = call.step.devices.of(own.user);
        for (const DeviceRecord &record : devices) {
            const bool wanted = device.isEmpty() ? !record.dehydrated : record.device == device;
            if (wanted && record.device != own.device)
                asked.append(record.device);
        }
        if (asked.isEmpty())
            return fail(ErrorKind::NotFound, u"PARVIS_UNKNOWN_DEVICE"_s);
        begin(call,
              std::make_unique<VerificationFlow>(VerificationFlow::Start{.id = newId(),
                                                                         .user = own.user,
                                                                         .device = device,
                                                                         .room = {},
                                                                         .byUs = true,
                                                                         .asked = asked,
                                                                         .methods = {},
                                                                         .startedMs = call.step.nowMs()}));
        return {};
    });
}

Result<VerificationOutcome> Verifications::requestPerson(const UserId &user, const RoomId &room)
{
    return run(nullptr, [&](VerificationCall &call) -> Result<void> {
        if (user == call.step.own().user || room.isEmpty())
            return notNow();
        if (auto may = VerificationFlow::mayVerify(call.step, user); !may)
            return may;
        begin(call,
              std::make_unique<VerificationFlow>(VerificationFlow::Start{.id = newId(),
                                                                         .user = user,
                                                                         .device = {},
                                                                         .room = room,
                                                                         .byUs = true,
                                                                         .asked = {},
                                                                         .methods = {},
                                                                         .startedMs = call.step.nowMs()}));
        return {};
    });
}

Result<VerificationOutcome> Verifications::accept(const QString &flow)
{
    return act(flow, [](VerificationFlow &one, VerificationCall &call) { return one.accept(call); });
}

Result<VerificationOutcome> Verifications::startSas(const QString &flow)
{
    return act(flow, [](VerificationFlow &one, VerificationCall &call) { return one.startSas(call); });
}

Result<VerificationOutcome> Verifications::confirm(const QString &flow)
{
    return act(flow, [](VerificationFlow &one, VerificationCall &call) { return one.confirm(call); });
}

Result<VerificationOutcome> Verifications::mismatch(const QString &flow)
{
    return act(flow, [](VerificationFlow &one, VerificationCall &call) { return one.mismatch(call); });
}

Result<VerificationOutcome> Verifications::cancel(const QString &flow)
{
    return act(flow, [](VerificationFlow &one, VerificationCall &call) -> Result<void> {
        one.cancel(call, CancelCode::User);
        return {};
    });
}

Result<QByteArray> Verifications::qr(const QString &flow)
{
    QByteArray bytes;
    const auto done = act(flow, [&](VerificationFlow &one, VerificationCall &call) -> Result<void> {
        auto made = one.qr(call);
        if (!made)
            return tl::unexpected(made.error());
        bytes = *made;
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    return bytes;
}

Result<VerificationOutcome> Verifications::scan(const QString &flow, QByteArrayView bytes)
{
    return act(flow, [&](VerificationFlow &one, VerificationCall &call) { return one.scan(call, bytes); });
}

} // namespace parvis::crypto

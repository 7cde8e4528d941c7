// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/device_actions.h"

#include "api/devices.h"
#include "engine/authenticated_call.h"
#include "engine/device_cards.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// Answers once our own devices are as the server has them by now; that they cannot be asked for now is no
/// failure of what was done.
Task<void> refreshed(Engine &engine)
{
    return askForDevices(engine, engine.user());
}

} // namespace

Task<void> renameDevice(Engine &engine, const DeviceId &device, const QString &name)
{
    if (device.isEmpty())
        return Task<void>::ready(fail(ErrorKind::Usage, u"PARVIS_UNKNOWN_DEVICE"_s));
    return engine.api()
        .sendWithRetry(api::RenameDevice{.deviceId = device, .name = name.trimmed()})
        .andThen(&engine, [&engine] { return refreshed(engine); });
}

Task<void> logOutDevices(Engine &engine, const QList<DeviceId> &devices, Secret password)
{
    // Signing this one out is more than that: its keys and files go with it (Core::logout).
    if (devices.contains(engine.device()))
        return Task<void>::ready(fail(ErrorKind::Usage, u"PARVIS_THIS_DEVICE"_s));
    if (devices.isEmpty() || devices.contains(DeviceId()))
        return Task<void>::ready(fail(ErrorKind::Usage, u"PARVIS_UNKNOWN_DEVICE"_s));
    const auto build = [](const QByteArray &body) { return api::DeleteDevices{.body = body}.build(); };
    return AuthenticatedCall::run(engine.api(), engine.authMemory(), engine.user(),
                                  {build, api::DeleteDevices::of(devices)}, std::move(password))
        .andThen(&engine, [&engine] { return refreshed(engine); });
}

} // namespace parvis

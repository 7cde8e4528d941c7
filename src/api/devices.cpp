// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/devices.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

HttpRequest GetDevices::build() const
{
    return getFrom(v3({u"devices"_s}));
}

Result<GetDevices::Response> GetDevices::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) -> Result<Response> {
        Fields fields(object);
        Response devices;
        const QJsonArray array = fields.array("devices"_L1);
        for (const auto &value : array) {
            Fields entry(value.toObject());
            const auto device = entry.result(Device{.deviceId = DeviceId(entry.text("device_id"_L1)),
                                                    .name = entry.optionalText("display_name"_L1),
                                                    .lastSeenMs = entry.optionalNumber("last_seen_ts"_L1)});
            if (device) // one that is broken does not hide the others
                devices += *device;
        }
        return fields.result(devices);
    });
}

HttpRequest RenameDevice::build() const
{
    return putTo(v3({u"devices"_s, deviceId.toString()}), compact({{"display_name"_L1, name}}));
}

Result<void> RenameDevice::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

QByteArray DeleteDevices::of(const QList<DeviceId> &devices)
{
    QJsonArray ids;
    for (const DeviceId &device : devices)
        ids.append(device.toString());
    return compact({{"devices"_L1, ids}});
}

HttpRequest DeleteDevices::build() const
{
    HttpRequest request = postTo(v3({u"delete_devices"_s}), body);
    request.idempotent = true; // those that are gone stay gone
    return request;
}

Result<void> DeleteDevices::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

} // namespace parvis::api

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/device_table_p.h"

namespace parvis::crypto {

void DeviceTable::load(const QList<UserId> &users)
{
    QList<UserId> missing;
    for (const UserId &user : users) {
        if (!m_devices.contains(user))
            missing.append(user);
    }
    if (missing.isEmpty())
        return;
    const auto found = m_failure.take(m_store.devices(missing));
    for (const UserId &user : std::as_const(missing)) {
        Rows &rows = m_devices[user];
        const auto devices = found.value(user);
        for (const DeviceRecord &record : devices)
            rows[record.device] = Row{record, false};
    }
}

DeviceTable::Rows &DeviceTable::rowsOf(const UserId &user)
{
    load({user});
    return m_devices[user];
}

QList<DeviceRecord> DeviceTable::of(const UserId &user)
{
    QList<DeviceRecord> devices;
    for (const auto &[id, row] : rowsOf(user))
        devices.append(row.record);
    return devices;
}

std::optional<DeviceRecord> DeviceTable::find(const UserId &user, const DeviceId &device)
{
    const Rows &rows = rowsOf(user);
    const auto it = rows.find(device);
    return it == rows.end() ? std::nullopt : std::optional(it->second.record);
}

std::optional<DeviceRecord> DeviceTable::find(const UserId &user, const Curve25519Key &key)
{
    for (const auto &[id, row] : rowsOf(user)) {
        if (row.record.curveKey == key)
            return row.record;
    }
    return {};
}

void DeviceTable::put(const DeviceRecord &record)
{
    rowsOf(record.user)[record.device] = Row{record, true};
}

void DeviceTable::drop(const UserId &user, const DeviceId &device)
{
    if (rowsOf(user).erase(device) > 0)
        m_dropped.append({user, device});
}

bool DeviceTable::isTracked(const UserId &user)
{
    return m_users.get(user, m_failure, [&] { return m_store.trackedUser(user); }).has_value();
}

bool DeviceTable::isOutdated(const UserId &user)
{
    const auto row = m_users.get(user, m_failure, [&] { return m_store.trackedUser(user); });
    return row && row->outdated;
}

void DeviceTable::setTracked(const UserId &user, bool outdated)
{
    m_users.put(user, {.user = user, .outdated = outdated});
}

void DeviceTable::collect(CryptoChanges &changes) const
{
    m_users.collect(changes.users);
    changes.deletedDevices.append(m_dropped);
    for (const auto &[user, rows] : m_devices) {
        for (const auto &[id, row] : rows) {
            if (row.changed)
                changes.devices.append(row.record);
        }
    }
}

} // namespace parvis::crypto

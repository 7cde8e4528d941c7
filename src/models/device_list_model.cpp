// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/device_list_model.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// This device, then what asks for attention, then the rest.
int place(const DeviceCard &device)
{
    if (device.thisDevice)
        return 0;
    switch (device.trust) {
    case DeviceTrust::Violated:
        return 1;
    case DeviceTrust::Unsigned:
        return 2;
    case DeviceTrust::Signed:
    case DeviceTrust::Blocked:
    case DeviceTrust::Verified:
        return 3;
    }
    Q_UNREACHABLE();
    return 0;
}

} // namespace

DeviceListModel::DeviceListModel(EncryptionPort &port, QObject *parent)
    : DiffListModel(RowOrder::AsListed, parent), m_port(port)
{
}

void DeviceListModel::setPerson(const UserId &user, bool own)
{
    if (user == m_user && own == m_own)
        return;
    m_user = user;
    m_own = own;
    m_loading = false;
    m_error = {};
    apply({{ListDiff<DeviceCard>::Reset{{}}}});
    Q_EMIT changed();
    refresh();
}

void DeviceListModel::refresh()
{
    if (m_user.isEmpty())
        return;
    m_loading = true;
    Q_EMIT changed();
    m_port.devices(m_user).then(this, [this, user = m_user](Result<QList<DeviceCard>> devices) {
        if (user != m_user)
            return;
        m_loading = false;
        m_error = ShownError::of(devices);
        if (devices) {
            auto sorted = *std::move(devices);
            std::stable_sort(sorted.begin(), sorted.end(), [](const DeviceCard &a, const DeviceCard &b) {
                return place(a) != place(b) ? place(a) < place(b)
                                            : nameOf(a).localeAwareCompare(nameOf(b)) < 0;
            });
            if (sorted != items())
                apply({{ListDiff<DeviceCard>::Reset{sorted}}});
        }
        Q_EMIT changed();
    });
}

void DeviceListModel::setTexts(const DateTexts &texts)
{
    m_texts = texts;
    apply({{ListDiff<DeviceCard>::Reset{items().toList()}}});
    Q_EMIT changed();
}

QString DeviceListModel::nameOf(const DeviceCard &device)
{
    return device.name.isEmpty() ? device.deviceId.toString() : device.name;
}

QString DeviceListModel::trustText(DeviceTrust trust) const
{
    switch (trust) {
    case DeviceTrust::Verified:
        return tr("Verified");
    case DeviceTrust::Signed:
        return m_own ? tr("Verified by your account, which this device does not trust yet")
                     : tr("Belongs to this person, whom you have not verified");
    case DeviceTrust::Unsigned:
        return tr("Not verified");
    case DeviceTrust::Blocked:
        return tr("Blocked: it gets no messages");
    case DeviceTrust::Violated:
        return tr("No longer verified: the identity behind it has changed");
    }
    Q_UNREACHABLE();
    return {};
}

QString DeviceListModel::trustText(const DeviceCard &device) const
{
    return device.hasKeys ? trustText(device.trust) : tr("Takes no part in encryption: it reads nothing");
}

QList<DeviceId> DeviceListModel::otherIds() const
{
    QList<DeviceId> ids;
    for (const auto &device : items()) {
        if (!device.thisDevice)
            ids += device.deviceId;
    }
    return ids;
}

QString DeviceListModel::nameFor(const DeviceId &device) const
{
    for (const auto &one : items()) {
        if (one.deviceId == device)
            return nameOf(one);
    }
    return device.toString();
}

QString DeviceListModel::seenText(const DeviceCard &device) const
{
    if (device.thisDevice)
        return tr("This device");
    return device.lastSeenMs > 0 ? tr("Last used: %1").arg(m_texts.fullWithin(device.lastSeenMs)) : QString();
}

QString DeviceListModel::spoken(const DeviceCard &device) const
{
    QStringList parts{nameOf(device)};
    if (const auto seen = seenText(device); !seen.isEmpty())
        parts += seen;
    parts += trustText(device);
    return parts.join(u", "_s);
}

QVariant DeviceListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &device = item(index);
    switch (Role(role)) {
    case DeviceIdRole:
        return device.deviceId.toString();
    case NameRole:
        return nameOf(device);
    case TrustRole:
        return int(device.trust);
    case TrustTextRole:
        return trustText(device);
    case SeenTextRole:
        return seenText(device);
    case ThisDeviceRole:
        return device.thisDevice;
    case VerifiableRole:
        return m_own && !device.thisDevice && device.hasKeys && device.trust != DeviceTrust::Verified;
    case RemovableRole:
        return m_own && !device.thisDevice;
    case SpokenRole:
        return spoken(device);
    }
    return {};
}

QHash<int, QByteArray> DeviceListModel::roleNames() const
{
    return {{DeviceIdRole, "deviceId"},     {NameRole, "name"},           {TrustRole, "trust"},
            {TrustTextRole, "trustText"},   {SeenTextRole, "seenText"},   {ThisDeviceRole, "thisDevice"},
            {VerifiableRole, "verifiable"}, {RemovableRole, "removable"}, {SpokenRole, "spoken"}};
}

} // namespace parvis

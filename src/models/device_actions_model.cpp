// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/device_actions_model.h"

#include "models/consent_page.h"
#include "models/typed_secret.h"

using namespace Qt::StringLiterals;

namespace parvis {

DeviceActionsModel::DeviceActionsModel(EncryptionPort &port, DeviceListModel &own, QObject *parent)
    : QObject(parent), m_port(port), m_own(own)
{
}

void DeviceActionsModel::begin(Step step, const QList<DeviceId> &devices)
{
    ++m_turn;
    m_devices = devices;
    // As it is called now: the list may change while it is asked.
    m_name = devices.size() == 1 ? m_own.nameFor(devices.first()) : QString();
    m_page.clear();
    go(step);
}

void DeviceActionsModel::go(Step step, ShownError error)
{
    m_busy = false;
    m_step = step;
    m_error = std::move(error);
    Q_EMIT changed();
}

void DeviceActionsModel::beginRename(const QString &deviceId)
{
    begin(Rename, {DeviceId(deviceId)});
}

void DeviceActionsModel::beginSignOut(const QString &deviceId)
{
    begin(Ask, {DeviceId(deviceId)});
}

void DeviceActionsModel::beginSignOutOthers()
{
    begin(Ask, m_own.otherIds());
}

void DeviceActionsModel::leave()
{
    begin(Nothing, {});
}

void DeviceActionsModel::rename(const QString &name)
{
    if (m_busy || m_step != Rename || name.trimmed().isEmpty())
        return;
    m_busy = true;
    m_error = {};
    Q_EMIT changed();
    m_port.renameDevice(m_devices.first(), name.trimmed())
        .then(this, [this, turn = m_turn](const Result<void> &renamed) {
            if (renamed)
                Q_EMIT done();
            if (turn == m_turn)
                go(renamed ? Nothing : Rename, ShownError::of(renamed));
        });
}

void DeviceActionsModel::signOut()
{
    if (!m_busy && !m_devices.isEmpty())
        ask({});
}

void DeviceActionsModel::withPassword(const QString &password)
{
    if (!m_busy && !m_devices.isEmpty() && !password.isEmpty())
        ask(typedSecret(password));
}

void DeviceActionsModel::ask(Secret password)
{
    m_busy = true;
    m_error = {};
    Q_EMIT changed();
    m_port.logOutDevices(m_devices, std::move(password))
        .then(this, [this, turn = m_turn](const Result<void> &result) {
            Q_EMIT done(); // a part of them may be signed out even where it failed
            if (turn == m_turn)
                take(result);
        });
}

void DeviceActionsModel::take(const Result<void> &result)
{
    if (result)
        return go(Finished);
    const auto &error = result.error();
    if (error.code == "PARVIS_PASSWORD_NEEDED"_L1)
        return go(Password, m_step == Password ? ShownError(error) : ShownError());
    if (error.code == "PARVIS_AUTH_IN_BROWSER"_L1) {
        m_page = error.detail;
        return go(Browser, m_step == Browser ? ShownError(error) : ShownError());
    }
    go(m_step, ShownError(error, ErrorText::During::Confirming));
}

void DeviceActionsModel::openPage()
{
    if (!openConsentPage(m_page))
        go(Browser, ShownError({ErrorKind::Protocol, u"PARVIS_BAD_URL"_s, {}, 0}));
}

} // namespace parvis

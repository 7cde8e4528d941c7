// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "platform/power.h"

#include <QDir>
#include <QFile>

namespace parvis {

namespace {

QByteArray firstLine(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readLine(64).trimmed() : QByteArray();
}

} // namespace

bool runsOnBattery(const QString &folder)
{
    bool discharging = false;
    const QDir supplies(folder);
    for (const QString &name : supplies.entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::System)) {
        const QString supply = supplies.filePath(name);
        const QByteArray type = firstLine(supply + QStringLiteral("/type"));
        // A mouse or a headset has a battery of its own.
        if (firstLine(supply + QStringLiteral("/scope")) == "Device")
            continue;
        if (type != "Battery" && firstLine(supply + QStringLiteral("/online")) == "1")
            return false;
        discharging = discharging
            || (type == "Battery" && firstLine(supply + QStringLiteral("/status")) == "Discharging");
    }
    return discharging;
}

} // namespace parvis

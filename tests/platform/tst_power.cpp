// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "platform/power.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// What Linux says of the power, in the files as it writes them.
class PowerTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    void supply(const QString &name, const QList<std::pair<QString, QByteArray>> &files)
    {
        QVERIFY(QDir(m_folder.path()).mkpath(name));
        for (const auto &[file, content] : files) {
            QFile written(m_folder.filePath(name + u'/' + file));
            QVERIFY(written.open(QIODevice::WriteOnly) && written.write(content + '\n') > 0);
        }
    }
    [[nodiscard]] bool battery() const { return runsOnBattery(m_folder.path()); }

private Q_SLOTS:
    void init() { QVERIFY(QDir(m_folder.path()).removeRecursively() && QDir().mkpath(m_folder.path())); }

    void aComputerWithoutABattery()
    {
        QVERIFY(!battery());
        QVERIFY(!runsOnBattery(m_folder.filePath(u"none"_s)));
    }
    void aLaptop()
    {
        supply(u"AC"_s, {{u"type"_s, "Mains"}, {u"online"_s, "0"}});
        supply(u"BAT0"_s, {{u"type"_s, "Battery"}, {u"status"_s, "Discharging"}});
        QVERIFY(battery());
        supply(u"AC"_s, {{u"online"_s, "1"}});
        QVERIFY(!battery());
    }
    void aChargedBatteryWithoutAWordOfTheMains()
    {
        supply(u"BAT0"_s, {{u"type"_s, "Battery"}, {u"status"_s, "Full"}});
        QVERIFY(!battery());
    }
    void aMouse()
    {
        supply(u"hidpp_battery_0"_s,
               {{u"type"_s, "Battery"}, {u"scope"_s, "Device"}, {u"status"_s, "Discharging"}});
        QVERIFY(!battery());
    }
};

QTEST_GUILESS_MAIN(PowerTest)
#include "tst_power.moc"

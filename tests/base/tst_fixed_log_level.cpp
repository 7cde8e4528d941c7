// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/log.h"

#include <QTest>

using namespace parvis;

namespace {

// Before there is an application: Qt reads it once.
[[maybe_unused]] const bool loud = qputenv("QT_LOGGING_RULES", "*.debug=true;parvis.sync.warning=false");

} // namespace

class FixedLogLevelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { log::setLevel(u"warning"); }

    void theEnvironmentGoesBeforeALevel()
    {
        log::setLevel(u"error");

        QVERIFY(log::net().isDebugEnabled());
        QVERIFY(!log::net().isWarningEnabled());
    }

    void nothingGoesBeforeAFixedOne()
    {
        log::setLevel(u"error", true);

        QVERIFY(!log::net().isDebugEnabled());
        QVERIFY(!log::net().isInfoEnabled());
        QVERIFY(!log::net().isWarningEnabled());
        QVERIFY(log::net().isCriticalEnabled());
    }

    void aFixedOneIsNoLessThanItSays()
    {
        log::setLevel(u"info", true);

        QVERIFY(log::sync().isWarningEnabled());
        QVERIFY(log::sync().isInfoEnabled());
        QVERIFY(!log::sync().isDebugEnabled());
    }

    void itHoldsForWhatIsMetLater()
    {
        log::setLevel(u"warning", true);
        const QLoggingCategory ours("parvis.later", QtDebugMsg);
        const QLoggingCategory others("qt.later", QtDebugMsg);

        QVERIFY(!ours.isInfoEnabled());
        QVERIFY(ours.isWarningEnabled());
        QVERIFY(!others.isDebugEnabled());
        QVERIFY(others.isWarningEnabled());
    }

    void itIsLetGoAgain()
    {
        log::setLevel(u"error", true);
        log::setLevel(u"error");

        QVERIFY(log::net().isDebugEnabled());
    }
};

QTEST_GUILESS_MAIN(FixedLogLevelTest)
#include "tst_fixed_log_level.moc"

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/cursor_blink.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QStyleHints>
#include <QTest>
#include <QWindow>

using namespace parvis;
using namespace std::chrono_literals;

class CursorBlinkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standsStillWhenNobodyIsThere()
    {
        const CursorBlink blink(1ms);

        QTRY_COMPARE(flashTime(), 0);
    }

    void blinksAgainWithAKey()
    {
        QWindow window;
        window.show();
        const CursorBlink blink(60s);
        QGuiApplication::styleHints()->setCursorFlashTime(0); // as after a while

        QTest::keyClick(&window, Qt::Key_A);

        QCOMPARE(flashTime(), m_systems);
    }

    void anotherKeyKeepsItBlinking()
    {
        QWindow window;
        window.show();
        const CursorBlink blink(1s);
        QElapsedTimer since;

        since.start();
        while (since.elapsed() < 1'600) {
            QTest::keyClick(&window, Qt::Key_A);
            QTest::qWait(50);
            QCOMPARE(flashTime(), m_systems);
        }

        QTRY_COMPARE(flashTime(), 0);
    }

    void leavesTheSystemAsItWas()
    {
        {
            const CursorBlink blink(1ms);
            QTRY_COMPARE(flashTime(), 0);
        }

        QCOMPARE(flashTime(), m_systems);
    }

private:
    [[nodiscard]] static int flashTime() { return QGuiApplication::styleHints()->cursorFlashTime(); }

    const int m_systems = flashTime();
};

QTEST_MAIN(CursorBlinkTest)
#include "tst_cursor_blink.moc"

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "platform/freedesktop_notices.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QTest>

#include <memory>

using namespace parvis;
using namespace Qt::StringLiterals;

/// A notification service of the test's own.
class Service : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Told {
        uint replaces;
        QString title, body;
        QStringList actions;
        QVariantMap hints;
    };
    QStringList capabilities{u"actions"_s, u"body"_s};
    QList<Told> told;
    QList<uint> taken;

public Q_SLOTS:
    QStringList GetCapabilities() { return capabilities; }
    uint Notify(const QString &, uint replaces, const QString &, const QString &title, const QString &body,
                const QStringList &actions, const QVariantMap &hints, int)
    {
        told.append({replaces, title, body, actions, hints});
        return replaces ? replaces : ++m_last;
    }
    void CloseNotification(uint id)
    {
        taken.append(id);
        Q_EMIT NotificationClosed(id, 3);
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);

private:
    uint m_last = 0;
};

/// Notices over a real bus, with a service that the test can look into.
class FreedesktopNoticesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_daemon.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
        QVERIFY2(m_daemon.waitForStarted(), "dbus-daemon is not installed");
        QTRY_VERIFY(m_daemon.canReadLine());
        m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    }

    void init()
    {
        m_service = std::make_unique<Service>();
        m_notices = std::make_unique<FreedesktopNotices>(bus(u"client"_s));
        m_acted.clear();
        m_notices->onAct([this](const QString &key, DesktopPort::Act act) { m_acted.append({key, act}); });
    }

    void cleanup()
    {
        m_notices.reset();
        m_service.reset();
        for (const QString &name : std::as_const(m_names))
            QDBusConnection::disconnectFromBus(name);
        m_names.clear();
    }

    void cleanupTestCase()
    {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }

    void aNoticeIsShownExchangedAndTakenBack()
    {
        serve();
        m_notices->show({u"a"_s, u"Claire"_s, u"bonjour"_s, u"Lu"_s});
        QTRY_COMPARE(m_service->told.size(), 1);
        QCOMPARE(m_service->told.first().replaces, 0U);
        QCOMPARE(m_service->told.first().body, u"bonjour"_s);
        QCOMPARE(m_service->told.first().actions,
                 (QStringList{u"default"_s, u"Claire"_s, u"mark-read"_s, u"Lu"_s}));
        QCOMPARE(m_service->told.first().hints.value(u"category"_s).toString(), u"im.received"_s);

        QTest::qWait(50); // its number is known
        m_notices->show({u"a"_s, u"Claire"_s, u"bonsoir"_s, {}});
        QTRY_COMPARE(m_service->told.size(), 2);
        QCOMPARE(m_service->told.last().replaces, 1U);

        QTest::qWait(50);
        m_notices->close(u"a"_s);
        QTRY_COMPARE(m_service->taken, QList<uint>{1});
    }

    void quickChangesEndWithTheLast()
    {
        serve();
        for (int i = 0; i < 5; ++i)
            m_notices->show({u"a"_s, u"t"_s, QString::number(i), {}});
        QTRY_COMPARE(m_service->told.value(m_service->told.size() - 1, {}).body, u"4"_s);
        QVERIFY(m_service->told.size() <= 2);
        m_notices->show({u"b"_s, u"t"_s, u"weg"_s, {}});
        m_notices->close(u"b"_s); // before its number is known
        QTRY_COMPARE(m_service->taken.size(), 1);
        QVERIFY(m_service->taken.first() != 1U);
    }

    void markupIsTextWhereTheServiceReadsMarkup()
    {
        m_service->capabilities.append(u"body-markup"_s);
        serve();
        m_notices->show({u"a"_s, u"<b>"_s, u"<b>gras</b> & co"_s, {}});
        QTRY_COMPARE(m_service->told.size(), 1);
        QCOMPARE(m_service->told.first().body, u"&lt;b&gt;gras&lt;/b&gt; &amp; co"_s);
        QCOMPARE(m_service->told.first().title, u"<b>"_s); // a summary is never markup
    }

    void whatIsDoneWithItComesBack()
    {
        serve();
        m_notices->show({u"a"_s, u"t"_s, u"x"_s, u"Lu"_s});
        QTRY_COMPARE(m_service->told.size(), 1);
        QTest::qWait(50);
        Q_EMIT m_service->ActionInvoked(1, u"default"_s);
        Q_EMIT m_service->ActionInvoked(1, u"mark-read"_s);
        Q_EMIT m_service->ActionInvoked(99, u"default"_s); // another program's
        QTRY_COMPARE(m_acted.size(), 2);
        QCOMPARE(m_acted.first(), (std::pair(u"a"_s, DesktopPort::Act::Open)));
        QCOMPARE(m_acted.last(), (std::pair(u"a"_s, DesktopPort::Act::MarkRead)));

        Q_EMIT m_service->NotificationClosed(1, 2); // the person swept it away
        QTRY_COMPARE(m_acted.size(), 3);
        QCOMPARE(m_acted.last(), (std::pair(u"a"_s, DesktopPort::Act::Gone)));
        Q_EMIT m_service->ActionInvoked(1, u"default"_s);
        m_notices->show({u"a"_s, u"t"_s, u"y"_s, {}});
        QTRY_COMPARE(m_service->told.size(), 2);
        QCOMPARE(m_service->told.last().replaces, 0U);
        QCOMPARE(m_acted.size(), 3);
    }

    void withoutAServiceNobodyWaitsAndTheNextOneIsTold()
    {
        m_notices->show({u"a"_s, u"t"_s, u"x"_s, {}});
        m_notices->close(u"a"_s);
        QTest::qWait(200);
        serve();
        m_notices->show({u"b"_s, u"t"_s, u"y"_s, {}});
        QTRY_COMPARE(m_service->told.size(), 1);
        QCOMPARE(m_service->told.first().body, u"y"_s);
    }

    void anotherServiceKnowsNothingOfBefore()
    {
        serve();
        m_notices->show({u"a"_s, u"t"_s, u"x"_s, {}});
        QTRY_COMPARE(m_service->told.size(), 1);
        QTest::qWait(50);
        QDBusConnection own(u"service"_s);
        QVERIFY(own.unregisterService(u"org.freedesktop.Notifications"_s));
        QTRY_COMPARE(m_acted,
                     (QList<std::pair<QString, DesktopPort::Act>>{{u"a"_s, DesktopPort::Act::Gone}}));
        m_service->capabilities.append(u"body-markup"_s);
        QVERIFY(own.registerService(u"org.freedesktop.Notifications"_s));
        QTest::qWait(50);
        Q_EMIT m_service->ActionInvoked(1, u"default"_s); // of whoever has this number now
        m_notices->close(u"a"_s);
        m_notices->show({u"b"_s, u"t"_s, u"<i>"_s, {}});
        QTRY_COMPARE(m_service->told.size(), 2);
        QCOMPARE(m_service->told.last().replaces, 0U);
        QCOMPARE(m_service->told.last().body, u"&lt;i&gt;"_s);
        QVERIFY(m_service->taken.isEmpty());
        QCOMPARE(m_acted.size(), 1);
    }

    void nothingOfItOutlivesTheProgram()
    {
        serve();
        m_notices->show({u"a"_s, u"t"_s, u"x"_s, {}});
        QTRY_COMPARE(m_service->told.size(), 1);
        QTest::qWait(50);
        m_notices.reset();
        QTRY_COMPARE(m_service->taken, QList<uint>{1});
    }

private:
    QDBusConnection bus(const QString &name)
    {
        m_names.append(name);
        return QDBusConnection::connectToBus(m_address, name);
    }

    void serve()
    {
        QDBusConnection own = bus(u"service"_s);
        QVERIFY(own.isConnected());
        QVERIFY(own.registerObject(u"/org/freedesktop/Notifications"_s, m_service.get(),
                                   QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(own.registerService(u"org.freedesktop.Notifications"_s));
        QTest::qWait(50); // everybody knows who has the name
    }

    QProcess m_daemon;
    QString m_address;
    QStringList m_names;
    std::unique_ptr<Service> m_service;
    std::unique_ptr<FreedesktopNotices> m_notices;
    QList<std::pair<QString, DesktopPort::Act>> m_acted;
};

QTEST_GUILESS_MAIN(FreedesktopNoticesTest)
#include "tst_freedesktop_notices.moc"

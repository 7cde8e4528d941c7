// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;
using Step = DeviceActionsModel::Step;

/// What the person does with their own devices.
class DeviceActionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<SampleWorld>();
        m_world->signIn();
        m_app = std::make_unique<AppModel>(m_world->ports(), m_world->clock);
    }
    void cleanup()
    {
        m_app.reset();
        m_world.reset();
    }

    void aDeviceGetsAnotherName()
    {
        actions().beginRename(u"MOBILE"_s);
        QCOMPARE(actions().step(), Step::Rename);
        QCOMPARE(actions().name(), u"Téléphone de service"_s);
        actions().rename(u"   "_s);
        QCOMPARE(actions().step(), Step::Rename);

        actions().rename(u" Mobile "_s);

        QCOMPARE(m_world->encryption.renamed, QStringList{u"MOBILE Mobile"_s});
        QCOMPARE(actions().step(), Step::Nothing);
    }

    void aNameThatIsRefusedCanBeTriedAgain()
    {
        m_world->encryption.renameAnswer = fail(ErrorKind::Network, u"PARVIS_HOST_NOT_FOUND"_s);
        actions().beginRename(u"MOBILE"_s);
        actions().rename(u"Mobile"_s);
        QCOMPARE(actions().step(), Step::Rename);
        QVERIFY(actions().errorText().contains("PARVIS_HOST_NOT_FOUND"_L1));
        QVERIFY(!actions().busy());
    }

    void oneIsSignedOutWithThePassword()
    {
        wantPassword();
        actions().beginSignOut(u"ANCIEN"_s);
        QCOMPARE(actions().step(), Step::Ask);
        QVERIFY(m_world->encryption.loggedOut.isEmpty());

        actions().signOut();
        QCOMPARE(actions().step(), Step::Password);
        QVERIFY(actions().errorText().isEmpty());
        actions().withPassword(u"faux"_s);
        QCOMPARE(actions().step(), Step::Password);
        QVERIFY(actions().errorText().contains("M_FORBIDDEN"_L1));
        actions().withPassword(u"juste"_s);

        QCOMPARE(actions().step(), Step::Finished);
        QCOMPARE(actions().name(), u"Ancien portable"_s); // though it is gone
        QCOMPARE(m_world->encryption.loggedOut, QList<DeviceId>{DeviceId(u"ANCIEN"_s)});
        QCOMPARE(m_app->security()->devices()->rowCount(), 2);
    }

    void allOthersAreSignedOutAtOnceButNotThisOne()
    {
        QCOMPARE(m_app->security()->devices()->others(), 2);
        actions().beginSignOutOthers();
        QCOMPARE(actions().count(), 2);
        QVERIFY(actions().name().isEmpty());
        actions().signOut();
        QCOMPARE(actions().step(), Step::Finished);
        QCOMPARE(m_world->encryption.loggedOut.size(), 2);
        QVERIFY(!m_world->encryption.loggedOut.contains(DeviceId(u"PARVIS"_s)));
        QCOMPARE(m_app->security()->devices()->others(), 0);
    }

    void theServersPageIsAskedFor()
    {
        bool agreed = false;
        m_world->encryption.logOutDecides = [&agreed](const QByteArray &) -> Result<void> {
            if (agreed)
                return {};
            return fail(ErrorKind::Auth, u"PARVIS_AUTH_IN_BROWSER"_s, u"file:///etc/passwd"_s);
        };
        actions().beginSignOut(u"ANCIEN"_s);
        actions().signOut();
        QCOMPARE(actions().step(), Step::Browser);
        QVERIFY(actions().errorText().isEmpty());
        actions().signOut(); // too early: it says so
        QVERIFY(actions().errorText().contains("PARVIS_AUTH_IN_BROWSER"_L1));
        actions().openPage(); // nothing but a page of the web is opened
        QVERIFY(actions().errorText().contains("PARVIS_BAD_URL"_L1));

        agreed = true;
        actions().signOut();
        QCOMPARE(actions().step(), Step::Finished);
    }

    void anAnswerAfterTheDialogIsClosedChangesTheListAlone()
    {
        m_world->encryption.hold = true;
        actions().beginSignOut(u"ANCIEN"_s);
        actions().signOut();
        QVERIFY(actions().busy());
        actions().signOut(); // once is enough
        actions().leave();
        m_world->encryption.release();
        QCOMPARE(m_world->encryption.loggedOut.size(), 1);
        QCOMPARE(actions().step(), Step::Nothing);
        QCOMPARE(m_app->security()->devices()->rowCount(), 2);
    }

    void aDeviceWithoutKeysCanBeSignedOutAndNotVerified()
    {
        auto &list = m_world->encryption.deviceLists[UserId(m_app->session()->userId())];
        list[2].hasKeys = false;
        auto &devices = *m_app->security()->devices();
        devices.refresh();
        for (int row = 0; row < devices.rowCount(); ++row) {
            const auto index = devices.index(row);
            if (index.data(DeviceListModel::DeviceIdRole).toString() != "ANCIEN"_L1)
                continue;
            QVERIFY(!index.data(DeviceListModel::VerifiableRole).toBool());
            QVERIFY(index.data(DeviceListModel::RemovableRole).toBool());
            QVERIFY(index.data(DeviceListModel::TrustTextRole).toString().contains("encryption"_L1));
            return;
        }
        QFAIL("the device is not in the list");
    }

private:
    [[nodiscard]] DeviceActionsModel &actions() const { return *m_app->security()->deviceActions(); }
    void wantPassword() const
    {
        m_world->encryption.logOutDecides = [](const QByteArray &password) -> Result<void> {
            if (password == "juste")
                return {};
            return password.isEmpty() ? fail(ErrorKind::Auth, u"PARVIS_PASSWORD_NEEDED"_s)
                                      : fail(ErrorKind::Forbidden, u"M_FORBIDDEN"_s);
        };
    }

    std::unique_ptr<SampleWorld> m_world;
    std::unique_ptr<AppModel> m_app;
};

QTEST_MAIN(DeviceActionsTest)
#include "tst_device_actions.moc"

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QFile>
#include <QTest>

#include "core_world.h"

using namespace parvis;

/// What becomes of an account that is on this computer.
class CoreAccountsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_world = std::make_unique<CoreWorld>(); }
    void cleanup() { m_world.reset(); }

    void isThereAfterARestart()
    {
        QVERIFY(m_world->attach());
        const QString key = m_world->engine().machine().ownKeys().curve.toString();
        QVERIFY(m_world->engine().setDraft(RoomId(u"!r:x"_s), u"à finir"_s));
        QVERIFY(m_world->engine().queue().enqueue(RoomId(u"!r:x"_s), u"m.room.message"_s, "{}"));

        m_world->start();
        QCOMPARE(await(m_world->core->accounts())->first().state, StoredState::Ready);
        const auto restored = m_world->restore();

        QVERIFY(restored);
        QCOMPARE(restored->state, StoredState::Ready);
        QCOMPARE(m_world->engine().machine().ownKeys().curve.toString(), key);
        QCOMPARE(*m_world->engine().drafts().load(RoomId(u"!r:x"_s)), u"à finir"_s);
        QCOMPARE(m_world->engine().queue().waiting(), 1);
    }

    void theKeychainsTroubleIsAStateThatThePersonCanActOn_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("state");
        QTest::newRow("absent") << u"PARVIS_KEYCHAIN_ABSENT"_s << int(StoredState::KeychainAbsent);
        QTest::newRow("failing") << u"PARVIS_KEYCHAIN_FAILED"_s << int(StoredState::KeychainAbsent);
        QTest::newRow("locked") << u"PARVIS_KEYCHAIN_LOCKED"_s << int(StoredState::KeychainLocked);
    }
    void theKeychainsTroubleIsAStateThatThePersonCanActOn()
    {
        QFETCH(QString, code);
        QFETCH(int, state);
        QVERIFY(m_world->attach());
        m_world->start();
        m_world->keychain.failure = Error{ErrorKind::Keychain, code, {}, 0};

        const auto restored = m_world->restore();
        QVERIFY(restored);
        QCOMPARE(int(restored->state), state);
        QCOMPARE(restored->problem->code, code);
        QVERIFY(!m_world->core->engine());

        m_world->keychain.failure.reset(); // it is there again: so is everything else
        QCOMPARE(m_world->restore()->state, StoredState::Ready);
    }

    void anEmptiedKeychainStartsNothingOverTheData()
    {
        QVERIFY(m_world->attach());
        m_world->start();
        auto kept = std::move(m_world->keychain.entries);
        m_world->keychain.entries.clear();

        QCOMPARE(m_world->restore()->state, StoredState::KeychainEmpty);
        QVERIFY(!m_world->attach()); // no second account of the same name over it
        m_world->keychain.entries = std::move(kept);

        QCOMPARE(m_world->restore()->state, StoredState::Ready);
    }

    void aDamagedFileIsNamed()
    {
        QVERIFY(m_world->attach());
        const auto paths = session::AccountPaths::of(m_world->folder.filePath(u"profile"_s), me);
        m_world->core.reset();
        QFile file(paths.keysDatabase());
        QVERIFY(file.open(QIODevice::ReadWrite));
        // All pages but the first: which of them the start reads is the schema's business (tst_damaged_files
        // takes them one by one).
        const auto behind = file.size() - 4096;
        QVERIFY(behind > 0 && file.seek(4096) && file.write(QByteArray(behind, 'x')) == behind);
        file.close();

        m_world->start();
        const auto restored = m_world->restore();

        QVERIFY(!m_world->core->engine());
        QVERIFY(!restored || restored->state == StoredState::Damaged
                || restored->state == StoredState::WrongKey);
    }

    void anAccountWithoutItsHeaderIsThereAndDamaged()
    {
        QVERIFY(m_world->attach());
        const auto paths = session::AccountPaths::of(m_world->folder.filePath(u"profile"_s), me);
        m_world->core.reset();
        QVERIFY(QFile::remove(paths.header()) && QFile::remove(paths.headerCopy()));

        m_world->start();
        const auto accounts = await(m_world->core->accounts());
        QCOMPARE(accounts->size(), 1);
        const UserId name = accounts->first().userId;
        QVERIFY(!name.isEmpty()); // what the window shows a problem for
        QCOMPARE(await(m_world->core->restore(name, Secret()))->state, StoredState::Damaged);
        QCOMPARE(await(m_world->core->restore(me, Secret()))->state, StoredState::Damaged);
        const auto again = await(m_world->core->loginPassword(
            {.baseUrl = u"https://m.x"_s, .user = me.toString(), .deviceName = {}}, Secret("p"), Secret()));
        QCOMPARE(again.error().code, u"PARVIS_STORE_ABSENT"_s); // before the server was asked
        QCOMPARE(m_world->attach().error().code, u"PARVIS_STORE_ABSENT"_s);
        QVERIFY(QFile::exists(paths.key()) && QFile::exists(paths.keysDatabase()));

        QVERIFY(await(m_world->core->startOver(name)));
        QVERIFY(await(m_world->core->accounts())->isEmpty());
        QVERIFY(m_world->attach());
    }

    void anUnknownAccountIsNone()
    {
        QCOMPARE(await(m_world->core->restore(UserId(u"@other:x"_s), Secret())).error().code,
                 u"PARVIS_NO_ACCOUNT"_s);
    }

    void oneAccountIsOpenAtATime()
    {
        QVERIFY(m_world->attach());

        QCOMPARE(m_world->attach().error().code, u"PARVIS_ALREADY_SIGNED_IN"_s);
        QCOMPARE(m_world->restore().error().code, u"PARVIS_ALREADY_SIGNED_IN"_s);
    }

    void withoutAnAccountThereIsNoEngine()
    {
        QCOMPARE(m_world->core->needEngine().error().code, u"PARVIS_NOT_SIGNED_IN"_s);
        QCOMPARE(await(m_world->core->logout(false)).error().code, u"PARVIS_NOT_SIGNED_IN"_s);
    }

    void startingOverKeepsTheOldFiles()
    {
        QVERIFY(m_world->attach());

        QVERIFY(await(m_world->core->startOver(me)));

        QVERIFY(!m_world->core->engine());
        QVERIFY(m_world->attach());
        const QDir accounts(m_world->folder.filePath(u"profile/accounts"_s));
        QCOMPARE(accounts.entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 2);
    }

private:
    std::unique_ptr<CoreWorld> m_world;
};

QTEST_GUILESS_MAIN(CoreAccountsTest)
#include "tst_core_accounts.moc"

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/file_vault.h"
#include "store/keys/draft_store.h"
#include "store/migrations.h"
#include "store/private_file.h"

#include <QDirIterator>

#include <sys/stat.h>

#include "profile_fixture.h"

using namespace parvis;
using namespace parvis::session;
using namespace Qt::StringLiterals;

/// Accounts in a profile folder: made, opened, locked otherwise.
class tst_ProfileStore : public ProfileFixture
{
    Q_OBJECT

private Q_SLOTS:
    void anAccountSurvivesARestart()
    {
        {
            const auto store = start();
            QCOMPARE(store->accounts().size(), 0);
            const auto files = create(*store);
            QVERIFY2(files, qPrintable(codeOf(files)));
            QVERIFY(store::DraftStore((*files)->keys()).save(room, u"draft"_s));
            QVERIFY((*files)->cacheIsNew());
        }
        const auto store = start();
        QVERIFY(await(store->finishInterrupted()));
        const auto accounts = store->accounts();
        QCOMPARE(accounts.size(), 1);
        QCOMPARE(accounts[0].header.userId, claire);
        QCOMPARE(accounts[0].header.deviceId, DeviceId(u"DEVICE"_s));
        QCOMPARE(accounts[0].problem, std::nullopt);

        const auto files = open(*store);

        QVERIFY2(files, qPrintable(codeOf(files)));
        const auto session = store::AccountStore((*files)->keys()).session();
        QVERIFY((*session)->tokens.access.equals("TOKEN-IN-CLEAR"));
        QCOMPARE(store::DraftStore((*files)->keys()).load(room), Result<QString>(u"draft"_s));
        QVERIFY(!(*files)->cacheIsNew());
        QCOMPARE((*files)->pickleKey().size(), 32);
        QVERIFY((*files)->cacheReader()());
        QVERIFY(!(*(*files)->keysReader()())->run("DELETE FROM draft"));
    }

    void aCopyOfTheKeysIsMadeBeforeTheirFileChanges()
    {
        const AccountPaths paths = pathsOf(claire);
        QVERIFY(makePrivateFolder(paths.folder));
        const auto keys = AccountKeys::derive(Secret(QByteArray(32, 'm')));
        const auto schema = keysSchema();
        const int before = schema[schema.size() - 2].version;
        const auto database = [&](const QString &path, bool create) {
            return Database::open({.path = path, .purpose = DatabaseOptions::Purpose::Keys, .create = create},
                                  keys->keysDatabase);
        };
        {
            const auto old = database(paths.keysDatabase(), true);
            QVERIFY(old && migrate(**old, schema.first(schema.size() - 1)));
            QVERIFY(store::DraftStore(**old).save(room, u"draft"_s));
        }
        const QString copy = paths.keysDatabase() + u".before-%1"_s.arg(before);
        const QString older = paths.keysDatabase() + u".before-1"_s; // of a change that was interrupted
        QVERIFY(createPrivateFile(older));
        const auto opens = [&] {
            return AccountFiles::open(paths, {}, keys->clone(), AccountFiles::Mode::Open, 0).has_value();
        };

        QVERIFY(opens());

        {
            const auto kept = database(copy, false);
            QVERIFY(kept);
            QCOMPARE((*kept)
                         ->one("PRAGMA user_version", [](const Statement &s) { return s.get<int>(0); })
                         ->value(),
                     before);
            QCOMPARE(store::DraftStore(**kept).load(room), Result<QString>(u"draft"_s));
        }
        QCOMPARE(QFile::permissions(copy) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QVERIFY(QFile::exists(older));
        QVERIFY(opens()); // well again, with the new form
        QVERIFY(!QFile::exists(copy) && !QFile::exists(older));
    }

    void nothingInTheFolderIsReadable()
    {
        const auto store = start();
        const auto files = create(*store);
        QVERIFY(files);
        const QByteArray vaultKey = m_vault->entries.begin()->second.view().toByteArray();

        int seen = 0;
        QDirIterator all(profile(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            const QByteArray content = contentOf(all.next());
            QVERIFY2(!content.contains("IN-CLEAR"), qPrintable(all.fileName()));
            QVERIFY(!content.contains(vaultKey) && !content.contains(vaultKey.toBase64()));
            ++seen;
        }
        QVERIFY(seen >= 5); // profile.json, key.json, two databases, the lock
    }

    void modesAreTheOwnersAlone()
    {
        const mode_t old = ::umask(0);
        {
            const auto store = start();
            const auto files = create(*store);
            ::umask(old);
            QVERIFY(files);
            QDirIterator all(profile(), QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                             QDirIterator::Subdirectories);
            while (all.hasNext()) {
                all.next();
                struct stat found = {};
                QCOMPARE(::stat(QFile::encodeName(all.filePath()).constData(), &found), 0);
                QCOMPARE(found.st_mode & 07777, all.fileInfo().isDir() ? mode_t(0700) : mode_t(0600));
            }
        }
    }

    void twoStoresOnOneFolder()
    {
        const auto store = start();

        QCOMPARE(codeOf(ProfileStore::open(profile(), *m_vault, m_clock)), u"PARVIS_PROFILE_IN_USE"_s);
    }

    void accountsDoNotMix()
    {
        const auto store = start();
        QVERIFY(create(*store, claire));
        QVERIFY(create(*store, karim));
        QCOMPARE(codeOf(create(*store, claire)), u"PARVIS_ACCOUNT_EXISTS"_s);
        QCOMPARE(m_vault->entries.size(), 2U);

        QVERIFY(open(*store, claire));
        QVERIFY(open(*store, karim));
        QCOMPARE(codeOf(open(*store, UserId(u"@nobody:x"_s))), u"PARVIS_NO_ACCOUNT"_s);
    }

    void anEmptiedKeychainIsNoFirstStart()
    {
        const auto store = start();
        QVERIFY(create(*store));
        const QByteArray before = contentOf(pathsOf(claire).keysDatabase());
        m_vault->entries.clear();

        QCOMPARE(store->accounts().size(), 1);
        QCOMPARE(codeOf(open(*store)), u"PARVIS_KEYCHAIN_EMPTY"_s);
        QCOMPARE(codeOf(create(*store)), u"PARVIS_ACCOUNT_EXISTS"_s);
        QCOMPARE(contentOf(pathsOf(claire).keysDatabase()), before);
    }

    void aKeychainThatDoesNotOpenIsToldAsSuch()
    {
        const auto store = start();
        QVERIFY(create(*store));
        for (const QString &code : {u"PARVIS_KEYCHAIN_ABSENT"_s, u"PARVIS_KEYCHAIN_LOCKED"_s}) {
            m_vault->failure = Error{ErrorKind::Keychain, code, {}, 0};
            QCOMPARE(codeOf(open(*store)), code);
            QCOMPARE(codeOf(await(store->checkVault())), code);
        }
        m_vault->failure.reset();
        QVERIFY(open(*store));
    }

    void anotherKeyInTheKeychain()
    {
        const auto store = start();
        QVERIFY(create(*store));
        for (auto &[name, secret] : m_vault->entries)
            secret = Secret::random(32);

        QCOMPARE(codeOf(open(*store)), u"PARVIS_STORE_WRONG_KEY"_s);
    }

    void checkingTheVaultLeavesNothing()
    {
        const auto store = start();

        QVERIFY(await(store->checkVault()));
        QVERIFY(m_vault->entries.empty());
    }

    void aPassphraseAloneNeedsNoKeychain()
    {
        m_vault->failure = Error{ErrorKind::Keychain, u"PARVIS_KEYCHAIN_ABSENT"_s, {}, 0};
        const auto store = start();
        QVERIFY(create(*store, claire, Lock::Passphrase, "correct horse"));

        QCOMPARE(store->accounts().at(0).lock, Lock::Passphrase);
        QCOMPARE(codeOf(open(*store, claire, "")), u"PARVIS_PASSPHRASE_NEEDED"_s);
        QCOMPARE(codeOf(open(*store, claire, "wrong")), u"PARVIS_WRONG_PASSPHRASE"_s);
        QVERIFY(open(*store, claire, "correct horse"));
        QCOMPARE(codeOf(await(store->setPassphrase(claire, Secret("correct horse"), Secret()))),
                 u"PARVIS_PASSPHRASE_NEEDED"_s);
        QVERIFY(await(store->wipe(claire)));
        QCOMPARE(store->accounts().size(), 0);
    }

    void aSealedProfileNeedsBoth()
    {
        const auto store = start();
        QVERIFY(create(*store));

        QVERIFY(await(store->setPassphrase(claire, Secret(), Secret("first"))));
        QCOMPARE(store->accounts().at(0).lock, Lock::KeychainAndPassphrase);
        QCOMPARE(codeOf(open(*store, claire, "")), u"PARVIS_PASSPHRASE_NEEDED"_s);
        QCOMPARE(codeOf(await(store->setPassphrase(claire, Secret("wrong"), Secret("second")))),
                 u"PARVIS_WRONG_PASSPHRASE"_s);
        QVERIFY(await(store->setPassphrase(claire, Secret("first"), Secret("second"))));
        QCOMPARE(codeOf(open(*store, claire, "first")), u"PARVIS_WRONG_PASSPHRASE"_s);
        QVERIFY(open(*store, claire, "second"));
        const auto parameters = KeyFile::parse(contentOf(pathsOf(claire).key()))->argon2;
        QVERIFY(parameters && parameters->memoryKib >= 65536 && parameters->passes >= 3);
        m_vault->failure = Error{ErrorKind::Keychain, u"PARVIS_KEYCHAIN_LOCKED"_s, {}, 0};
        QCOMPARE(codeOf(open(*store, claire, "second")), u"PARVIS_KEYCHAIN_LOCKED"_s);
        m_vault->failure.reset();

        QVERIFY(await(store->setPassphrase(claire, Secret("second"), Secret())));
        QVERIFY(open(*store));
    }

    void theFileVaultSurvives()
    {
        const QString folder = m_folder->filePath(u"vault"_s);
        QVERIFY(await(FileVault(folder).write(u"../name"_s, Secret("value"))));
        FileVault again(folder);

        QVERIFY(await(again.read(u"../name"_s))->equals("value"));
        QCOMPARE(codeOf(await(again.read(u"other"_s))), u"PARVIS_KEYCHAIN_EMPTY"_s);
        QVERIFY(await(again.remove(u"../name"_s)));
        QCOMPARE(codeOf(await(again.read(u"../name"_s))), u"PARVIS_KEYCHAIN_EMPTY"_s);
    }
};

QTEST_GUILESS_MAIN(tst_ProfileStore)
#include "tst_profile_store.moc"

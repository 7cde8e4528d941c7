// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "session/profile_generation.h"

#include <QDir>

#include "profile_fixture.h"

using namespace parvis;
using namespace parvis::session;
using namespace Qt::StringLiterals;

/// An older copy of an account's files that was put back is known as one.
class tst_ProfileGeneration : public ProfileFixture
{
    Q_OBJECT

    /// One start of the program; @p counted false: it ends before the opening is counted.
    [[nodiscard]] bool opensAsOldCopy(bool counted = true)
    {
        const auto store = start();
        const auto files = open(*store);
        if (!files)
            qFatal("%s", qPrintable(files.error().code));
        const bool old = *ProfileGeneration::isOldCopy((*files)->keys(), (*files)->openingsInVault());
        if (counted && !store->countOpening(**files))
            qFatal("not counted");
        return old;
    }

    /// Every file of the account, as it is now.
    [[nodiscard]] QHash<QString, QByteArray> copied() const
    {
        QHash<QString, QByteArray> copy;
        const QDir folder(pathsOf(claire).folder);
        for (const QString &name : folder.entryList(QDir::Files))
            copy.insert(folder.filePath(name), contentOf(folder.filePath(name)));
        return copy;
    }

    void putBack(const QHash<QString, QByteArray> &copy) const
    {
        const QDir folder(pathsOf(claire).folder);
        for (const QString &name : folder.entryList(QDir::Files))
            QVERIFY(QFile::remove(folder.filePath(name)));
        for (auto it = copy.cbegin(); it != copy.cend(); ++it)
            overwrite(it.key(), it.value());
    }

private Q_SLOTS:
    void filesThatGoOnAreNoOldCopy()
    {
        QVERIFY(create(*start()));
        for (int i = 0; i < 4; ++i)
            QVERIFY(!opensAsOldCopy());
    }

    void anOlderCopyIsKnownUntilItWasAnswered()
    {
        QVERIFY(create(*start()));
        QVERIFY(!opensAsOldCopy());
        const auto copy = copied();
        QVERIFY(!opensAsOldCopy());

        putBack(copy);

        QVERIFY(opensAsOldCopy(false)); // nobody answered: a crash came first
        QVERIFY(opensAsOldCopy());
        QVERIFY(!opensAsOldCopy());
        putBack(copy);
        QVERIFY(opensAsOldCopy());
    }

    void aCopyOfBeforeTheFirstRestartIsKnownToo()
    {
        QVERIFY(create(*start()));
        const auto copy = copied();
        QVERIFY(!opensAsOldCopy());
        putBack(copy);
        QVERIFY(opensAsOldCopy());
    }

    void aVaultThatTakesNoCountKeepsNobodyOut()
    {
        QVERIFY(create(*start()));
        QVERIFY(!opensAsOldCopy());
        m_vault->writesUntilFailure = 0;
        QVERIFY(!opensAsOldCopy());
        m_vault->writesUntilFailure = -1;
        QVERIFY(!opensAsOldCopy()); // the files are ahead of the vault: no sign of a copy
    }

    void aCountThatIsNoNumberSaysNothing()
    {
        QVERIFY(create(*start()));
        QVERIFY(!opensAsOldCopy());
        for (auto &[name, value] : m_vault->entries) {
            if (name.endsWith(u"-generation"_s))
                value = Secret("99999999999999999999999");
        }
        QVERIFY(!opensAsOldCopy());
    }

    void theCountGoesWithTheAccount()
    {
        QVERIFY(create(*start()));
        QVERIFY(!opensAsOldCopy());
        QCOMPARE(m_vault->entries.size(), size_t(2));
        QVERIFY(await(start()->wipe(claire)));
        QVERIFY(m_vault->entries.empty());
    }

    void anAccountThatAPassphraseOpensHasNoSecondCount()
    {
        QVERIFY(create(*start(), claire, Lock::Passphrase, "correct horse"));
        const auto store = start();
        const auto files = open(*store, claire, "correct horse");
        QVERIFY(files);
        QVERIFY(store->countOpening(**files));
        QVERIFY(!*ProfileGeneration::isOldCopy((*files)->keys(), (*files)->openingsInVault()));
        QVERIFY(m_vault->entries.empty());
    }
};

QTEST_GUILESS_MAIN(tst_ProfileGeneration)
#include "tst_profile_generation.moc"

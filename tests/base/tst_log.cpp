// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/ids.h"
#include "base/log.h"
#include "fakes/fake_clock.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace parvis;
using namespace Qt::StringLiterals;

class LogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_clock.ms = 1'800'000'000'000; // 2027-01-15
        log::setLevel(u"warning");
    }
    void cleanupTestCase() { log::setLevel(u"warning"); }

    void anIdIsSixCharacters()
    {
        const QString id = log::shortId(u"@claire:exemple.gouv");

        QCOMPARE(id.size(), 6);
        QCOMPARE(log::shortId(UserId(u"@claire:exemple.gouv"_s)), id);
        QVERIFY(log::shortId(u"@paul:exemple.gouv") != id);
        QVERIFY(!u"@claire:exemple.gouv"_s.contains(id));
    }

    void aWarningIsKeptAndInformationIsNot()
    {
        {
            const log::LogFiles files(folder(), m_clock);
            qCWarning(log::sync) << "two words";
            qCInfo(log::sync) << "not this";
        }

        QCOMPARE(text(u"parvis-2027-01-15.log"_s),
                 QByteArray("2027-01-15T08:00:00.000Z warning parvis.sync: two words\n"));
    }

    void theLevelCanBeSet_data()
    {
        QTest::addColumn<QString>("level");
        QTest::addColumn<int>("lines");
        QTest::newRow("error") << u"error"_s << 1;
        QTest::newRow("warning") << u"warning"_s << 2;
        QTest::newRow("info") << u"info"_s << 3;
        QTest::newRow("debug") << u"debug"_s << 4;
        QTest::newRow("unknown") << u"nonsense"_s << 2;
    }
    void theLevelCanBeSet()
    {
        QFETCH(QString, level);
        QFETCH(int, lines);
        log::setLevel(level);
        {
            const log::LogFiles files(folder(), m_clock);
            qCDebug(log::net) << "d";
            qCInfo(log::net) << "i";
            qCWarning(log::net) << "w";
            qCCritical(log::net) << "c";
        }

        QCOMPARE(text(u"parvis-2027-01-15.log"_s).count('\n'), lines);
    }

    void whatOthersSayIsLeftOut()
    {
        {
            const log::LogFiles files(folder(), m_clock);
            qWarning("cannot open %s", "secret.odt");
        }

        const QByteArray kept = text(u"parvis-2027-01-15.log"_s);
        QVERIFY(kept.contains("warning default: (left out)"));
        QVERIFY(!kept.contains("secret"));
    }

    void oneMessageIsOneLine()
    {
        {
            const log::LogFiles files(folder(), m_clock);
            qCWarning(log::net).noquote() << "a\nb\r2027 error forged";
        }

        QCOMPARE(text(u"parvis-2027-01-15.log"_s).count('\n'), 1);
        QVERIFY(!text(u"parvis-2027-01-15.log"_s).contains('\r'));
    }

    void aDayHasItsFileAndAWeekIsKept()
    {
        {
            const log::LogFiles files(folder(), m_clock);
            for (int day = 0; day < 10; ++day) {
                qCWarning(log::net) << "day" << day;
                m_clock.advance(86'400'000);
            }
        }

        const QStringList kept = QDir(folder()).entryList(QDir::Files, QDir::Name);
        QCOMPARE(kept.size(), log::LogFiles::daysKept);
        QCOMPARE(kept.constFirst(), u"parvis-2027-01-18.log"_s);
        QCOMPARE(kept.constLast(), u"parvis-2027-01-24.log"_s);
    }

    void leavesOtherFilesAlone()
    {
        QDir().mkpath(folder());
        for (const QString &name :
             {u"parvis-notes.log"_s, u"other-2020-01-01.log"_s, u"parvis-2020-01-01.log"_s}) {
            QFile file(QDir(folder()).filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        {
            const log::LogFiles files(folder(), m_clock);
            qCWarning(log::net) << "x";
        }

        QCOMPARE(QDir(folder()).entryList(QDir::Files, QDir::Name),
                 (QStringList{u"other-2020-01-01.log"_s, u"parvis-2027-01-15.log"_s, u"parvis-notes.log"_s}));
    }

    void isForItsOwnerAlone()
    {
        {
            const log::LogFiles files(folder(), m_clock);
            qCWarning(log::net) << "x";
        }
        constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
            | QFile::WriteOther | QFile::ExeOther;

        QVERIFY(!(QFile::permissions(folder()) & others));
        QVERIFY(!(QFile::permissions(QDir(folder()).filePath(u"parvis-2027-01-15.log"_s)) & others));
    }

    void aFloodDoesNotFillTheDisk()
    {
        {
            const log::LogFiles files(folder(), m_clock);
            const QString large(1 << 20, u'x');
            for (int i = 0; i < 30; ++i)
                qCWarning(log::net) << large;
        }

        const qint64 size = QFile(QDir(folder()).filePath(u"parvis-2027-01-15.log"_s)).size();
        QVERIFY(size > log::LogFiles::maxBytesADay);
        QVERIFY(size < log::LogFiles::maxBytesADay + (2 << 20));
    }

    void takesMessagesFromAnyThread()
    {
        {
            const log::LogFiles files(folder(), m_clock);
            const auto flood = [] {
                for (int i = 0; i < 500; ++i)
                    qCWarning(log::net) << "line";
            };
            std::thread other(flood);
            flood();
            other.join();
        }

        QCOMPARE(text(u"parvis-2027-01-15.log"_s).count("warning parvis.net: line\n"), 1000);
    }

    void worksWithoutAFolder()
    {
        QFile blocking(folder());
        QVERIFY(blocking.open(QIODevice::WriteOnly));

        const log::LogFiles files(folder() + u"/below"_s, m_clock);
        qCWarning(log::net) << "to standard error alone";

        QVERIFY(!QFile::exists(folder() + u"/below"_s));
    }

private:
    [[nodiscard]] QString folder() const { return m_dir->filePath(u"logs"_s); }
    [[nodiscard]] QByteArray text(const QString &name) const
    {
        QFile file(QDir(folder()).filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    FakeClock m_clock;
};

QTEST_GUILESS_MAIN(LogTest)
#include "tst_log.moc"

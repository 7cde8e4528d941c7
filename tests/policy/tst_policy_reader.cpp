// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "policy/policy_reader.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>

#include <unistd.h>
#endif

using namespace parvis::policy;
using namespace Qt::StringLiterals;

namespace {

/// Every key that guards something is at its safest value, and locked there.
bool everythingIsSafe(const Policy &policy)
{
    for (const KeyInfo &info : keys()) {
        const Effective wanted{builtIn(info, info.safest), Source::Mandatory, true};
        if (info.sensitive && policy.value(info.key) != wanted)
            return false;
    }
    return true;
}

} // namespace

class PolicyReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void readsBothLevels()
    {
        const Reading reading = readPolicy(R"({
            "mandatory": {"servers": ["*.Gouv.example"], "text_scale": 120},
            "recommended": {"theme": "dark"}
        })");

        QVERIFY(reading.mistakes.isEmpty());
        QCOMPARE(reading.policy.list(Key::Servers), QStringList{u"*.gouv.example"_s});
        QCOMPARE(reading.policy.value(Key::TextScale), (Effective{120, Source::Mandatory, true}));
        QCOMPARE(reading.policy.value(Key::Theme), (Effective{u"dark"_s, Source::Recommended, false}));
        QCOMPARE(reading.policy.value(Key::Language).source, Source::Default);
    }

    void namesMistakesWithTheirLines()
    {
        const Reading reading = readPolicy("{\n"
                                           "  \"mandatory\": {\n"
                                           "    \"sservers\": [],\n"
                                           "    \"minimum_tls\":\n      \"1.1\",\n"
                                           "    \"theme\": \"light\"\n"
                                           "  },\n"
                                           "  \"recommended\": { \"text_scale\": \"big\" },\n"
                                           "  \"mandatroy\": {}\n"
                                           "}\n");

        QMap<QString, int> lines;
        for (const Mistake &mistake : reading.mistakes) {
            lines.insert(mistake.key, mistake.line);
            QVERIFY(!mistake.message.isEmpty());
        }
        QCOMPARE(lines,
                 (QMap<QString, int>{
                     {u"sservers"_s, 3}, {u"minimum_tls"_s, 4}, {u"text_scale"_s, 8}, {u"mandatroy"_s, 9}}));
        QCOMPARE(reading.mistakes.size(), 4);
        QCOMPARE(reading.policy.value(Key::MinimumTls), (Effective{u"1.3"_s, Source::Mandatory, true}));
        QCOMPARE(reading.policy.value(Key::Theme).locked, true);
        QCOMPARE(reading.policy.value(Key::TextScale), (Effective{100, Source::Default, false}));
    }

    void anyLockThatCannotBeReadIsAtItsSafest()
    {
        for (const KeyInfo &info : keys()) {
            const QByteArray name(info.name.data(), qsizetype(info.name.size()));
            const Reading reading = readPolicy("{\"mandatory\":{\"" + name + "\":{\"a\":1}}}");

            QCOMPARE(reading.policy.value(info.key),
                     (Effective{builtIn(info, info.safest), Source::Mandatory, true}));
            QCOMPARE(reading.mistakes.size(), 1);
            QCOMPARE(reading.mistakes[0].key, QString::fromLatin1(name));
        }
    }

    void aKeyThatStandsTwiceCannotBeRead()
    {
        const Reading locked = readPolicy(R"({"mandatory":{"minimum_tls":"1.2","minimum_tls":"1.2"}})");
        const Reading spelled =
            readPolicy("{\"mandatory\":{\"minimum_tls\":\"1.3\",\"minimum\\u005ftls\":\"1.2\"}}");
        const Reading level = readPolicy(R"({"mandatory":{"theme":"dark"},"mandatory":{}})");

        QCOMPARE(locked.policy.text(Key::MinimumTls), u"1.3"_s);
        QCOMPARE(locked.mistakes.size(), 1);
        QCOMPARE(spelled.policy.text(Key::MinimumTls), u"1.3"_s);
        QCOMPARE(spelled.mistakes.size(), 1);
        QVERIFY(everythingIsSafe(level.policy));
        QCOMPARE(level.mistakes.size(), 1);
    }

    void aFileThatIsNoPolicyIsSafe_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::newRow("empty") << QByteArray() << 1;
        QTest::newRow("cut") << QByteArray("{\n\"mandatory\": {\n") << 3;
        QTest::newRow("comma") << QByteArray("{\n\"mandatory\": {\n\"theme\": \"dark\",\n}}") << 4;
        QTest::newRow("list") << QByteArray("[]") << 1;
        QTest::newRow("level is a list") << QByteArray("{\n\"mandatory\": []}") << 2;
        QTest::newRow("level is null") << QByteArray("{\"mandatory\": null}") << 1;
        QTest::newRow("deep") << QByteArray(100'000, '[') << 1;
        QTest::newRow("binary") << QByteArray("\x7f"
                                              "ELF\0\1\2",
                                              7)
                                << 1;
    }
    void aFileThatIsNoPolicyIsSafe()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);

        const Reading reading = readPolicy(text);

        QVERIFY(everythingIsSafe(reading.policy));
        QCOMPARE(reading.mistakes.size(), 1);
        QCOMPARE(reading.mistakes[0].line, line);
    }

    void takesABadRecommendationForNone()
    {
        const Reading reading = readPolicy(R"({"mandatory":{"theme":"dark"},"recommended":7})");

        QCOMPARE(reading.policy, Policy({{Key::Theme, u"dark"_s}}, {}));
        QCOMPARE(reading.mistakes.size(), 1);
    }

    void takesAByteOrderMark() { QVERIFY(readPolicy("\xEF\xBB\xBF{\"mandatory\":{}}").mistakes.isEmpty()); }

    void noFileIsNoPolicy()
    {
        QCOMPARE(readPolicyFile(m_dir->filePath(u"none.json"_s)).policy, Policy());
        QVERIFY(readPolicyFile(m_dir->filePath(u"none/none.json"_s)).mistakes.isEmpty());
    }

    void readsAFile()
    {
        const QString path = write(R"({"mandatory":{"theme":"dark"}})");

        QCOMPARE(readPolicyFile(path).policy.text(Key::Theme), u"dark"_s);
        QVERIFY(readPolicyFile(path).mistakes.isEmpty());
    }

    void aHugeFileIsSafe()
    {
        const Reading reading = readPolicyFile(write(QByteArray(2 << 20, ' ') + "{}"));

        QVERIFY(everythingIsSafe(reading.policy));
    }

#ifdef Q_OS_UNIX
    void whatAnyoneCanChangeIsNotBelieved()
    {
        const QString path = write(R"({"mandatory":{"servers":["*"],"theme":"dark"}})");
        QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0646), 0);

        const Reading reading = readPolicyFile(path);

        QVERIFY(everythingIsSafe(reading.policy));
        QCOMPARE(reading.policy.value(Key::Theme).source, Source::Default);
        QCOMPARE(reading.mistakes.size(), 1);
    }

    void norWhatLiesWhereAnyoneCanReplaceIt()
    {
        const QString path = write(R"({"mandatory":{"servers":["*"]}})");
        QCOMPARE(::chmod(QFile::encodeName(m_dir->path()).constData(), 0777), 0);
        const Reading open = readPolicyFile(path);
        QCOMPARE(::chmod(QFile::encodeName(m_dir->path()).constData(), 01777), 0);
        const Reading sticky = readPolicyFile(path);

        QVERIFY(everythingIsSafe(open.policy));
        QVERIFY(sticky.mistakes.isEmpty());
    }

    void whatIsNoPlainFileIsSafe()
    {
        const QString pipe = m_dir->filePath(u"pipe"_s);
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        const QString dangling = m_dir->filePath(u"link"_s);
        QVERIFY(QFile::link(m_dir->filePath(u"gone"_s), dangling));

        QVERIFY(everythingIsSafe(readPolicyFile(pipe).policy)); // and does not wait for a writer
        QVERIFY(everythingIsSafe(readPolicyFile(dangling).policy));
        QVERIFY(everythingIsSafe(readPolicyFile(m_dir->path()).policy));
    }

    void whatMayNotBeReadIsSafe()
    {
        const QString path = write("{}");
        QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0), 0);
        const QString hidden = m_dir->filePath(u"hidden"_s);
        QCOMPARE(::mkdir(QFile::encodeName(hidden).constData(), 0), 0);
        QCOMPARE(::chmod(QFile::encodeName(m_dir->path()).constData(), 0755), 0);
        const bool root = ::geteuid() == 0; // who may read everything
        QVERIFY(!root || ::seteuid(65534) == 0);

        const Reading closed = readPolicyFile(path);
        const Reading perhaps = readPolicyFile(hidden + u"/policy.json"_s);

        QVERIFY(!root || ::seteuid(0) == 0);
        QVERIFY(everythingIsSafe(closed.policy));
        QVERIFY(everythingIsSafe(perhaps.policy));
    }
#endif

    void writesTheAnswerOfTheDriver()
    {
        const QJsonObject answer = toJson(readPolicy("{\"mandatory\":{\"theme\":\"dark\",\n\"x\":1}}"));

        QCOMPARE(answer["keys"_L1].toObject().size(), 17);
        QCOMPARE(answer["keys"_L1]["theme"_L1].toObject(),
                 (QJsonObject{{u"value"_s, u"dark"_s}, {u"source"_s, u"mandatory"_s}, {u"locked"_s, true}}));
        QCOMPARE(answer["keys"_L1]["servers"_L1]["value"_L1].toArray(), QJsonArray{u"*"_s});
        QCOMPARE(answer["mistakes"_L1][0]["key"_L1].toString(), u"x"_s);
        QCOMPARE(answer["mistakes"_L1][0]["line"_L1].toInt(), 2);
        QVERIFY(!toJson(readPolicy("[]"))["mistakes"_L1][0]["message"_L1].toString().isEmpty());
    }

private:
    QString write(const QByteArray &text)
    {
        QFile file(m_dir->filePath(u"policy.json"_s));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no file");
        file.write(text);
        return file.fileName();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(PolicyReaderTest)
#include "tst_policy_reader.moc"

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "platform/keychain_vault.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <optional>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 15'000;

template <typename T>
Result<T> await(Task<T> task)
{
    QObject context;
    QEventLoop loop;
    std::optional<Result<T>> answer;
    std::move(task).then(&context, [&](Result<T> result) {
        answer = std::move(result);
        loop.quit();
    });
    if (!answer)
        loop.exec();
    return *std::move(answer);
}

/// The other half of the test, on a bus of its own: steps such as "write a 1", "read a", "remove a"; one line
/// each.
int runSteps(const QStringList &steps)
{
    KeychainVault vault(u"parvis-test"_s, patienceMs);
    QTextStream out(stdout);
    for (const QString &step : steps) {
        const QStringList words = step.split(u' ');
        Result<Secret> answer;
        if (words[0] == "write"_L1) {
            const auto written = await(vault.write(words[1], Secret(words[2].toUtf8())));
            answer = written ? Result<Secret>(Secret("ok")) : Result<Secret>(tl::unexpected(written.error()));
        } else if (words[0] == "remove"_L1) {
            const auto removed = await(vault.remove(words[1]));
            answer = removed ? Result<Secret>(Secret("ok")) : Result<Secret>(tl::unexpected(removed.error()));
        } else {
            answer = await(vault.read(words[1]));
        }
        out << (answer ? QString::fromUtf8(answer->view()) : answer.error().code) << '\n';
        if (!answer)
            QTextStream(stderr) << answer.error().detail << '\n';
    }
    return 0;
}

} // namespace

/// The real keychain: a daemon and a bus for each test, in a folder of their own.
class tst_KeychainVault : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_home;
    bool m_ready = false;

    /// @p script finds the inner program in $STEPS. Answers with the lines that it printed.
    QStringList run(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        QProcessEnvironment environment;
        for (const char *name :
             {"PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS"}) {
            if (qEnvironmentVariableIsSet(name))
                environment.insert(QString::fromLatin1(name), qEnvironmentVariable(name));
        }
        for (const auto name : {"HOME"_L1, "XDG_RUNTIME_DIR"_L1, "XDG_DATA_HOME"_L1, "XDG_CONFIG_HOME"_L1})
            environment.insert(name, m_home->path());
        environment.insert(u"STEPS"_s, QCoreApplication::applicationFilePath());
        process.setProcessEnvironment(environment);
        process.start(program, arguments);
        if (!process.waitForFinished(90'000)) {
            process.kill();
            process.waitForFinished();
            return {u"no end"_s};
        }
        const QByteArray noise = process.readAllStandardError();
        if (!noise.isEmpty())
            qInfo("%s", noise.constData());
        return QString::fromUtf8(process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    }

    QStringList onABus(const QString &script)
    {
        return run(u"dbus-run-session"_s, {u"--"_s, u"sh"_s, u"-c"_s, script});
    }

    static QString unlock()
    {
        return u"printf 'pw' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "_s;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_ready = true;
        for (const auto &tool : {u"dbus-run-session"_s, u"gnome-keyring-daemon"_s}) {
            if (QStandardPaths::findExecutable(tool).isEmpty()) {
                qInfo("%s is not there: the real keychain is passed by", qPrintable(tool));
                m_ready = false;
            }
        }
    }

    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void withoutABusItIsAbsent()
    {
        QCOMPARE(run(u"sh"_s, {u"-c"_s, u"exec \"$STEPS\" --steps 'read a' 'write a 1' 'remove a'"_s}),
                 (QStringList{u"PARVIS_KEYCHAIN_ABSENT"_s, u"PARVIS_KEYCHAIN_ABSENT"_s,
                              u"PARVIS_KEYCHAIN_ABSENT"_s}));
    }

    void withoutAServiceItIsAbsent()
    {
        if (!m_ready)
            return;
        QFile config(m_home->filePath(u"bus.conf"_s));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(
            "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context=\"default\">"
            "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/>"
            "</policy></busconfig>");
        config.close();

        QCOMPARE(run(u"dbus-run-session"_s,
                     {u"--config-file="_s + config.fileName(), u"--"_s, u"sh"_s, u"-c"_s,
                      u"exec \"$STEPS\" --steps 'read a' 'write a 1' 'remove a'"_s}),
                 (QStringList{u"PARVIS_KEYCHAIN_ABSENT"_s, u"PARVIS_KEYCHAIN_ABSENT"_s,
                              u"PARVIS_KEYCHAIN_ABSENT"_s}));
    }

    void whatIsWrittenIsReadByTheNextProcess()
    {
        if (!m_ready)
            return;
        QCOMPARE(onABus(unlock()
                        + u"\"$STEPS\" --steps 'read a' 'write a first' 'write a second' 'write b other';"
                          "\"$STEPS\" --steps 'read a' 'remove a' 'read a' 'remove a' 'read b'"_s),
                 (QStringList{u"PARVIS_KEYCHAIN_EMPTY"_s, u"ok"_s, u"ok"_s, u"ok"_s, u"second"_s, u"ok"_s,
                              u"PARVIS_KEYCHAIN_EMPTY"_s, u"ok"_s, u"other"_s}));
    }

    void itWorksOnAThreadOfItsOwn()
    {
        if (!m_ready)
            return;
        QCOMPARE(onABus(unlock() + u"exec \"$STEPS\" --thread 'write a 1' 'read a'"_s),
                 (QStringList{u"ok"_s, u"1"_s}));
    }

    void aLockedCollectionIsNotAnEmptyOne()
    {
        if (!m_ready)
            return;
        QCOMPARE(onABus(unlock() + u"exec \"$STEPS\" --steps 'write a 1'"_s), QStringList{u"ok"_s});

        const QString locked = u"gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1;"
                               "exec \"$STEPS\" --steps 'read a' 'remove a' 'write b 2'"_s;
        QCOMPARE(onABus(locked),
                 (QStringList{u"PARVIS_KEYCHAIN_LOCKED"_s, u"PARVIS_KEYCHAIN_LOCKED"_s,
                              u"PARVIS_KEYCHAIN_LOCKED"_s}));

        QCOMPARE(onABus(unlock() + u"exec \"$STEPS\" --steps 'read a'"_s), QStringList{u"1"_s});
    }

    void noCollectionIsLockedAndNotEmpty()
    {
        if (!m_ready)
            return;
        QCOMPARE(onABus(u"gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1;"
                        "exec \"$STEPS\" --steps 'read a' 'write a 1'"_s),
                 (QStringList{u"PARVIS_KEYCHAIN_LOCKED"_s, u"PARVIS_KEYCHAIN_LOCKED"_s}));
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "--steps"_L1)
        return runSteps(arguments.mid(2));
    if (arguments.value(1) == "--thread"_L1) {
        const std::unique_ptr<QThread> core(QThread::create([&] { runSteps(arguments.mid(2)); }));
        core->start();
        return core->wait() ? 0 : 1;
    }
    tst_KeychainVault test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_keychain_vault.moc"

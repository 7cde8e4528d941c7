// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/core_thread.h"
#include "engine/settings_bridge.h"
#include "fakes/await.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;
using policy::Key;

namespace {

using Values = QMap<Key, policy::Value>;

const Values french{{Key::Language, u"fr"_s}, {Key::Theme, u"dark"_s}, {Key::TextScale, 150}};
const Values english{{Key::Language, u"en"_s}, {Key::Theme, u"light"_s}, {Key::TextScale, 90}};

} // namespace

/// The person's choices in settings.json, under the administrator's.
class SettingsBridgeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        open({});
    }

    void withoutAnybodysChoiceTheDefaultHolds()
    {
        QCOMPARE(now(), Settings());
        QVERIFY(!QFile::exists(path()));
    }

    void aChoiceIsKeptForTheNextStart()
    {
        QVERIFY(await(m_bridge->setLanguage(u"en"_s)));
        QVERIFY(await(m_bridge->setTheme(ThemeChoice::Dark)));
        QVERIFY(await(m_bridge->setTextScale(130)));
        const Settings chosen = now();

        open({});

        QCOMPARE(now(), chosen);
        QCOMPARE(now().language, (Setting<QString>{u"en"_s, SettingSource::Person}));
        QCOMPARE(now().theme, (Setting<ThemeChoice>{ThemeChoice::Dark, SettingSource::Person}));
        QCOMPARE(now().textScale, (Setting<int>{130, SettingSource::Person}));
        QCOMPARE(QFile::permissions(path()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void theSystemsLanguageIsAChoiceToo()
    {
        open(policy::Policy({}, french));
        QCOMPARE(now().language, (Setting<QString>{u"fr"_s, SettingSource::Recommended}));

        QVERIFY(await(m_bridge->setLanguage({})));

        QCOMPARE(now().language, (Setting<QString>{QString(), SettingSource::Person}));
    }

    void theOneWhoHasTheSay_data()
    {
        QTest::addColumn<policy::Policy>("policy");
        QTest::addColumn<bool>("chosen"); // english, by the person
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("scale");
        QTest::addColumn<SettingSource>("source");

        QTest::newRow("recommended") << policy::Policy({}, french) << false << u"fr"_s << 150
                                     << SettingSource::Recommended;
        QTest::newRow("the person, before recommended")
            << policy::Policy({}, french) << true << u"en"_s << 90 << SettingSource::Person;
        QTest::newRow("mandatory") << policy::Policy(french, {}) << false << u"fr"_s << 150
                                   << SettingSource::Mandatory;
        QTest::newRow("mandatory, before recommended")
            << policy::Policy(french, english) << false << u"fr"_s << 150 << SettingSource::Mandatory;
        QTest::newRow("mandatory, before the person")
            << policy::Policy(french, {}) << true << u"fr"_s << 150 << SettingSource::Mandatory;
    }
    void theOneWhoHasTheSay()
    {
        QFETCH(policy::Policy, policy);
        QFETCH(bool, chosen);
        QFETCH(QString, language);
        QFETCH(int, scale);
        QFETCH(SettingSource, source);
        if (chosen) { // while it was free
            QVERIFY(await(m_bridge->setLanguage(u"en"_s)));
            QVERIFY(await(m_bridge->setTheme(ThemeChoice::Light)));
            QVERIFY(await(m_bridge->setTextScale(90)));
        }

        open(policy);

        const bool isFrench = language == u"fr"_s;
        QCOMPARE(now().language, (Setting<QString>{language, source}));
        QCOMPARE(now().theme,
                 (Setting<ThemeChoice>{isFrench ? ThemeChoice::Dark : ThemeChoice::Light, source}));
        QCOMPARE(now().textScale, (Setting<int>{scale, source}));
        QCOMPARE(now().language.locked(), source == SettingSource::Mandatory);
    }

    void whatIsLockedCannotBeChosen()
    {
        open(policy::Policy(french, {}));
        const Settings before = now();

        for (auto answer : {await(m_bridge->setLanguage(u"en"_s)), await(m_bridge->setTextScale(90)),
                            await(m_bridge->setTheme(ThemeChoice::Light))}) {
            QVERIFY(!answer);
            QCOMPARE(answer.error().kind, ErrorKind::Policy);
            QCOMPARE(answer.error().code, u"PARVIS_SETTING_LOCKED"_s);
        }

        QCOMPARE(now(), before);
        open({}); // the lock is gone, and nothing was kept behind it
        QCOMPARE(now(), Settings());
    }

    void aChoiceComesBackWhenItsLockGoes()
    {
        QVERIFY(await(m_bridge->setTextScale(90)));
        open(policy::Policy(french, {}));
        WindowMemory narrow;
        narrow.width = 900;
        m_bridge->rememberWindow(narrow);
        m_bridge->flush();

        open({});

        QCOMPARE(now().textScale, (Setting<int>{90, SettingSource::Person}));
    }

    void whatIsNoValueIsRefused()
    {
        for (auto answer : {await(m_bridge->setLanguage(u"de"_s)), await(m_bridge->setTextScale(79)),
                            await(m_bridge->setTextScale(201))}) {
            QVERIFY(!answer);
            QCOMPARE(answer.error().code, u"PARVIS_BAD_SETTING"_s);
        }
        QCOMPARE(now(), Settings());
    }

    void aFileThatCannotBeReadIsKeptAside_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no JSON") << QByteArray("{\"language\": \"fr\"");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("huge") << "{\"a\":\"" + QByteArray(2 << 20, 'x') + "\"}";
    }
    void aFileThatCannotBeReadIsKeptAside()
    {
        QFETCH(QByteArray, text);
        forget();
        write(text);

        open(policy::Policy({}, french));

        QCOMPARE(now().language, (Setting<QString>{u"fr"_s, SettingSource::Recommended}));
        QFile aside(path() + u".unreadable"_s);
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), text);
        QVERIFY(await(m_bridge->setLanguage(u"en"_s)));
        QVERIFY(QFile::exists(path()));
    }

    void whatIsNoValueInTheFileCountsAsNoChoice()
    {
        forget();
        write(
            R"({"language": "de", "theme": 5, "text_scale": 1000, "window": {"width": 1, "list_width": 9999}})");

        open({});

        QCOMPARE(now(), Settings());
        QCOMPARE(m_bridge->windowMemory().width, 480);
        QCOMPARE(m_bridge->windowMemory().listWidth, 440);
    }

    void aFolderThatCannotBeWrittenIsSaid()
    {
        forget();
        QVERIFY(m_folder->remove());

        open({});
        const auto answer = await(m_bridge->setLanguage(u"en"_s));

        QVERIFY(!answer);
        QCOMPARE(answer.error().code, u"PARVIS_SETTINGS_NOT_WRITTEN"_s);
        QCOMPARE(now().language.value, u"en"_s); // it holds until the end of the program
    }

    void cleanup() { close(); }

private:
    void open(policy::Policy policy)
    {
        if (m_bridge)
            m_bridge->flush();
        // What is being written is written before the file is read again.
        QMetaObject::invokeMethod(
            m_core.executor(), [] {}, Qt::BlockingQueuedConnection);
        m_bridge = std::make_unique<SettingsBridge>(m_folder->path(), std::move(policy), m_core.executor());
    }
    /// As before the first start.
    void forget()
    {
        close();
        QFile::remove(path());
    }
    /// Whom the core's thread still has to answer stays until it has, as in the program.
    void close()
    {
        if (m_bridge)
            m_bridge->flush();
        QMetaObject::invokeMethod(
            m_core.executor(), [] {}, Qt::BlockingQueuedConnection);
        QCoreApplication::sendPostedEvents(m_bridge.get());
        m_bridge.reset();
    }
    [[nodiscard]] Settings now() const
    {
        Settings settings;
        const QObject context;
        m_bridge->subscribe(&context, [&](const Settings &is) { settings = is; });
        return settings;
    }
    [[nodiscard]] QString path() const { return m_folder->filePath(u"settings.json"_s); }
    void write(const QByteArray &text) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    CoreThread m_core;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SettingsBridge> m_bridge;
};

QTEST_GUILESS_MAIN(SettingsBridgeTest)
#include "tst_settings_bridge.moc"

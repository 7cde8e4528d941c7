// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "policy/policy.h"
#include "policy/profile_folder.h"
#include "policy/server_rules.h"

#include <QDir>
#include <QJsonArray>
#include <QTest>

using namespace parvis::policy;
using namespace Qt::StringLiterals;

class PolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKeyIsWhole()
    {
        QStringList names;
        for (const KeyInfo &info : keys()) {
            const QString name = QString::fromLatin1(info.name.data(), qsizetype(info.name.size()));
            QVERIFY2(!names.contains(name), qPrintable(name));
            names += name;
            QCOMPARE(keyNamed(name), info.key);
            QCOMPARE(&parvis::policy::info(info.key), &info);
            QVERIFY(!info.description.empty());
            // Both are values that the reader itself would take.
            QCOMPARE(readValue(info, toJson(builtIn(info, info.fallback))), builtIn(info, info.fallback));
            QCOMPARE(readValue(info, toJson(builtIn(info, info.safest))), builtIn(info, info.safest));
        }
        QCOMPARE(names.size(), 17);
        QVERIFY(!keyNamed(u"Servers"));
    }

    void keysGoToSignedDevicesUnlessTheFileSaysOtherwise()
    {
        // What matrix says of itself since v1.18 (MSC4153): whoever has not signed a device has not got it.
        QCOMPARE(Policy().text(Key::EncryptFor), u"signed_devices"_s);
        QCOMPARE(Policy({}, {{Key::EncryptFor, u"all_devices"_s}}).text(Key::EncryptFor), u"all_devices"_s);
    }

    void mandatoryGoesBeforeThePersonAndRecommendedAfter()
    {
        const Policy policy({{Key::Theme, u"dark"_s}}, {{Key::Theme, u"light"_s}, {Key::Language, u"fr"_s}});
        const UserValues person{{Key::Theme, u"light"_s}, {Key::Language, u"en"_s}, {Key::TextScale, 120}};

        QCOMPARE(policy.value(Key::Theme, person), (Effective{u"dark"_s, Source::Mandatory, true}));
        QCOMPARE(policy.value(Key::Language, person), (Effective{u"en"_s, Source::User, false}));
        QCOMPARE(policy.value(Key::Language), (Effective{u"fr"_s, Source::Recommended, false}));
        QCOMPARE(policy.value(Key::TextScale, person), (Effective{120, Source::User, false}));
        QCOMPARE(policy.value(Key::TextScale), (Effective{100, Source::Default, false}));
    }

    void thePersonHasNoSayInWhatIsNotAsked()
    {
        const UserValues person{{Key::MinimumTls, u"1.2"_s}, {Key::Servers, QStringList{u"*"_s}}};
        const Policy policy({}, {{Key::MinimumTls, u"1.3"_s}});

        QCOMPARE(policy.value(Key::MinimumTls, person), (Effective{u"1.3"_s, Source::Recommended, false}));
        QCOMPARE(policy.value(Key::Servers, person).source, Source::Default);
    }

    void theFolderOfAccountsIsTheOneThatHolds_data()
    {
        QTest::addColumn<Policy>("policy");
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QString>("folder");
        const Policy mandatory({{Key::ProfileFolder, u"/srv/forced"_s}}, {});
        const Policy recommended({}, {{Key::ProfileFolder, u"/srv/better"_s}});
        const Policy usual({{Key::ProfileFolder, u""_s}}, {}); // as a lock that cannot be read

        QTest::newRow("nothing") << Policy() << QString() << u"/usual"_s;
        QTest::newRow("asked") << Policy() << u"/asked"_s << u"/asked"_s;
        QTest::newRow("recommended") << recommended << QString() << u"/srv/better"_s;
        QTest::newRow("recommended, asked") << recommended << u"/asked"_s << u"/asked"_s;
        QTest::newRow("mandatory") << mandatory << QString() << u"/srv/forced"_s;
        QTest::newRow("mandatory, asked") << mandatory << u"/asked"_s << u"/srv/forced"_s;
        QTest::newRow("mandatory and empty, asked") << usual << u"/asked"_s << u"/usual"_s;
    }
    void theFolderOfAccountsIsTheOneThatHolds()
    {
        QFETCH(Policy, policy);
        QFETCH(QString, asked);
        QFETCH(QString, folder);

        QCOMPARE(profileFolder(policy, asked, u"/usual"_s), folder);
    }

    void knowsThePersonsHome()
    {
        const Policy policy({{Key::ProfileFolder, u"~/.parvis"_s}, {Key::CaFile, u"/etc/~/ca.pem"_s}}, {});

        QCOMPARE(policy.path(Key::ProfileFolder), QDir::homePath() + u"/.parvis"_s);
        QCOMPARE(policy.path(Key::CaFile), u"/etc/~/ca.pem"_s);
        QCOMPARE(Policy().path(Key::CaFile), QString());
    }

    void readsValues_data()
    {
        QTest::addColumn<Key>("key");
        QTest::addColumn<QJsonValue>("json");
        QTest::addColumn<bool>("good");
        const auto row = [](const char *name, Key key, const QJsonValue &json, bool good) {
            QTest::newRow(name) << key << json << good;
        };
        row("server", Key::Servers, QJsonArray{u"Agent.gouv.example:8448"_s, u"*.gouv.example"_s, u"*"_s},
            true);
        row("server address", Key::Servers, QJsonArray{u"[::1]:80"_s, u"127.0.0.1"_s}, true);
        row("no server", Key::Servers, QJsonArray{}, true);
        row("server text", Key::Servers, u"a.b"_s, false);
        row("server star inside", Key::Servers, QJsonArray{u"a.*.b"_s}, false);
        row("server url", Key::Servers, QJsonArray{u"https://a.b"_s}, false);
        row("server and number", Key::Servers, QJsonArray{u"a.b"_s, 7}, false);
        row("kinds", Key::LoginKinds, QJsonArray{u"sso"_s, u"password"_s}, true);
        row("unknown kind", Key::LoginKinds, QJsonArray{u"sso"_s, u"fax"_s}, false);
        row("proxy system", Key::Proxy, u"system"_s, true);
        row("proxy none", Key::Proxy, u"none"_s, true);
        row("proxy http", Key::Proxy, u"http://u:p@proxy.example:3128"_s, true);
        row("proxy socks", Key::Proxy, u"socks5://[::1]:1080"_s, true);
        row("proxy without port", Key::Proxy, u"http://proxy.example"_s, false);
        row("proxy ftp", Key::Proxy, u"ftp://proxy.example:21"_s, false);
        row("proxy path", Key::Proxy, u"http://proxy.example:80/x"_s, false);
        row("proxy empty", Key::Proxy, QString(), false);
        row("tls", Key::MinimumTls, u"1.3"_s, true);
        row("tls old", Key::MinimumTls, u"1.0"_s, false);
        row("tls number", Key::MinimumTls, 1.3, false);
        row("path", Key::CaFile, u"/etc/ssl/ca.pem"_s, true);
        row("path home", Key::ProfileFolder, u"~/x"_s, true);
        row("path relative", Key::CaFile, u"ca.pem"_s, false);
        row("path with nul", Key::CaFile, u"/a\0b"_s, false);
        row("scale", Key::TextScale, 80, true);
        row("scale small", Key::TextScale, 79, false);
        row("scale large", Key::TextScale, 201, false);
        row("scale half", Key::TextScale, 100.5, false);
        row("scale huge", Key::TextScale, 1e300, false);
        row("scale text", Key::TextScale, u"100"_s, false);
        row("null", Key::Theme, QJsonValue(), false);
    }
    void readsValues()
    {
        QFETCH(Key, key);
        QFETCH(QJsonValue, json);
        QFETCH(bool, good);
        QString why;

        const auto value = readValue(info(key), json, &why);

        QCOMPARE(value.has_value(), good);
        QCOMPARE(why.isEmpty(), good);
    }

    void matchesServers_data()
    {
        QTest::addColumn<QStringList>("rules");
        QTest::addColumn<QString>("server");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("none") << QStringList{} << u"a.b"_s << false;
        QTest::newRow("all") << QStringList{u"*"_s} << u"a.b"_s << true;
        QTest::newRow("itself") << QStringList{u"x.y"_s, u"a.b"_s} << u"A.B"_s << true;
        QTest::newRow("below") << QStringList{u"*.a.b"_s} << u"c.d.a.b"_s << true;
        QTest::newRow("not itself") << QStringList{u"*.a.b"_s} << u"a.b"_s << false;
        QTest::newRow("not the dot") << QStringList{u"*.a.b"_s} << u".a.b"_s << false;
        QTest::newRow("not beside") << QStringList{u"*.a.b"_s} << u"xa.b"_s << false;
        QTest::newRow("not above") << QStringList{u"a.b"_s} << u"a.b.evil"_s << false;
        QTest::newRow("other port") << QStringList{u"a.b"_s} << u"a.b:8448"_s << false;
        QTest::newRow("its port") << QStringList{u"a.b:8448"_s} << u"a.b:8448"_s << true;
        QTest::newRow("empty") << QStringList{u"a.b"_s} << QString() << false;
    }
    void matchesServers()
    {
        QFETCH(QStringList, rules);
        QFETCH(QString, server);
        QFETCH(bool, allowed);

        QCOMPARE(serverAllowed(rules, server), allowed);
    }
};

QTEST_GUILESS_MAIN(PolicyTest)
#include "tst_policy.moc"

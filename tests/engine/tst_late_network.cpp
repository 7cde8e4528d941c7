// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Answers of the server that come when something else has happened meanwhile.
#include "crypto/fake_key_server.h"
#include "engine/device_cards.h"
#include "engine/history_giving.h"
#include "engine/identity_setup.h"

#include <QTest>

#include <functional>
#include <optional>

#include "core_world.h"
#include "scripted_server.h"

using namespace parvis;
using namespace parvis::crypto;

class LateNetworkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_asked = 0;
        m_meanwhile = {};
        m_world = std::make_unique<CoreWorld>();
        m_world->clock.ms = 1'700'000'000'000;
        m_keys = std::make_unique<FakeKeyServer>();
        m_server = std::make_unique<ScriptedServer>([this](const SeenRequest &request) {
            if (request.path.contains("/room_keys/keys/"))
                return backup();
            if (request.path.endsWith("/keys/device_signing/upload"))
                return Script::reply(403, R"({"errcode":"M_FORBIDDEN","error":"a proxy says so"})");
            return request.path.endsWith("/keys/query") && m_meanwhile ? devices(request)
                                                                       : Script{.silent = true};
        });
        QVERIFY(m_world->attach(m_server->url({})));
    }
    void cleanup()
    {
        m_world.reset();
        m_server.reset();
    }

    /// The request is given up by the end of the engine, whose machine is gone by then.
    void theEngineGoesWhileItsDevicesAreAskedFor()
    {
        flush(); // this device is known: only the sessions are missing
        std::optional<Result<QList<DeviceCard>>> answer;
        deviceCards(engine(), me).then(this, [&](const Result<QList<DeviceCard>> &cards) { answer = cards; });
        QTRY_VERIFY(asked("/devices"));
        QVERIFY(!answer);

        m_world->core.reset();

        QVERIFY(answer);
        QVERIFY2(!*answer, "what a machine that is gone knows of devices");
        QCOMPARE(answer->error().kind, ErrorKind::Cancelled);
    }

    /// Whatever the pump tells while the backup is being fetched, nobody was asked for yet.
    void whatThePumpTellsMeanwhileEndsNoGiving()
    {
        bootstrap();
        QVERIFY(engine().machine().setRoomEncryption(room, R"({"algorithm":"m.megolm.v1.aes-sha2"})"));
        QCOMPARE(*engine().machine().sharedHistory().mayGive(room), true);
        QCOMPARE(engine().machine().sharedHistory().backupToFetch(room)->isEmpty(), false);
        std::optional<Result<void>> answer;

        HistoryGiving::run(engine(), room, bob).then(this, [&](const Result<void> &done) { answer = done; });

        QTRY_VERIFY(asksFor(bob)); // the backup has answered, and the giving has gone on
        QCOMPARE(m_asked, 1);
        QVERIFY(!answer);
        QVERIFY(engine().machine().sharedHistory().backupToFetch(room)->isEmpty());
        flush(); // he has no device: now it ends
        Q_EMIT engine().pump().progressed();
        QTRY_VERIFY(answer);
    }

    /// An earlier set-up was stopped before its answer was here; the machine learns of it by a question of
    /// its own, which overtakes the one that looks for another device's.
    void whatThisDeviceMadeBeforeIsNoOthersIdentity()
    {
        flush();
        takeIdentityThere();
        m_meanwhile = [this] {
            QVERIFY(engine().machine().onDevicesChanged({me}));
            flush();
        };

        QVERIFY(await(IdentitySetup::run(engine(), Secret(), false)));

        const auto own = engine().machine().ownIdentity();
        QVERIFY(own && own->isWhole() && own->thisDeviceSigned);
    }

    /// The same where the server's word is asked for anew before anything else is.
    void norIsItWhereTheWordWasWaitedFor()
    {
        takeIdentityThere();
        std::optional<Result<void>> answer;
        IdentitySetup::run(engine(), Secret(), false).then(this, [&](const Result<void> &done) {
            answer = done;
        });
        QVERIFY(!answer);

        flush(); // it is ours, and signs this device
        Q_EMIT engine().pump().progressed();
        QVERIFY(engine().machine().onDevicesChanged({me})); // as the server says then
        flush();
        Q_EMIT engine().pump().progressed();

        QTRY_VERIFY(answer);
        QVERIFY(*answer);
    }

    /// The first try was taken, though its answer was lost: whatever is said of the second one.
    void aRefusalOfTheSecondTryDisownsNothing()
    {
        flush();
        takeIdentityThere();
        m_meanwhile = [] {};

        const auto again = await(IdentitySetup::run(engine(), Secret(), false));

        QVERIFY(!again);
        QVERIFY(asked("/keys/device_signing/upload"));
        QVERIFY(engine().machine().onDevicesChanged({me}));
        flush();
        const auto own = engine().machine().ownIdentity();
        QVERIFY(own && own->isWhole());
    }

    void whatCameFromElsewhereMeanwhileIsNotTheSetUpsOwn()
    {
        flush();
        m_meanwhile = [this] { bootstrap(); };

        const auto made = await(IdentitySetup::run(engine(), Secret(), false));

        QVERIFY(!made);
        QCOMPARE(made.error().code, u"PARVIS_IDENTITY_EXISTS"_s);
    }

    void whatWasWholeBeforeIsNotMadeAgain()
    {
        bootstrap();

        const auto again = await(IdentitySetup::run(engine(), Secret(), false));

        QVERIFY(!again);
        QCOMPARE(again.error().code, u"PARVIS_IDENTITY_EXISTS"_s);
    }

private:
    /// An identity of this device's is at the server; this device has not heard the answer.
    void takeIdentityThere() const
    {
        const auto identity = engine().machine().newIdentity();
        QVERIFY(identity);
        QVERIFY(engine().machine().newIdentityAgreed(false));
        m_keys->uploadIdentity(me.toString(), *identity);
    }
    Script devices(const SeenRequest &request)
    {
        m_meanwhile();
        return Script::reply(200, m_keys->query(request.body));
    }
    [[nodiscard]] Engine &engine() const { return m_world->engine(); }
    [[nodiscard]] bool asked(const QByteArray &path) const
    {
        return std::any_of(m_server->seen.cbegin(), m_server->seen.cend(),
                           [&](const SeenRequest &request) { return request.path.endsWith(path); });
    }
    /// The room's part of the backup: none. The pump tells of something before the answer is there.
    Script backup()
    {
        ++m_asked;
        Q_EMIT engine().pump().progressed();
        return Script::reply(404, R"({"errcode":"M_NOT_FOUND","error":"none"})");
    }
    [[nodiscard]] bool asksFor(const UserId &user) const
    {
        const auto requests = engine().machine().outgoing();
        return requests && std::any_of(requests->cbegin(), requests->cend(), [&](const auto &request) {
                   const auto *query = std::get_if<KeysQuery>(&request.what);
                   return query && query->body.contains(user.toString().toUtf8());
               });
    }
    /// The engine is not started: what its machine wants to ask is answered here.
    void flush() const
    {
        const FakeKeyServer::Address here(me.toString(), u"ME"_s);
        for (int round = 0; round < 50; ++round) {
            const auto requests = engine().machine().outgoing();
            QVERIFY(requests);
            if (requests->isEmpty())
                return;
            for (const OutgoingRequest &request : *requests)
                QVERIFY(engine().machine().markSent(request.id, answerTo(here, request)));
        }
        QFAIL("the machine never runs out of requests");
    }
    [[nodiscard]] QByteArray answerTo(const FakeKeyServer::Address &here,
                                      const OutgoingRequest &request) const
    {
        if (const auto *upload = std::get_if<KeysUpload>(&request.what))
            return *m_keys->upload(here, upload->body);
        if (const auto *query = std::get_if<KeysQuery>(&request.what))
            return m_keys->query(query->body);
        if (const auto *signatures = std::get_if<SignaturesUpload>(&request.what))
            return m_keys->uploadSignatures(here.first, signatures->body);
        if (std::holds_alternative<BackupVersionQuery>(request.what))
            return *m_keys->backups[here.first].version();
        return "{}";
    }
    /// An identity that signs this device, and a backup whose key is here.
    void bootstrap() const
    {
        flush();
        const auto identity = engine().machine().newIdentity();
        QVERIFY(identity);
        m_keys->uploadIdentity(me.toString(), *identity);
        QVERIFY(engine().machine().newIdentityAccepted(false));
        flush();
        QVERIFY(engine().machine().onDevicesChanged({me}));
        flush();
        const auto body = engine().machine().recovery().newBackup();
        QVERIFY(body);
        QVERIFY(
            engine().machine().recovery().newBackupAccepted(m_keys->backups[me.toString()].create(*body)));
    }

    const RoomId room{u"!r:x"_s};
    const UserId bob{u"@bob:x"_s};
    std::unique_ptr<CoreWorld> m_world;
    std::unique_ptr<FakeKeyServer> m_keys;
    std::unique_ptr<ScriptedServer> m_server;
    std::function<void()> m_meanwhile; ///< while the server is asked for devices
    int m_asked = 0;
};

QTEST_GUILESS_MAIN(LateNetworkTest)
#include "tst_late_network.moc"

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/key_transfer.h"
#include "engine/key_intake.h"

#include <QTest>

#include "core_world.h"

using namespace parvis;

namespace {

/// Works until the engine goes.
class Endless final : public EngineWork
{
public:
    static Task<void> run(Engine &engine, bool &ended)
    {
        return (new Endless(engine, ended))->m_promise.task();
    }
    ~Endless() override { m_ended = true; }

private:
    Endless(Engine &engine, bool &ended) : EngineWork(engine), m_ended(ended) {}

    bool &m_ended;
    Promise<void> m_promise;
};

KeyIntake::Keys keys(qsizetype count)
{
    return KeyIntake::Keys(count);
}

} // namespace

/// What works for a while with all parts of an engine, and what becomes of it when somebody goes.
class EngineWorkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<CoreWorld>();
        QVERIFY(m_world->attach());
        m_slices.clear();
    }
    void cleanup() { m_world.reset(); }

    void theEndOfTheEngineAnswersAll()
    {
        bool ended = false;
        std::optional<Result<void>> first;
        std::optional<Result<void>> second;
        bool endedToo = false;
        // Whoever hears the end may begin something again: that ends as well.
        Endless::run(engine(), ended).then(this, [&](const Result<void> &done) {
            first = done;
            Endless::run(engine(), endedToo).then(this, [&](const Result<void> &again) { second = again; });
        });

        EngineWork::endAll(engine());

        QVERIFY(ended && first);
        QCOMPARE(first->error().kind, ErrorKind::Cancelled);
        QVERIFY(endedToo && second);
        QCOMPARE(second->error().kind, ErrorKind::Cancelled);
    }

    void keysComeInASliceATurn()
    {
        auto task = KeyIntake::run(engine(), keys(crypto::importSlice * 2 + 3), take());
        QCOMPARE(m_slices.size(), 1); // the rest is for later turns
        QVERIFY(await(std::move(task)));
        QCOMPARE(m_slices, QList<qsizetype>({crypto::importSlice, crypto::importSlice, 3}));
        QVERIFY(await(KeyIntake::run(engine(), {}, take())));
        QCOMPARE(m_slices.size(), 3);
    }

    // What was given with an invitation goes on coming in when nobody waits for it any longer.
    void keysGoOnWithoutWhoeverAsked()
    {
        {
            QObject asked;
            KeyIntake::run(engine(), keys(crypto::importSlice * 3), take())
                .then(&asked, [](const Result<void> &) { QFAIL("nobody is there"); });
        }
        QVERIFY(QTest::qWaitFor([&] { return m_slices.size() == 3; }));
    }

    void aSliceThatFailsIsTheLast()
    {
        int slices = 0;
        const auto refused = [&](const KeyIntake::Keys &) -> Result<crypto::ImportOutcome> {
            ++slices;
            return fail(ErrorKind::Storage, u"PARVIS_DISK_FULL"_s);
        };
        const auto done = await(KeyIntake::run(engine(), keys(crypto::importSlice * 3), refused));
        QCOMPARE(done.error().code, u"PARVIS_DISK_FULL"_s);
        QTest::qWait(10);
        QCOMPARE(slices, 1);
    }

    void theEndOfTheProgramLeavesNoSliceBehind()
    {
        auto task = KeyIntake::run(engine(), keys(crypto::importSlice * 3), take());
        m_world->core.reset();
        QCOMPARE(await(std::move(task)).error().kind, ErrorKind::Cancelled);
        QTest::qWait(10);
        QCOMPARE(m_slices.size(), 1);
    }

private:
    [[nodiscard]] Engine &engine() const { return m_world->engine(); }
    [[nodiscard]] KeyIntake::Take take()
    {
        return [this](const KeyIntake::Keys &slice) -> Result<crypto::ImportOutcome> {
            m_slices.append(slice.size());
            return crypto::ImportOutcome{};
        };
    }

    std::unique_ptr<CoreWorld> m_world;
    QList<qsizetype> m_slices;
};

QTEST_GUILESS_MAIN(EngineWorkTest)
#include "tst_engine_work.moc"

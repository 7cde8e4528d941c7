// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/cache_space.h"
#include "store/cache/search_wipe.h"

#include <QFile>
#include <QTest>

#include <openssl/evp.h>

#include "retention_world.h"

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype pageBytes = 4096;
constexpr qsizetype reservedBytes = 80; // initialisation vector, code
constexpr qsizetype vectorBytes = 16;
constexpr qsizetype saltBytes = 16;

QByteArray decrypted(const QByteArray &page, bool first)
{
    const qsizetype from = first ? saltBytes : 0;
    const qsizetype length = pageBytes - reservedBytes - from;
    QByteArray out(length + 16, '\0');
    int written = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    const auto bytes = [](const QByteArray &array, qsizetype at) {
        return reinterpret_cast<const unsigned char *>(array.constData()) + at;
    };
    const QByteArray key(32, 'k');
    EVP_DecryptInit_ex(context, EVP_aes_256_cbc(), nullptr, bytes(key, 0),
                       bytes(page, pageBytes - reservedBytes));
    EVP_CIPHER_CTX_set_padding(context, 0);
    EVP_DecryptUpdate(context, reinterpret_cast<unsigned char *>(out.data()), &written, bytes(page, from),
                      int(length));
    EVP_CIPHER_CTX_free(context);
    return out.left(written);
}

/// Terms of the index stand there without what they share with the one before: the ends of words are looked
/// for.
///
/// Everything that is in the file and its log, pages that hold nothing included, as whoever has the key sees
/// it.
QByteArray inPages(const QString &path)
{
    constexpr qsizetype walHeader = 32, frameHeader = 24;
    QByteArray out;
    QFile file(path);
    if (file.open(QIODevice::ReadOnly)) {
        for (QByteArray page; (page = file.read(pageBytes)).size() == pageBytes;)
            out += decrypted(page, file.pos() == pageBytes);
    }
    QFile log(path + u"-wal"_s);
    if (log.open(QIODevice::ReadOnly)) {
        log.seek(walHeader);
        for (;;) {
            const QByteArray number = log.read(frameHeader).left(4);
            const QByteArray page = log.read(pageBytes);
            if (page.size() != pageBytes)
                break;
            out += decrypted(page, number == QByteArray::fromHex("00000001"));
        }
    }
    return out;
}

} // namespace

/// What goes from the cache goes from its file.
class tst_CacheSpace : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<RetentionWorld> m_world;

    [[nodiscard]] Database &database() { return m_world->cache.database(); }
    void shrink()
    {
        CacheSpace space(database());
        while (*space.giveBack(16)) {}
        QVERIFY(space.emptyLog());
    }
    int wipe()
    {
        int steps = 0;
        SearchWipe wipe(database());
        while (*wipe.step(4, m_world->clock.ms))
            ++steps;
        return steps;
    }
    /// @p count long messages, @p word in every tenth.
    void fillWith(const QString &word, int count, qint64 ageMs)
    {
        RoomChanges changes{.id = room, .state = {m_world->retention(double(hourMs * 24))}};
        for (int n = 0; n < count; ++n) {
            QString body = u"ligne %1 "_s.arg(n * 7919) + QString::number(n * 104729, 36).repeated(60);
            if (n % 10 == 0)
                body += u' ' + word;
            changes.timeline.append(m_world->said(u"$"_s + word + QString::number(n), ageMs, body));
        }
        m_world->tell(changes);
        m_world->index();
    }

private Q_SLOTS:
    void init() { m_world = std::make_unique<RetentionWorld>(); }

    void whatExpiredIsInNoPage()
    {
        RoomChanges changes{.id = room, .state = {m_world->retention(double(hourMs * 24))}};
        for (int n = 0; n < 500; ++n) {
            const bool old = n % 50 == 7;
            changes.timeline.append(m_world->said(u"$%1%2"_s.arg(old ? u"glyc"_s : u"new"_s).arg(n),
                                                  old ? 23 * hourMs : hourMs,
                                                  old ? u"glycine"_s : u"pivoine %1"_s.arg(n)));
        }
        m_world->tell(changes);
        m_world->index();
        QCOMPARE(m_world->hits("words : glycine"), 10);
        wipe(); // one segment: nothing is left that FTS5 would merge by itself

        m_world->clock.ms += 2 * hourMs;
        m_world->expire();
        QCOMPARE(m_world->hits("words : glycine"), 0);
        QVERIFY(*SearchWipe(database()).isWanted());
        // The text is gone, and what it was made of for the search stands there still.
        shrink();
        QVERIFY(!inPages(database().path()).contains("$glyc"));
        QVERIFY(inPages(database().path()).contains("ycin"));
        wipe();
        shrink();
        QVERIFY(!*SearchWipe(database()).isWanted());
        QCOMPARE(*SearchWipe(database()).lastMs(), m_world->clock.ms);

        const QByteArray pages = inPages(database().path());
        QVERIFY(!pages.contains("ycin"));
        QVERIFY(!pages.contains("$glyc"));
        QVERIFY(pages.contains("voin")); // as a proof that this looks where they would be
        QCOMPARE(m_world->number("SELECT count(*) FROM search_entries"), 490);
        QVERIFY(database().checkIntegrity());
    }

    void whatWasTakenBackIsInNoPage()
    {
        fillWith(u"glycine"_s, 100, 10);
        RoomChanges back{.id = room};
        for (int n = 0; n < 100; n += 10)
            back.timeline.append(
                make::stored(make::redaction(u"$back%1"_s.arg(n), u"@b:x"_s, u"$glycine%1"_s.arg(n))));
        for (RoomEvent &event : back.timeline)
            event.event = m_world->at(m_world->ago(1), event.event);
        m_world->tell(back);
        QCOMPARE(m_world->hits("words : glycine"), 0);

        wipe();
        shrink();
        // Their ids stay: the redactions name them.
        QVERIFY(!inPages(database().path()).replace("$glycine", {}).contains("ycin"));
    }

    void aWipeGoesOnAfterARestartAndBesideNewMessages()
    {
        fillWith(u"glycine"_s, 300, 23 * hourMs);
        m_world->clock.ms += 2 * hourMs;
        m_world->expire();
        QVERIFY(*SearchWipe(database()).step(2, m_world->clock.ms));
        m_world->reopen();
        QVERIFY(*SearchWipe(database()).isWanted());
        fillWith(u"pivoine"_s, 20, 10);
        wipe();
        shrink();
        QVERIFY(!inPages(database().path()).contains("ycin"));
        QCOMPARE(m_world->hits("words : pivoine"), 2);
    }

    void theFileBecomesSmaller()
    {
        fillWith(u"glycine"_s, 2000, 23 * hourMs);
        QVERIFY(CacheSpace(database()).emptyLog());
        const qint64 before = database().bytesOnDisk();
        const auto used = CacheSpace(database()).pages()->usedBytes();
        QVERIFY(*CacheSpace(database()).canShrink());

        m_world->clock.ms += 2 * hourMs;
        m_world->expire();
        QVERIFY(CacheSpace(database()).pages()->usedBytes() < used / 2);
        wipe();
        shrink();
        qInfo("%lld KiB before, %lld KiB after", before / 1024, database().bytesOnDisk() / 1024);
        QVERIFY(database().bytesOnDisk() < before / 4);
        QCOMPARE(CacheSpace(database()).pages()->free, 0);
    }

    void theLogIsEmptiedOnlyWhileNobodyReads()
    {
        fillWith(u"glycine"_s, 100, 10);
        DatabaseOptions options;
        options.path = database().path();
        options.readOnly = true;
        options.create = false;
        const auto reader = Database::open(options, Secret(QByteArray(32, 'k')));
        QVERIFY(reader);
        QVERIFY((*reader)->script("BEGIN; SELECT count(*) FROM events"));
        fillWith(u"pivoine"_s, 100, 10);

        QElapsedTimer took;
        took.start();
        QVERIFY(CacheSpace(database()).emptyLog());
        QVERIFY(took.elapsed() < 1000); // it waits for nobody: writers wait for two seconds
        QVERIFY(QFile(database().path() + u"-wal"_s).size() > 0);
        QVERIFY((*reader)->script("COMMIT"));
        QVERIFY(CacheSpace(database()).emptyLog());
        QCOMPARE(QFile(database().path() + u"-wal"_s).size(), 0);
    }

    void anOlderFileIsMadeShrinkableIfThatIsQuick()
    {
        const QTemporaryDir folder;
        DatabaseOptions options;
        options.path = folder.filePath(u"old.db"_s);
        options.purpose = DatabaseOptions::Purpose::Keys; // made without
        {
            auto old = Database::open(options, Secret(QByteArray(32, 'k')));
            QVERIFY(migrate(**old, cacheSchema()));
            QVERIFY((*old)->script("INSERT INTO rooms (room_id) VALUES ('!r:x')"));
        }
        options.purpose = DatabaseOptions::Purpose::Cache;
        auto database = Database::open(options, Secret(QByteArray(32, 'k')));
        QVERIFY(!*CacheSpace(**database).canShrink());
        QVERIFY(CacheSpace::makeShrinkable(**database, 1024));
        QVERIFY(!*CacheSpace(**database).canShrink()); // larger than that
        QVERIFY(CacheSpace::makeShrinkable(**database, 1024 * 1024 * 1024));
        QVERIFY(*CacheSpace(**database).canShrink());
        QVERIFY((*database)->checkIntegrity());
        database->reset();
        database = Database::open(options, Secret(QByteArray(32, 'k')));
        QVERIFY(*CacheSpace(**database).canShrink());
        QCOMPARE(*(*database)->one("SELECT room_id FROM rooms",
                                   [](const Statement &s) { return s.get<QString>(0); }),
                 u"!r:x"_s);
    }
};

QTEST_GUILESS_MAIN(tst_CacheSpace)
#include "tst_cache_space.moc"

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/locked_memory.h"
#include "base/secret.h"

#include <QFile>
#include <QTest>

#include <sys/resource.h>

#include <vector>

using namespace parvis;

class LockedMemoryTest : public QObject
{
    Q_OBJECT

private:
    /// In kB, as the kernel counts it for this process.
    static qint64 lockedByTheKernel()
    {
        QFile status(QStringLiteral("/proc/self/status"));
        if (!status.open(QIODevice::ReadOnly))
            return -1;
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("VmLck:"))
                return line.mid(6).trimmed().split(' ').constFirst().toLongLong();
        }
        return -1;
    }

    /// Whether this build, on this system, has any: the sanitizers look after ordinary memory, and some
    /// systems let nobody lock any.
    static bool isToBeHad()
    {
#if defined(__SANITIZE_ADDRESS__)
        return false;
#else
        rlimit limit{};
        getrlimit(RLIMIT_MEMLOCK, &limit);
        return limit.rlim_cur >= 64 * 1024 || lockedMemoryBytes() > 0; // the superuser needs no limit
#endif
    }

private Q_SLOTS:
    void theKernelHasLockedIt()
    {
        const Secret key = Secret::random(32);

        QCOMPARE(isLocked(key.view().data()), isToBeHad());
        QCOMPARE(lockedMemoryBytes() > 0, isToBeHad());
        QVERIFY2(lockedByTheKernel() * 1024 >= qint64(lockedMemoryBytes()),
                 QByteArray::number(lockedByTheKernel()).constData());
    }

    void itIsWipedWhenItIsGivenBack()
    {
        if (!isToBeHad())
            return; // ordinary memory may not be read any more: tst_wiping looks after it
        constexpr size_t size = 64;
        constexpr size_t links = 2 * sizeof(void *); // of the list of free blocks
        const char *left = nullptr;
        {
            const Secret key(QByteArray(size, 'k'));
            left = key.view().data();
            QVERIFY(isLocked(left));
        }

        // The page stays where it is: this reads what the next owner of the block would find.
        QCOMPARE(QByteArray(left + links, size - links), QByteArray(size - links, '\0'));
    }

    void theNextOwnerFindsZeros()
    {
        void *memory = allocateKeyMemory(48);
        memset(memory, 'x', 48);
        freeKeyMemory(memory, 48);

        memory = allocateKeyMemory(48);

        QCOMPARE(QByteArray(static_cast<char *>(memory), 48), QByteArray(48, '\0'));
        freeKeyMemory(memory, 48);
    }

    void ordinaryMemoryTakesItsPlaceWhenAllIsInUse()
    {
        std::vector<Secret> keys;
        const QByteArray content(maxLockedBlock, 'k');
        for (size_t taken = 0; taken <= lockedMemoryBytes(); taken += maxLockedBlock)
            keys.emplace_back(content);

        QVERIFY(!isLocked(keys.back().view().data()));
        for (const Secret &key : keys)
            QVERIFY(key.equals(content));

        keys.clear();
        QCOMPARE(isLocked(Secret::random(32).view().data()), isToBeHad());
    }

    void whatIsNoKeyDoesNotTakeIt()
    {
        const Secret content(QByteArray(maxLockedBlock + 1, 'c'));

        QVERIFY(!isLocked(content.view().data()));
    }
};

QTEST_GUILESS_MAIN(LockedMemoryTest)
#include "tst_locked_memory.moc"

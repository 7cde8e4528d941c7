// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/key_transfer.h"

#include "crypto/session_choice_p.h"

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype transferPage = 500;

tl::unexpected<Error> cancelled()
{
    return fail(ErrorKind::Cancelled, u"PARVIS_CANCELLED"_s);
}

/// Collects prepared keys and sorts them. The first ones go early, so that both sides have work.
class Windows
{
public:
    explicit Windows(const PreparedSink &sink) : m_sink(sink) {}

    [[nodiscard]] bool add(std::optional<InboundSessionRecord> key)
    {
        ++m_counts.total;
        if (!key)
            return true;
        ++m_counts.usable;
        m_window.append(*std::move(key));
        return m_window.size() < m_size || flush();
    }
    [[nodiscard]] bool flush()
    {
        m_size = std::min(2 * m_size, importWindow);
        // Stable: of two keys of one session, the first of the file comes first.
        std::stable_sort(m_window.begin(), m_window.end(), [](const auto &a, const auto &b) {
            return std::tie(a.room, a.session) < std::tie(b.room, b.session);
        });
        return m_window.isEmpty() || m_sink(std::exchange(m_window, {}));
    }
    [[nodiscard]] const KeyCounts &counts() const { return m_counts; }

private:
    const PreparedSink &m_sink;
    QList<InboundSessionRecord> m_window;
    qsizetype m_size = importSlice;
    KeyCounts m_counts;
};

/// The best of some copies of one session goes into the file.
Result<void> write(const QList<InboundSessionRecord> &copies, const Secret &pickleKey,
                   KeyExportWriter &writer, KeyCounts &counts)
{
    if (std::none_of(copies.cbegin(), copies.cend(), mayLeave))
        return {};
    ++counts.total;
    const auto best = bestCopy(copies, pickleKey);
    const auto key = best ? exportedSession(*best, pickleKey) : std::nullopt;
    if (!key)
        return {};
    ++counts.usable;
    QByteArray json = key->toJson();
    auto written = writer.add(json);
    wipe(json);
    return written;
}

} // namespace

Result<KeyCounts> exportSessions(CryptoStore &store, const Secret &pickleKey, KeyExportWriter &writer,
                                 const FileProgress &progress)
{
    const auto all = store.sessionsToBackUpCount({});
    if (!all)
        return tl::unexpected(all.error());
    KeyCounts counts;
    QList<InboundSessionRecord> copies; // of one session
    InboundKey last;
    for (;;) {
        const auto rows = store.inboundSessionsAfter(last, transferPage);
        if (!rows)
            return tl::unexpected(rows.error());
        for (const InboundSessionRecord &row : *rows) {
            const bool same = !copies.isEmpty() && copies.constFirst().room == row.room
                && copies.constFirst().session == row.session;
            if (!same) {
                if (auto done = write(std::exchange(copies, {}), pickleKey, writer, counts); !done)
                    return tl::unexpected(done.error());
            }
            copies.append(row);
        }
        if (auto told = tell(progress, counts.total, qint64(*all)); !told)
            return tl::unexpected(told.error());
        if (rows->size() < transferPage)
            break;
        last = rows->constLast().key();
    }
    return write(copies, pickleKey, writer, counts).and_then([&] { return writer.finish(); }).map([&] {
        return counts;
    });
}

Result<KeyCounts> prepareKeyFile(QIODevice &file, QByteArrayView passphrase, const KeyImporter &importer,
                                 const PreparedSink &sink, const FileProgress &progress)
{
    Windows windows(sink);
    const auto read = readKeyExport(
        file, passphrase,
        [&](const QByteArray &record) {
            const auto key = ExportedSession::parse(record);
            return windows.add(key ? importer.prepare(*key) : std::nullopt);
        },
        progress);
    if (!read)
        return tl::unexpected(read.error());
    if (!windows.flush())
        return cancelled();
    return windows.counts();
}

Result<KeyCounts> prepareBackup(QByteArrayView json, const Secret &backupKey, const QString &version,
                                const KeyImporter &importer, const PreparedSink &sink,
                                const FileProgress &progress)
{
    const auto contents = readBackupContents(json);
    if (!contents)
        return tl::unexpected(contents.error());
    Windows windows(sink);
    for (const BackedUpSession &session : *contents) {
        if (windows.counts().total % importSlice == 0) {
            if (auto told = tell(progress, windows.counts().total, contents->size()); !told)
                return tl::unexpected(told.error());
        }
        if (!windows.add(importer.open(session, backupKey, version)))
            return cancelled();
    }
    if (!windows.flush())
        return cancelled();
    return windows.counts();
}

} // namespace parvis::crypto

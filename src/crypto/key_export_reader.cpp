// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/exported_session.h"
#include "crypto/json_records.h"
#include "crypto/key_export.h"
#include "crypto/key_export_p.h"
#include "crypto/key_export_text.h"
#include "crypto/primitives.h"

#include <QIODevice>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

/// One pass over a key file's bytes, with its last 32 kept apart.
class KeyExportPass
{
public:
    explicit KeyExportPass(QIODevice &file) : m_text(file) {}

    /// PARVIS_KEY_EXPORT_TRUNCATED, _VERSION, _ROUNDS, and what KeyExportText has.
    [[nodiscard]] Result<KeyExportPrefix> open();
    /// The next ciphertext; empty at the end.
    [[nodiscard]] Result<QByteArray> read();
    /// What follows the ciphertext, at the end.
    [[nodiscard]] const QByteArray &mac() const { return m_held; }

private:
    KeyExportText m_text;
    QByteArray m_held; ///< may be the MAC
};

Result<KeyExportPrefix> KeyExportPass::open()
{
    const auto opened = m_text.open();
    if (!opened)
        return tl::unexpected(opened.error());
    while (m_held.size() < keyExportPrefixBytes) {
        const auto bytes = m_text.read();
        if (!bytes)
            return tl::unexpected(bytes.error());
        if (!bytes->isEmpty() && m_held.isEmpty() && bytes->front() != keyExportVersion)
            return fail(ErrorKind::Crypto, u"PARVIS_KEY_EXPORT_VERSION"_s,
                        QString::number(static_cast<unsigned char>(bytes->front())));
        if (bytes->isEmpty())
            return fail(ErrorKind::Crypto, u"PARVIS_KEY_EXPORT_TRUNCATED"_s);
        m_held += *bytes;
    }
    KeyExportPrefix prefix{m_held.first(keyExportPrefixBytes)};
    m_held.remove(0, keyExportPrefixBytes);
    if (prefix.rounds() < 1 || prefix.rounds() > maxPassphraseRounds)
        return fail(ErrorKind::Crypto, u"PARVIS_KEY_EXPORT_ROUNDS"_s, QString::number(prefix.rounds()));
    return prefix;
}

Result<QByteArray> KeyExportPass::read()
{
    while (m_held.size() <= keyExportMacBytes) {
        const auto bytes = m_text.read();
        if (!bytes)
            return bytes;
        if (bytes->isEmpty() && m_held.size() < keyExportMacBytes)
            return fail(ErrorKind::Crypto, u"PARVIS_KEY_EXPORT_TRUNCATED"_s);
        if (bytes->isEmpty())
            return QByteArray();
        m_held += *bytes;
    }
    const QByteArray ciphertext = m_held.chopped(keyExportMacBytes);
    m_held.remove(0, ciphertext.size());
    return ciphertext;
}

/// Both passes over one file.
class KeyExportReader
{
public:
    KeyExportReader(QIODevice &file, const FileProgress &progress)
        : m_file(file), m_progress(progress), m_total(2 * file.size())
    {
    }

    [[nodiscard]] Result<KeyExportKeys> checkMac(QByteArrayView passphrase);
    [[nodiscard]] Result<qint64> decrypt(const KeyExportKeys &keys, const KeyRecordSink &sink);

private:
    [[nodiscard]] Result<void> tellProgress(bool second)
    {
        return tell(m_progress, m_file.pos() + (second ? m_total / 2 : 0), m_total);
    }

    QIODevice &m_file;
    const FileProgress &m_progress;
    qint64 m_total;
};

Result<KeyExportKeys> KeyExportReader::checkMac(QByteArrayView passphrase)
{
    KeyExportPass pass(m_file);
    const auto prefix = pass.open();
    if (!prefix)
        return tl::unexpected(prefix.error());
    auto keys = keyExportKeys(passphrase, *prefix);
    if (!keys)
        return keys;
    MacStream mac(keys->mac);
    mac.add(prefix->bytes);
    while (true) {
        const auto told = tellProgress(false);
        const auto ciphertext = told ? pass.read() : tl::unexpected(told.error());
        if (!ciphertext)
            return tl::unexpected(ciphertext.error());
        if (ciphertext->isEmpty())
            break;
        mac.add(*ciphertext);
    }
    if (!constantTimeEqual(mac.result(), pass.mac()))
        return fail(ErrorKind::Crypto, u"PARVIS_KEY_EXPORT_PASSPHRASE"_s);
    return keys;
}

Result<qint64> KeyExportReader::decrypt(const KeyExportKeys &keys, const KeyRecordSink &sink)
{
    KeyExportPass pass(m_file);
    const auto prefix = pass.open();
    auto stream = prefix ? CtrStream::start(keys.encryption, prefix->iv()) : tl::unexpected(prefix.error());
    if (!stream)
        return tl::unexpected(stream.error());
    MacStream mac(keys.mac);
    mac.add(prefix->bytes);
    JsonRecords records(ExportedSession::maxJson, sink);
    Result<void> done;
    while (done) {
        done = tellProgress(true);
        auto bytes = done ? pass.read() : tl::unexpected(done.error());
        if (!bytes)
            return tl::unexpected(bytes.error());
        if (bytes->isEmpty())
            break;
        mac.add(*bytes);
        done = stream->apply(*bytes).and_then([&] { return records.add(*bytes); });
        wipe(*bytes);
    }
    // Somebody may have written to the file since the first pass.
    if (done && !constantTimeEqual(mac.result(), pass.mac()))
        return fileUnreadable(m_file);
    if (done)
        done = records.finish();
    if (done)
        return records.count();
    if (done.error().code == u"PARVIS_BAD_JSON"_s)
        return fail(ErrorKind::Crypto, u"PARVIS_KEY_EXPORT_CONTENT"_s);
    return tl::unexpected(done.error());
}

} // namespace

Result<qint64> readKeyExport(QIODevice &file, QByteArrayView passphrase, const KeyRecordSink &sink,
                             const FileProgress &progress)
{
    KeyExportReader reader(file, progress);
    return reader.checkMac(passphrase).and_then([&](const KeyExportKeys &keys) {
        return reader.decrypt(keys, sink);
    });
}

} // namespace parvis::crypto

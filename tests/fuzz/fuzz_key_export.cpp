// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "crypto/exported_session.h"
#include "crypto/key_export.h"
#include "crypto/key_export_p.h"
#include "crypto/key_export_text.h"
#include "crypto/primitives.h"

#include <QBuffer>

#include "fuzz_target.h"

using namespace parvis;
using namespace parvis::crypto;

namespace {

const QByteArray prefix = '\x01' + QByteArray(32, 's') + QByteArray("\0\0\0\x01", 4);

QByteArray asText(const QByteArray &bytes)
{
    return QByteArray(keyExportHeader) + '\n' + toBase64(bytes) + '\n' + keyExportFooter;
}

/// With a right MAC, so that what lies behind it is reached.
QByteArray sealed(const QByteArray &json)
{
    static const KeyExportPrefix head{prefix};
    static const KeyExportKeys keys = std::move(*keyExportKeys("words", head));
    const QByteArray body = prefix + aes256Ctr(keys.encryption, head.iv(), json).value();
    return asText(body + hmacSha256(keys.mac.view(), body));
}

/// The time that the file asks for is bounded, by more than a fuzzer has.
bool isPatient(const QByteArray &text)
{
    QBuffer file;
    file.setData(text);
    KeyExportText reader(file);
    if (!file.open(QIODevice::ReadOnly) || !reader.open())
        return true;
    const auto bytes = reader.read();
    return !bytes || bytes->size() < keyExportPrefixBytes || KeyExportPrefix{*bytes}.rounds() < 50
        || KeyExportPrefix{*bytes}.rounds() > maxPassphraseRounds;
}

void readText(const QByteArray &text)
{
    if (!isPatient(text))
        return;
    QBuffer file;
    file.setData(text);
    if (!file.open(QIODevice::ReadOnly))
        return;
    qint64 seen = 0;
    const auto count = readKeyExport(file, "words", [&seen](const QByteArray &record) {
        ++seen;
        fuzz::require(record.size() <= ExportedSession::maxJson, "a record is bounded");
        if (const auto session = ExportedSession::parse(record)) {
            const auto again = ExportedSession::parse(session->toJson());
            fuzz::require(again && again->toJson() == session->toJson(),
                          "a key that was read can be written");
        }
        return true;
    });
    fuzz::require(!count || *count == seen, "every key is handed out");
}

} // namespace

/// The first byte says what the rest is: the file's text, its bytes, or what is encrypted in it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray bytes = fuzz::bytes(data + 1, size - 1);
    switch (data[0] % 3) {
    case 0:
        readText(bytes);
        break;
    case 1:
        readText(asText(prefix + bytes));
        break;
    case 2:
        readText(sealed(bytes));
        break;
    }
    return 0;
}

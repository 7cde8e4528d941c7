// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/key_bundle.h"

#include "base/json_reader.h"
#include "base/raw_object.h"
#include "crypto/session_choice_p.h"
#include "crypto/sizes_p.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype bundlePage = 500;

/// With what the reading has in common for all of them.
std::optional<InboundSessionRecord> bundleKeyIn(JsonView entry, const RoomId &room, const UserId &sender,
                                                const KeyImporter &importer)
{
    // Measured before it is written out anew: a string may be as long as the whole bundle.
    if (entry["session_key"].utf8().size() > ExportedSession::maxJson
        || entry["room_id"].utf8() != room.toString().toUtf8())
        return {};
    QByteArray json = entry.toJson();
    const auto key = ExportedSession::parse(json);
    wipe(json);
    auto record = key ? importer.prepare(*key) : std::nullopt;
    if (!record)
        return {};
    record->sharedHistory = true; // or it would not be in a bundle
    record->sharedBy = sender;
    return record;
}

/// Writes a bundle piece by piece.
class BundleWriter
{
public:
    /// False: it is full.
    [[nodiscard]] bool add(const QList<InboundSessionRecord> &copies, const Secret &pickleKey);
    [[nodiscard]] QByteArray finish();

private:
    [[nodiscard]] bool addKey(const ExportedSession &key);
    [[nodiscard]] bool addWithheld(const InboundSessionRecord &session);

    QByteArray m_keys;
    QByteArray m_withheld;
};

bool BundleWriter::add(const QList<InboundSessionRecord> &copies, const Secret &pickleKey)
{
    const auto best = bestCopy(copies, pickleKey);
    if (!best)
        return true;
    if (!best->sharedHistory)
        return addWithheld(*best);
    const auto key = exportedSession(*best, pickleKey);
    return !key || addKey(*key);
}

bool BundleWriter::addKey(const ExportedSession &key)
{
    QByteArray secret = key.sessionKey.view().toByteArray();
    QByteArray json = R"({"algorithm":"m.megolm.v1.aes-sha2","room_id":)" + jsonString(key.room.toString())
        + ",\"sender_claimed_keys\":{";
    if (!key.claimedKey.isEmpty())
        json += "\"ed25519\":" + jsonString(key.claimedKey.toString());
    json += "},\"sender_key\":" + jsonString(key.senderKey.toString())
        + ",\"session_id\":" + jsonString(key.session.toString()) + ",\"session_key\":\"" + secret + "\"}";
    wipe(secret);
    const bool fits = m_keys.size() + m_withheld.size() + json.size() < maxMadeBundleBytes;
    if (fits)
        m_keys += (m_keys.isEmpty() ? QByteArray() : QByteArray(",")) + json;
    wipe(json);
    return fits;
}

bool BundleWriter::addWithheld(const InboundSessionRecord &session)
{
    const QByteArray json = R"({"algorithm":"m.megolm.v1.aes-sha2","code":"m.history_not_shared",)"
                            R"("reason":"The sender disabled sharing encrypted history.","room_id":)"
        + jsonString(session.room.toString()) + ",\"sender_key\":" + jsonString(session.senderKey.toString())
        + ",\"session_id\":" + jsonString(session.session.toString()) + '}';
    const bool fits = m_keys.size() + m_withheld.size() + json.size() < maxMadeBundleBytes;
    if (fits)
        m_withheld += (m_withheld.isEmpty() ? QByteArray() : QByteArray(",")) + json;
    return fits;
}

QByteArray BundleWriter::finish()
{
    if (m_keys.isEmpty())
        return {};
    QByteArray json = "{\"room_keys\":[" + m_keys + "],\"withheld\":[" + m_withheld + "]}";
    wipe(m_keys);
    m_keys.clear();
    return json;
}

} // namespace

Result<OpenedBundle> openBundle(QByteArrayView json, const RoomId &room, const UserId &sender,
                                const KeyImporter &importer)
{
    const auto document = JsonDocument::parse(json, maxBundleBytes);
    if (!document)
        return fail(ErrorKind::Crypto, u"PARVIS_KEY_BUNDLE"_s, document.error().code);
    if (!document->root()["room_keys"].isArray())
        return fail(ErrorKind::Crypto, u"PARVIS_KEY_BUNDLE"_s, u"room_keys"_s);
    OpenedBundle bundle;
    QSet<SessionId> known;
    document->root()["room_keys"].forEach([&](JsonView entry) {
        if (auto record = bundleKeyIn(entry, room, sender, importer)) {
            known.insert(record->session);
            bundle.keys.append(*std::move(record));
        }
        return bundle.keys.size() < maxBundleKeys;
    });
    document->root()["withheld"].forEach([&](JsonView entry) {
        const QString code = entry["code"].string().value_or(QString());
        const QByteArrayView session = entry["session_id"].utf8();
        const bool fits = entry["room_id"].utf8() == room.toString().toUtf8() && !session.isEmpty()
            && session.size() <= maxIdLetters
            && (code == "m.history_not_shared"_L1 || code == "io.element.msc4268.history_not_shared"_L1);
        const SessionId id(fits ? QString::fromUtf8(session) : QString());
        if (fits && !known.contains(id))
            bundle.withheld.append(id);
        return bundle.withheld.size() < maxBundleHints;
    });
    return bundle;
}

Result<QByteArray> makeBundle(CryptoStore &store, const Secret &pickleKey, const RoomId &room)
{
    BundleWriter writer;
    QList<InboundSessionRecord> copies; // of one session
    InboundKey last{.room = room};
    for (bool more = true; more;) {
        const auto rows = store.inboundSessionsAfter(last, bundlePage);
        if (!rows)
            return tl::unexpected(rows.error());
        more = rows->size() == bundlePage;
        for (const InboundSessionRecord &row : *rows) {
            more = more && row.room == room;
            if (row.room != room)
                break;
            if (!copies.isEmpty() && copies.constFirst().session != row.session
                && !writer.add(std::exchange(copies, {}), pickleKey))
                return writer.finish();
            copies.append(row);
        }
        if (more)
            last = rows->constLast().key();
    }
    (void)writer.add(copies, pickleKey);
    return writer.finish();
}

} // namespace parvis::crypto

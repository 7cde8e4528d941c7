// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/history_keys.h"

#include "api/key_bundles.h"
#include "base/log.h"
#include "crypto/attachment_encryption.h"
#include "crypto/key_transfer.h"
#include "engine/key_intake.h"
#include "engine/pool_task.h"
#include "media/mxc.h"

#include <QBuffer>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

Result<crypto::OpenedBundle> opened(const QByteArray &ciphertext, const crypto::BundleRecord &bundle,
                                    const crypto::KeyImporter &importer)
{
    const auto file = crypto::EncryptedFile::parse(bundle.file);
    if (!file)
        return tl::unexpected(file.error());
    QBuffer from;
    from.setData(ciphertext);
    QBuffer to;
    if (!from.open(QIODevice::ReadOnly) || !to.open(QIODevice::WriteOnly))
        return fail(ErrorKind::Bug, u"PARVIS_FILE_UNREADABLE"_s);
    if (auto done = crypto::decryptAttachment(from, *file, to); !done)
        return tl::unexpected(done.error());
    auto keys = crypto::openBundle(to.data(), bundle.room, bundle.sender, importer);
    wipe(to.buffer());
    return keys;
}

/// It will never be another: gone, damaged, too large.
bool isFinal(const Error &error)
{
    return error.code == "M_NOT_FOUND"_L1 || error.kind == ErrorKind::Crypto
        || error.kind == ErrorKind::TooLarge;
}

} // namespace

HistoryKeys::HistoryKeys(Engine &engine) : QObject(&engine), m_engine(engine) {}

void HistoryKeys::accepted(const RoomId &room, const UserId &inviter)
{
    if (const auto noted = m_engine.machine().sharedHistory().invitationAccepted(room, inviter); !noted)
        qCWarning(log::crypto) << "an invitation is not noted:" << noted.error().code;
    qCInfo(log::crypto) << "an invitation was accepted: keys of the room's past may be fetched";
    m_engine.pump().kick(); // the devices of who invited may have to be asked for
    look();
}

void HistoryKeys::look()
{
    const auto wanted = m_engine.machine().sharedHistory().wanted();
    if (!wanted) {
        qCWarning(log::crypto) << "keys of a room's past cannot be looked for:" << wanted.error().code;
        return;
    }
    qCDebug(log::crypto) << wanted->size() << "rooms' pasts can be fetched";
    for (const crypto::BundleRecord &bundle : *wanted) {
        if (m_underWay.contains({bundle.room, bundle.sender}))
            continue;
        m_underWay.insert({bundle.room, bundle.sender});
        fetch(bundle);
    }
}

void HistoryKeys::fetch(const crypto::BundleRecord &bundle)
{
    const auto file = crypto::EncryptedFile::parse(bundle.file);
    const auto place = file ? MxcUri::parse(file->url) : std::nullopt;
    if (!place)
        return opened(bundle, fail(ErrorKind::Crypto, u"PARVIS_KEY_BUNDLE"_s, u"url"_s));
    m_engine.api()
        .sendWithRetry(api::DownloadBundle{
            .server = place->server, .mediaId = place->mediaId, .maxBytes = crypto::maxBundleBytes})
        .andThen(this,
                 [this, bundle](const QByteArray &ciphertext) {
                     const auto importer =
                         std::make_shared<crypto::KeyImporter>(m_engine.machine().recovery().importer());
                     return runOnPool(m_engine.pool(), [ciphertext, bundle, importer] {
                         return parvis::opened(ciphertext, bundle, *importer);
                     });
                 })
        .then(this, [this, bundle](const Result<crypto::OpenedBundle> &keys) { opened(bundle, keys); });
}

void HistoryKeys::opened(const crypto::BundleRecord &bundle, const Result<crypto::OpenedBundle> &keys)
{
    m_underWay.remove({bundle.room, bundle.sender});
    if (!keys) {
        qCWarning(log::crypto) << "keys of a room's past cannot be fetched:" << keys.error().code;
        // Else the next start, or the next news of devices, tries again.
        if (isFinal(keys.error()))
            (void)m_engine.machine().sharedHistory().done(bundle, {});
        return;
    }
    m_underWay.insert({bundle.room, bundle.sender});
    KeyIntake::run(
        m_engine, keys->keys,
        [this](const KeyIntake::Keys &slice) { return m_engine.machine().sharedHistory().take(slice); })
        .andThen(this,
                 [this, bundle, count = keys->keys.size(), withheld = keys->withheld] {
                     qCInfo(log::crypto) << count << "keys of a room's past came with an invitation";
                     return m_engine.machine().sharedHistory().done(bundle, withheld);
                 })
        .then(this, [this, bundle](const Result<void> &taken) {
            m_underWay.remove({bundle.room, bundle.sender});
            if (!taken)
                qCWarning(log::crypto) << "keys of a room's past cannot be kept:" << taken.error().code;
            m_engine.pump().kick(); // they go to the backup
        });
}

} // namespace parvis

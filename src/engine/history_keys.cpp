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

#include <algorithm>

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
    // What is not the file that was announced may be a portal's page, and be the file the next time.
    if (auto done = crypto::decryptAttachment(from, *file, to); !done)
        return fail(ErrorKind::Protocol, done.error().code, done.error().detail);
    auto keys = crypto::openBundle(to.data(), bundle.room, bundle.sender, importer);
    wipe(to.buffer());
    return keys;
}

/// It will never be another: nonsense in the very file that was announced, or too large. Whatever else stands
/// in the way is tried again as long as a bundle is kept.
bool isFinal(const Error &error)
{
    return error.kind == ErrorKind::Crypto || error.kind == ErrorKind::TooLarge;
}

} // namespace

HistoryKeys::HistoryKeys(Engine &engine, Delay &delay) : QObject(&engine), m_engine(engine), m_delay(delay)
{
    connect(&engine.rooms(), &rooms::RoomList::changed, this, &HistoryKeys::follow);
}

void HistoryKeys::follow(const QList<RoomId> &rooms)
{
    for (const RoomId &id : rooms) {
        const auto room = m_engine.rooms().room(id);
        const bool invited = room && room->membership == MemberState::Invite;
        m_engine.machine().sharedHistory().invited(id, invited ? room->inviter : UserId());
    }
}

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
        const Place place(bundle.room, bundle.sender);
        const Retry retry = m_retries.value(place);
        if (m_underWay.contains(place) || (retry.waits && retry.bundle == bundle))
            continue;
        m_underWay.insert(place);
        fetch(bundle);
    }
}

void HistoryKeys::lookAgain()
{
    for (Retry &retry : m_retries)
        retry.waits = false;
    look();
}

void HistoryKeys::retryLater(const crypto::BundleRecord &bundle)
{
    const Place place(bundle.room, bundle.sender);
    Retry &retry = m_retries[place];
    if (retry.bundle != bundle)
        retry = {.bundle = bundle};
    retry.waitMs = std::clamp(2 * retry.waitMs, firstWaitMs, longestWaitMs);
    retry.plan = ++m_plans;
    retry.waits = true;
    m_delay.after(retry.waitMs, this, [this, place, plan = retry.plan] {
        const auto due = m_retries.find(place);
        if (due == m_retries.end() || due->plan != plan)
            return;
        due->waits = false;
        look();
    });
}

void HistoryKeys::finish(const crypto::BundleRecord &bundle, const Result<void> &done)
{
    m_underWay.remove({bundle.room, bundle.sender});
    if (!done)
        return retryLater(bundle);
    m_retries.remove({bundle.room, bundle.sender});
    look(); // another one may have come in its place
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
    if (!keys) {
        qCWarning(log::crypto) << "keys of a room's past cannot be fetched:" << keys.error().code;
        return finish(bundle,
                      isFinal(keys.error()) ? m_engine.machine().sharedHistory().done(bundle, {})
                                            : tl::unexpected(keys.error()));
    }
    KeyIntake::run(
        m_engine, keys->keys,
        [this](const KeyIntake::Keys &slice) { return m_engine.machine().sharedHistory().take(slice); })
        .andThen(this,
                 [this, bundle, count = keys->keys.size(), withheld = keys->withheld] {
                     qCInfo(log::crypto) << count << "keys of a room's past came with an invitation";
                     return m_engine.machine().sharedHistory().done(bundle, withheld);
                 })
        .then(this, [this, bundle](const Result<void> &taken) {
            if (!taken)
                qCWarning(log::crypto) << "keys of a room's past cannot be kept:" << taken.error().code;
            finish(bundle, taken);
            m_engine.pump().kick(); // they go to the backup
        });
}

} // namespace parvis

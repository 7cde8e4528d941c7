// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/attachment_source.h"

#include "events/edit.h"
#include "events/message.h"
#include "media/file_name.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// Where nobody says how large a file is.
constexpr qint64 undeclaredMaxBytes = qint64(4) << 30;
/// What programs say of the size is often a little wrong; what counts is the hash.
constexpr qint64 toleratedBytes = qint64(64) << 10;

/// The content as it is shown.
Result<QJsonObject> shownContent(const Cache &cache, const RoomId &room, const RoomEvent &event)
{
    const auto edits = cache.events().edits(room, event.event.id);
    if (!edits)
        return tl::unexpected(edits.error());
    const RoomEvent *newest = nullptr;
    for (const RoomEvent &edit : *edits) {
        if (checkEdit(event, edit) == EditVerdict::Valid
            && (!newest || isNewerEdit(edit.event, newest->event)))
            newest = &edit;
    }
    return newest ? editedContent(event, *newest) : event.content();
}

tl::unexpected<Error> none()
{
    return fail(ErrorKind::NotFound, u"PARVIS_NO_ATTACHMENT"_s);
}

Result<AttachmentSource> sourceIn(const QJsonObject &content)
{
    const Message message = messageOf(content);
    AttachmentSource source{
        .where = {}, .declaredBytes = message.attachment.bytes, .name = cleanFileName(message.fileName)};
    QString url = content["url"_L1].toString();
    if (const QJsonValue file = content["file"_L1]; file.isObject()) {
        auto opens =
            crypto::EncryptedFile::parse(QJsonDocument(file.toObject()).toJson(QJsonDocument::Compact));
        if (!opens)
            return tl::unexpected(opens.error());
        url = opens->url;
        source.opens = *std::move(opens);
    } else if (content.contains("file"_L1)) {
        return fail(ErrorKind::Crypto, u"PARVIS_ATTACHMENT_BAD_FILE"_s, u"file"_s);
    }
    if (url.isEmpty())
        return none();
    const auto where = MxcUri::parse(url);
    if (!where)
        return fail(ErrorKind::Crypto, u"PARVIS_ATTACHMENT_BAD_FILE"_s, u"url"_s);
    source.where = *where;
    return source;
}

} // namespace

qint64 AttachmentSource::maxBytes() const
{
    if (declaredBytes < 0)
        return undeclaredMaxBytes;
    return declaredBytes + std::max(toleratedBytes, declaredBytes / 8);
}

Result<AttachmentSource> attachmentSource(const Cache &cache, const RoomId &room, const EventId &event)
{
    const auto row = cache.events().event(room, event);
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_EVENT"_s);
    const RoomEvent &found = (*row)->event;
    if (found.event.redacted || !found.isReadable() || found.event.isState())
        return none();
    const auto content = shownContent(cache, room, found);
    if (!content)
        return tl::unexpected(content.error());
    return sourceIn(*content);
}

} // namespace parvis

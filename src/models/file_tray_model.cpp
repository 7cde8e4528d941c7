// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/file_tray_model.h"

#include "models/pool_work.h"

#include <QBuffer>
#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

Result<QByteArray> pngOf(const QImage &picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly) || !picture.save(&buffer, "PNG"))
        return fail(ErrorKind::Storage, u"PARVIS_FILE_UNREADABLE"_s, u"picture"_s);
    return bytes;
}

/// Another try could bring something else.
bool isPassing(const Error &error)
{
    return error.kind != ErrorKind::TooLarge && error.kind != ErrorKind::Usage;
}

} // namespace

FileTrayModel::FileTrayModel(MediaPort &port, QObject *parent) : QAbstractListModel(parent), m_port(port) {}

const QList<FileTrayModel::Entry> &FileTrayModel::entries() const
{
    static const QList<Entry> none;
    const auto it = m_entries.constFind(m_room);
    return it == m_entries.cend() ? none : it.value();
}

void FileTrayModel::setRoom(const RoomId &room)
{
    beginResetModel();
    m_room = room;
    m_tooMany = false;
    endResetModel();
    load();
    Q_EMIT changed();
}

void FileTrayModel::forget()
{
    ++m_person;
    m_entries.clear();
    m_waiting.clear();
    m_loaded.clear();
    m_loading.clear();
    m_joining = 0;
    setRoom({});
}

void FileTrayModel::tryAgain()
{
    load();
    Q_EMIT changed();
}

void FileTrayModel::load()
{
    if (m_room.isEmpty() || m_loaded.contains(m_room) || m_loading.contains(m_room))
        return;
    m_loading.insert(m_room);
    m_port.joined(m_room).then(
        this, [this, room = m_room, person = m_person](const Result<QList<JoinedFile>> &files) {
            if (person != m_person)
                return;
            m_loading.remove(room);
            if (files)
                takeLoaded(room, *files);
            else if (files.error().kind != ErrorKind::Cancelled)
                Q_EMIT failed(files.error());
            Q_EMIT changed();
        });
}

void FileTrayModel::takeLoaded(const RoomId &room, const QList<JoinedFile> &files)
{
    m_loaded.insert(room);
    if (files.isEmpty())
        return;
    QList<Entry> all;
    for (const JoinedFile &file : files)
        all.append({.id = ++m_lastId, .room = room, .kept = file.id, .path = file.path, .facts = file.facts});
    if (room == m_room)
        beginInsertRows({}, 0, int(all.size()) - 1);
    m_entries[room] = all + m_entries.value(room); // what was joined meanwhile comes behind
    if (room == m_room)
        endInsertRows();
    for (const Entry &entry : std::as_const(all))
        inspect(entry.id, *entry.kept);
}

void FileTrayModel::retranslate()
{
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1));
    Q_EMIT changed();
}

void FileTrayModel::add(const QList<QUrl> &files)
{
    if (m_room.isEmpty())
        return;
    m_tooMany = false;
    for (const QUrl &file : files) {
        const QString path = file.toLocalFile();
        const auto isSame = [&](const Entry &entry) { return entry.path == path; };
        if (path.isEmpty() || std::any_of(entries().cbegin(), entries().cend(), isSame))
            continue;
        m_tooMany = count() >= mostFiles;
        if (m_tooMany)
            break;
        join({.id = ++m_lastId,
              .room = m_room,
              .path = path,
              .facts = {.name = file.fileName(), .mediaType = {}}});
        keepAndInspect(entries().last());
    }
    Q_EMIT changed();
}

bool FileTrayModel::paste()
{
    const QMimeData *copied = QGuiApplication::clipboard()->mimeData();
    if (!copied || m_room.isEmpty())
        return false;
    QList<QUrl> files = copied->urls();
    files.removeIf([](const QUrl &url) { return !url.isLocalFile(); });
    if (!files.isEmpty()) {
        add(files);
        return true;
    }
    // A table or a text that was copied comes as a picture too: it is wanted as text.
    if (!copied->hasImage() || copied->hasFormat(u"text/plain"_s) || count() >= mostFiles)
        return false;
    const auto picture = qvariant_cast<QImage>(copied->imageData());
    if (picture.isNull())
        return false;
    joinPicture(picture);
    return true;
}

void FileTrayModel::joinPicture(const QImage &picture)
{
    //: The name of a picture that was pasted. %1: a date and a time, such as "2026-11-29 14.05.10"
    const auto name =
        tr("Picture %1.png").arg(QDateTime::currentDateTime().toString(u"yyyy-MM-dd HH.mm.ss"_s));
    join({.id = ++m_lastId, .room = m_room, .facts = {.name = name, .mediaType = u"image/png"_s}});
    ++m_joining;
    auto made = besideTheWindow([picture] { return pngOf(picture); });
    std::move(made).then(this, [this, id = m_lastId, person = m_person](const Result<QByteArray> &bytes) {
        if (person == m_person)
            takePicture(id, bytes);
    });
    Q_EMIT changed();
}

void FileTrayModel::takePicture(int id, const Result<QByteArray> &bytes)
{
    --m_joining;
    if (!bytes)
        settle(id, Refused, bytes.error());
    auto *entry = bytes ? find(id) : nullptr;
    if (entry) {
        entry->bytes = *bytes;
        entry->facts.bytes = bytes->size();
        keepAndInspect(*entry);
    }
    Q_EMIT changed();
}

void FileTrayModel::join(Entry entry)
{
    beginInsertRows({}, count(), count());
    m_entries[m_room] += std::move(entry);
    endInsertRows();
}

Task<qint64> FileTrayModel::keep(const Entry &entry)
{
    if (entry.kept)
        return Task<qint64>::ready(*entry.kept);
    return entry.path.isEmpty() ? m_port.joinBytes(entry.room, entry.facts.name, entry.bytes)
                                : m_port.join(entry.room, entry.path);
}

void FileTrayModel::keepAndInspect(const Entry &entry)
{
    ++m_joining;
    keep(entry).then(this, [this, id = entry.id, person = m_person](const Result<qint64> &kept) {
        if (person != m_person)
            return;
        --m_joining;
        takeKept(id, kept);
        Q_EMIT changed();
    });
}

void FileTrayModel::takeKept(int id, const Result<qint64> &kept)
{
    auto *entry = find(id);
    if (!entry) {
        if (kept)
            takeAway(*kept); // as the person has, meanwhile
        return;
    }
    if (!kept)
        return refused(id, kept.error());
    entry->kept = *kept;
    inspect(id, *kept);
}

void FileTrayModel::takeAway(qint64 kept)
{
    m_port.takeAway(kept).then(this, [this](const Result<void> &done) {
        if (!done && done.error().kind != ErrorKind::Cancelled)
            Q_EMIT failed(done.error());
    });
}

void FileTrayModel::inspect(int id, qint64 kept)
{
    m_port.inspectJoined(kept).then(this, [this, id](const Result<OutgoingFile> &file) {
        auto *found = find(id);
        if (!found)
            return;
        if (!file)
            return refused(id, file.error());
        found->facts = *file;
        settle(id, Ready, {});
    });
}

void FileTrayModel::refused(int id, const Error &error)
{
    settle(id, isPassing(error) ? Ready : Refused, error);
}

FileTrayModel::Entry *FileTrayModel::find(int id)
{
    for (auto &list : m_entries) {
        const auto it =
            std::find_if(list.begin(), list.end(), [id](const Entry &entry) { return entry.id == id; });
        if (it != list.end())
            return &*it;
    }
    return nullptr;
}

void FileTrayModel::settle(int id, Step step, const std::optional<Error> &error)
{
    if (auto *entry = find(id)) {
        entry->step = step;
        entry->error = error;
    }
    show(id);
}

void FileTrayModel::show(int id)
{
    for (int row = 0; row < count(); ++row) {
        if (entries().at(row).id == id)
            Q_EMIT dataChanged(index(row), index(row));
    }
    Q_EMIT changed();
}

void FileTrayModel::remove(int fileId)
{
    const auto *entry = find(fileId);
    if (entry && entry->step != Taking) {
        if (entry->kept)
            takeAway(*entry->kept);
        drop(fileId);
    }
    m_tooMany = false;
    Q_EMIT changed();
}

void FileTrayModel::drop(int id)
{
    const auto *entry = find(id);
    if (!entry)
        return;
    const RoomId room = entry->room;
    auto &list = m_entries[room];
    const int row = int(entry - list.constData());
    if (room == m_room)
        beginRemoveRows({}, row, row);
    list.removeAt(row);
    if (room == m_room)
        endRemoveRows();
}

void FileTrayModel::send(const QString &caption)
{
    bool first = true;
    for (auto &entry : m_entries[m_room]) {
        if (entry.step != Ready)
            continue;
        entry.step = Taking;
        entry.error.reset();
        entry.caption = std::exchange(first, false) ? caption : QString();
        m_waiting.append(entry.id);
    }
    retranslate();
    if (!m_taking)
        takeNext();
}

void FileTrayModel::takeNext()
{
    m_taking = !m_waiting.isEmpty();
    Q_EMIT changed();
    if (!m_taking)
        return;
    if (const auto *entry = find(m_waiting.takeFirst()))
        take(*entry);
    else
        takeNext();
}

void FileTrayModel::take(const Entry &entry)
{
    const int id = entry.id;
    keep(entry)
        .andThen(this,
                 [this, id, caption = entry.caption](qint64 kept) {
                     if (auto *found = find(id))
                         found->kept = kept;
                     return m_port.sendJoined(kept, caption);
                 })
        .then(this, [this, id](const Result<TransactionId> &txn) {
            taken(id, txn);
            takeNext();
        });
}

void FileTrayModel::taken(int id, const Result<TransactionId> &txn)
{
    auto *entry = find(id);
    if (!entry)
        return; // of a person who has left
    const auto caption = std::exchange(entry->caption, {});
    const RoomId room = entry->room;
    if (txn)
        drop(id);
    else
        refused(id, txn.error());
    if (!caption.isEmpty()) {
        if (txn)
            Q_EMIT captionTaken(room, caption);
        else
            Q_EMIT captionRefused(room, caption);
    }
    if (txn)
        Q_EMIT sent(room);
}

bool FileTrayModel::waits() const
{
    return std::any_of(entries().cbegin(), entries().cend(),
                       [](const Entry &entry) { return entry.step != Taking; });
}

bool FileTrayModel::sendable() const
{
    const auto isAt = [this](Step step) {
        return std::any_of(entries().cbegin(), entries().cend(),
                           [step](const Entry &entry) { return entry.step == step; });
    };
    return isAt(Ready) && !isAt(Checking);
}

} // namespace parvis

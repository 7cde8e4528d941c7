// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/file_tray_model.h"

#include "models/file_kind.h"
#include "models/file_size.h"
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
    Q_EMIT changed();
}

void FileTrayModel::forget()
{
    m_entries.clear();
    m_waiting.clear();
    setRoom({});
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
        join({.id = ++m_lastId, .path = path, .facts = {.name = file.fileName(), .mediaType = {}}});
        inspect(entries().last());
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
    join({.id = ++m_lastId, .facts = {.name = name, .mediaType = u"image/png"_s}});
    besideTheWindow([picture] {
        return pngOf(picture);
    }).then(this, [this, id = m_lastId](Result<QByteArray> bytes) {
        auto *entry = find(id);
        if (!entry)
            return;
        if (!bytes)
            return settle(id, Refused, bytes.error());
        entry->bytes = *std::move(bytes);
        entry->facts.bytes = entry->bytes.size();
        settle(id, Ready, {});
    });
    Q_EMIT changed();
}

void FileTrayModel::join(Entry entry)
{
    beginInsertRows({}, count(), count());
    m_entries[m_room] += std::move(entry);
    endInsertRows();
}

void FileTrayModel::inspect(const Entry &entry)
{
    m_port.inspect(entry.path).then(this, [this, id = entry.id](const Result<OutgoingFile> &file) {
        auto *found = find(id);
        if (!found)
            return;
        if (!file)
            return settle(id, isPassing(file.error()) ? Ready : Refused, file.error());
        found->facts = *file;
        settle(id, Ready, {});
    });
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
    if (entry && entry->step != Taking)
        drop(m_room, fileId);
    m_tooMany = false;
    Q_EMIT changed();
}

void FileTrayModel::drop(const RoomId &room, int id)
{
    auto &list = m_entries[room];
    for (int row = 0; row < list.size(); ++row) {
        if (list.at(row).id != id)
            continue;
        if (room == m_room)
            beginRemoveRows({}, row, row);
        list.removeAt(row);
        if (room == m_room)
            endRemoveRows();
        return;
    }
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
        m_waiting.append({m_room, entry.id});
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
    const auto [room, id] = m_waiting.takeFirst();
    if (const auto *entry = find(id))
        take(room, *entry);
    else
        takeNext();
}

void FileTrayModel::take(const RoomId &room, const Entry &entry)
{
    auto task = entry.path.isEmpty() ? m_port.sendBytes(room, entry.facts.name, entry.bytes, entry.caption)
                                     : m_port.sendFile(room, entry.path, entry.caption, SendAs::Guess);
    std::move(task).then(this, [this, room = room, id = entry.id](const Result<TransactionId> &txn) {
        taken(room, id, txn);
        takeNext();
    });
}

void FileTrayModel::taken(const RoomId &room, int id, const Result<TransactionId> &txn)
{
    auto *entry = find(id);
    if (!entry)
        return; // of a person who has left
    if (txn) {
        drop(room, id);
        Q_EMIT sent(room);
        return;
    }
    const auto caption = std::exchange(entry->caption, {});
    settle(id, isPassing(txn.error()) ? Ready : Refused, txn.error());
    if (!caption.isEmpty())
        Q_EMIT captionRefused(room, caption);
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

QString FileTrayModel::noticeText() const
{
    return m_tooMany ? tr("No more than %n file(s) at once: the others were not joined.", "", mostFiles)
                     : QString();
}

int FileTrayModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(entries().size());
}

QString FileTrayModel::details(const Entry &entry)
{
    switch (entry.step) {
    case Checking:
        return tr("Being looked at…");
    case Taking:
        return tr("Being prepared…");
    case Ready:
    case Refused:
        break;
    }
    return entry.facts.bytes > 0 ? fileSize(entry.facts.bytes) : QString();
}

QString FileTrayModel::errorText(const Entry &entry)
{
    return entry.error ? ErrorText::of(*entry.error, ErrorText::During::Sending) : QString();
}

QVariant FileTrayModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &entry = entries().at(index.row());
    switch (Role(role)) {
    case FileIdRole:
        return entry.id;
    case NameRole:
        return entry.facts.name;
    case DetailsRole:
        return details(entry);
    case IconNameRole:
        return fileIcon(entry.facts.mediaType);
    case StepRole:
        return entry.step;
    case ErrorTextRole:
        return errorText(entry);
    case SpokenRole:
        //: A joined file as a screen reader says it. 1: its name, 2: its size, or what is wrong with it
        return tr("%1, %2").arg(entry.facts.name, entry.error ? errorText(entry) : details(entry));
    }
    return {};
}

QHash<int, QByteArray> FileTrayModel::roleNames() const
{
    return {{FileIdRole, "fileId"},     {NameRole, "name"}, {DetailsRole, "details"},
            {IconNameRole, "iconName"}, {StepRole, "step"}, {ErrorTextRole, "errorText"},
            {SpokenRole, "spoken"}};
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/room_readers_model.h"

#include "models/reader_sentences.h"

#include <algorithm>
#include <utility>

namespace parvis {

namespace {

bool excludes(const ReaderCounts &counts)
{
    return counts.people > 0 || counts.devices > 0;
}

/// Who cannot read first, then who reads less or otherwise than they should.
int place(const ReaderPerson &person)
{
    if (ReaderSentences::isExcluded(person))
        return 0;
    switch (ReaderSentences::level(person)) {
    case ReaderSentences::Level::Danger:
        return 1;
    case ReaderSentences::Level::Caution:
        return 2;
    case ReaderSentences::Level::Unknown:
    case ReaderSentences::Level::Good:
        return 3;
    }
    Q_UNREACHABLE();
    return 0;
}

} // namespace

RoomReadersModel::RoomReadersModel(EncryptionPort &port, QObject *parent)
    : DiffListModel(RowOrder::AsListed, parent), m_port(port)
{
}

void RoomReadersModel::setRoom(const RoomHeader &header)
{
    const bool concerned = header.encrypted && header.membership == Membership::Join;
    const auto room = concerned ? header.roomId : RoomId();
    const bool other = room != m_room;
    if (other) {
        m_room = room;
        m_putOff = {};
        m_error = {};
        take({});
        m_known = false;
    }
    const bool counted = std::exchange(m_counts, header.readers) != header.readers;
    const bool allowed = std::exchange(m_canSend, header.canSend()) != header.canSend();
    if (other || counted)
        refresh();
    if (other || counted || allowed)
        Q_EMIT changed();
}

void RoomReadersModel::setShown(bool shown)
{
    if (std::exchange(m_shown, shown) == shown)
        return;
    Q_EMIT changed();
    refresh();
}

void RoomReadersModel::refresh()
{
    const int turn = ++m_turn;
    if (m_room.isEmpty() || !(m_shown || excludes(m_counts)))
        return;
    m_port.readers(m_room).then(this, [this, turn](Result<RoomReaders> readers) {
        if (turn != m_turn)
            return;
        m_error = ShownError::of(readers);
        if (readers) {
            m_known = true;
            take(*std::move(readers));
        }
        Q_EMIT changed();
    });
}

void RoomReadersModel::take(RoomReaders readers)
{
    std::stable_sort(readers.people.begin(), readers.people.end(),
                     [](const ReaderPerson &a, const ReaderPerson &b) { return place(a) < place(b); });
    for (auto &person : readers.people)
        std::stable_partition(person.devices.begin(), person.devices.end(), [](const ReaderDevice &device) {
            return device.exclusion != ReaderExclusion::None;
        });
    m_readers = std::move(readers);
    show();
}

void RoomReadersModel::show()
{
    QList<ReaderRow> rows;
    for (const auto &person : std::as_const(m_readers.people)) {
        const auto name = ReaderSentences::nameOf(person);
        const auto line = ReaderSentences::person(person);
        rows += {.userId = person.userId,
                 .deviceId = {},
                 .name = name,
                 .line = line,
                 .level = int(ReaderSentences::level(person)),
                 //: 1: a name, 2: whether they can read
                 .spoken = tr("%1: %2").arg(name, line)};
        for (const auto &device : person.devices) {
            const auto called = device.name.isEmpty() ? device.deviceId.toString() : device.name;
            const auto reads = ReaderSentences::device(device, person.own);
            rows += {.userId = person.userId,
                     .deviceId = device.deviceId,
                     .name = called,
                     .line = reads,
                     .level = int(ReaderSentences::level(device)),
                     //: 1: a name, 2: a device of theirs, 3: whether it can read
                     .spoken = tr("%1, %2: %3").arg(name, called, reads)};
        }
    }
    if (rows != items())
        apply({{ListDiff<ReaderRow>::Reset{rows}}});
}

void RoomReadersModel::setTexts(const DateTexts &texts)
{
    m_texts = texts;
    show();
    Q_EMIT changed();
}

void RoomReadersModel::putOff()
{
    m_putOff = m_counts;
    Q_EMIT changed();
}

void RoomReadersModel::setOnlyVerified(bool on)
{
    if (m_room.isEmpty())
        return;
    m_port.setOnlyVerified(m_room, on).then(this, [this, room = m_room](const Result<void> &done) {
        if (room != m_room)
            return;
        m_error = ShownError::of(done);
        if (done)
            refresh();
        Q_EMIT changed(); // where it failed, the switch goes back to what holds
    });
}

QString RoomReadersModel::barText() const
{
    if (m_room.isEmpty() || !m_canSend || !excludes(m_counts) || m_counts == m_putOff)
        return {};
    return excludedText();
}

QString RoomReadersModel::excludedText() const
{
    return m_room.isEmpty() ? QString() : ReaderSentences::excluded(m_counts, m_readers.people);
}

QString RoomReadersModel::unsignedText() const
{
    return m_room.isEmpty() ? QString() : ReaderSentences::readingUnsigned(m_counts, m_readers.people);
}

QString RoomReadersModel::ruleText() const
{
    return m_known ? ReaderSentences::rule(m_readers.rule) : QString();
}

QString RoomReadersModel::sinceText() const
{
    return m_readers.encryptedSinceMs <= 0 ? tr("Encrypted from end to end, for ever.")
                                           //: 1: a day and a time
                                           : tr("Encrypted from end to end, for ever. Since: %1.")
                                                 .arg(m_texts.fullWithin(m_readers.encryptedSinceMs));
}

QVariant RoomReadersModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &row = item(index);
    switch (Role(role)) {
    case UserIdRole:
        return row.userId.toString();
    case IsDeviceRole:
        return !row.deviceId.isEmpty();
    case NameRole:
        return row.name;
    case LineRole:
        return row.line;
    case LevelRole:
        return row.level;
    case SpokenRole:
        return row.spoken;
    }
    return {};
}

QHash<int, QByteArray> RoomReadersModel::roleNames() const
{
    return {{UserIdRole, "userId"}, {IsDeviceRole, "isDevice"}, {NameRole, "name"},
            {LineRole, "line"},     {LevelRole, "level"},       {SpokenRole, "spoken"}};
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/verification_model.h"

#include "models/device_list_model.h"
#include "models/pool_work.h"
#include "qr/qr_picture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

VerificationModel::VerificationModel(VerificationPort &port, EncryptionPort &encryption, RoomListPort &rooms,
                                     QObject *parent)
    : QObject(parent), m_port(port), m_encryption(encryption), m_rooms(rooms)
{
    port.subscribe(this, [this](const QList<VerificationInfo> &all) { take(all); });
}

void VerificationModel::setOwnUser(const QString &userId)
{
    if (m_ownUser == UserId(userId))
        return;
    m_ownUser = UserId(userId);
    m_showing = false;
    m_asking = false;
    m_busy = false;
    ++m_turn;
    m_current = {};
    m_wanted = {};
    m_error = {};
    m_seen.clear();
    m_names.clear();
    for (const auto &info : m_ownUser.isEmpty() ? QList<VerificationInfo>() : m_all)
        learnNames(info); // it may have come before it was known who we are
    Q_EMIT changed();
}

void VerificationModel::take(const QList<VerificationInfo> &all)
{
    m_all = all;
    bool ended = false;
    for (const auto &info : all) {
        if (info.state == VerificationInfo::State::Done && !m_announced.contains(info.txn)) {
            m_announced += info.txn;
            ended = true;
        }
        if (!info.isOver())
            learnNames(info);
    }
    follow();
    if (ended)
        Q_EMIT finished();
}

/// Brings what is shown up to date with the list.
void VerificationModel::follow()
{
    const auto now = std::find_if(m_all.cbegin(), m_all.cend(),
                                  [this](const auto &info) { return info.txn == m_current.txn; });
    if (!m_current.txn.isEmpty() && now != m_all.cend()) {
        if (now->state != m_current.state) {
            m_way = Way::Choice;
            m_busy = false;
            m_error = {};
            m_picture = {};
        }
        m_current = *now;
    }
    Q_EMIT changed();
}

bool VerificationModel::waits(const VerificationInfo &info) const
{
    return !m_put.contains(info.txn) && (!info.isOver() || m_seen.contains(info.txn));
}

const VerificationInfo *VerificationModel::waiting() const
{
    const VerificationInfo *over = nullptr;
    for (const auto &info : m_all) {
        if (waits(info) && !info.isOver())
            return &info;
        if (waits(info))
            over = &info;
    }
    return over;
}

int VerificationModel::more() const
{
    return int(std::count_if(m_all.cbegin(), m_all.cend(), [this](const auto &info) {
        return info.txn != m_current.txn && waits(info) && !info.isOver();
    }));
}

void VerificationModel::show()
{
    if (m_showing)
        return;
    if (const auto *next = m_asking ? nullptr : waiting()) {
        m_current = *next;
        m_seen += next->txn;
        m_way = Way::Choice;
        m_error = {};
        m_picture = {};
    }
    m_showing = step() != Nothing;
    Q_EMIT changed();
}

void VerificationModel::hide()
{
    if (!m_showing)
        return;
    m_showing = false;
    m_way = Way::Choice;
    m_error = {};
    m_picture = {};
    const bool over = m_current.isOver();
    if (over)
        m_put += m_current.txn;
    m_current = {};
    // The next one takes its place; what is still going on waits behind the banner instead.
    if (const auto *next = over ? waiting() : nullptr; next && !next->isOver())
        return show();
    Q_EMIT changed();
}

void VerificationModel::verifyOwn(const QString &deviceId)
{
    ask({.user = {}, .device = DeviceId(deviceId), .name = {}});
}

void VerificationModel::verifyPerson(const QString &userId, const QString &name)
{
    if (!name.isEmpty())
        m_names.insert(userId, name);
    ask({.user = UserId(userId), .device = {}, .name = name});
}

void VerificationModel::ask(const Wanted &wanted)
{
    if (m_asking)
        return;
    m_wanted = wanted;
    m_current = {};
    m_asking = true;
    m_showing = true;
    m_busy = false;
    m_error = {};
    m_way = Way::Choice;
    const int turn = ++m_turn;
    Q_EMIT changed();
    if (wanted.user.isEmpty()) {
        m_port.request({}, wanted.device, {}).then(this, [this, turn](const Result<QString> &txn) {
            begun(txn, turn);
        });
        return;
    }
    // Where there is a direct conversation already, it is answered.
    NewRoom room;
    room.kind = RoomKind::Direct;
    room.invite = {wanted.user};
    m_rooms.create(room)
        .andThen(this, [this, user = wanted.user](const RoomId &id) { return m_port.request(user, {}, id); })
        .then(this, [this, turn](const Result<QString> &txn) { begun(txn, turn); });
}

void VerificationModel::begun(const Result<QString> &txn, int turn)
{
    if (txn)
        m_seen += *txn;
    if (turn != m_turn)
        return;
    m_asking = false;
    m_error = ShownError::of(txn, ErrorText::During::Inviting);
    if (txn && m_showing) {
        m_current = {};
        m_current.txn = *txn;
        m_current.user = m_wanted.user.isEmpty() ? m_ownUser : m_wanted.user;
        m_current.device = m_wanted.device;
        m_current.byUs = true;
    }
    follow();
}

void VerificationModel::act(Task<void> task)
{
    m_busy = true;
    m_error = {};
    Q_EMIT changed();
    std::move(task).then(this, [this, txn = m_current.txn](const Result<void> &done) {
        if (txn != m_current.txn)
            return;
        m_busy = false;
        m_error = ShownError::of(done);
        Q_EMIT changed();
    });
}

void VerificationModel::accept()
{
    if (step() == Incoming && !m_busy)
        act(m_port.accept(m_current.txn));
}

void VerificationModel::cancel()
{
    if (!m_current.txn.isEmpty() && !m_current.isOver())
        act(m_port.cancel(m_current.txn));
}

void VerificationModel::compareEmoji()
{
    if (!m_busy && m_current.canSas)
        act(m_port.startSas(m_current.txn));
}

void VerificationModel::showCode()
{
    if (m_busy || !m_current.canShow)
        return;
    m_busy = true;
    m_error = {};
    Q_EMIT changed();
    m_port.qr(m_current.txn).then(this, [this, txn = m_current.txn](const Result<QByteArray> &bytes) {
        if (txn != m_current.txn)
            return;
        m_busy = false;
        const auto picture = bytes ? qr::draw(*bytes) : Result<QImage>(tl::unexpected(bytes.error()));
        m_error = ShownError::of(picture);
        if (picture) {
            m_picture = *picture;
            m_way = Way::Show;
        }
        Q_EMIT changed();
    });
}

void VerificationModel::chooseRead()
{
    m_way = Way::Read;
    m_error = {};
    Q_EMIT changed();
}

void VerificationModel::backToChoice()
{
    m_way = Way::Choice;
    m_error = {};
    m_picture = {};
    Q_EMIT changed();
}

void VerificationModel::readFile(const QString &file)
{
    const QUrl url(file);
    const auto path = url.isLocalFile() ? url.toLocalFile() : file.trimmed();
    if (m_busy || path.isEmpty())
        return;
    m_busy = true;
    m_error = {};
    Q_EMIT changed();
    besideTheWindow([path] {
        return qr::readFile(path);
    }).then(this, [this, txn = m_current.txn](const Result<QByteArray> &bytes) { scan(bytes, txn); });
}

void VerificationModel::readClipboard()
{
    if (m_busy)
        return;
    const auto *data = QGuiApplication::clipboard()->mimeData();
    const auto urls = data ? data->urls() : QList<QUrl>();
    const auto picture = data && data->hasImage() ? qvariant_cast<QImage>(data->imageData()) : QImage();
    if (picture.isNull() && !urls.isEmpty() && urls.first().isLocalFile())
        return readFile(urls.first().toString());
    m_busy = true;
    m_error = {};
    Q_EMIT changed();
    besideTheWindow([picture]() -> Result<QByteArray> {
        return picture.isNull() ? fail(ErrorKind::NotFound, u"PARVIS_QR_CLIPBOARD_EMPTY"_s)
                                : qr::read(picture);
    }).then(this, [this, txn = m_current.txn](const Result<QByteArray> &bytes) { scan(bytes, txn); });
}

void VerificationModel::scan(const Result<QByteArray> &bytes, const QString &txn)
{
    if (txn != m_current.txn)
        return;
    m_busy = false;
    if (bytes)
        return act(m_port.scan(txn, *bytes));
    m_error = ShownError(bytes.error());
    Q_EMIT changed();
}

void VerificationModel::confirm()
{
    if (!m_busy && (step() == Compare || step() == ConfirmScan))
        act(m_port.confirm(m_current.txn));
}

void VerificationModel::mismatch()
{
    if (!m_busy && step() == Compare)
        act(m_port.mismatch(m_current.txn));
    else if (step() == ConfirmScan)
        cancel();
}

bool VerificationModel::canTryAgain() const
{
    return step() == Cancelled || step() == Failed;
}

void VerificationModel::tryAgain()
{
    if (!canTryAgain())
        return;
    if (m_current.txn.isEmpty())
        return ask(m_wanted);
    m_put += m_current.txn;
    ask(ownDevice() ? Wanted{.user = {}, .device = m_current.device, .name = {}}
                    : Wanted{.user = m_current.user, .device = {}, .name = partner()});
}

void VerificationModel::learnNames(const VerificationInfo &info)
{
    if (info.user == m_ownUser) {
        if (info.device.isEmpty() || m_names.contains(info.device.toString()))
            return;
        m_encryption.devices(m_ownUser).then(this, [this](const Result<QList<DeviceCard>> &devices) {
            for (const auto &device : devices ? *devices : QList<DeviceCard>())
                m_names.insert(device.deviceId.toString(), DeviceListModel::nameOf(device));
            Q_EMIT changed();
        });
        return;
    }
    if (info.room.isEmpty() || m_names.contains(info.user.toString()))
        return;
    m_rooms.members(info.room).then(this, [this](const Result<QList<MemberCard>> &members) {
        for (const auto &member : members ? *members : QList<MemberCard>())
            m_names.insert(member.userId.toString(), member.name);
        Q_EMIT changed();
    });
}

} // namespace parvis

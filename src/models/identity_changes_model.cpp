// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/identity_changes_model.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace parvis {

namespace {

constexpr auto pause = 60s; // what blocks sending is heard of at once, with the header

} // namespace

IdentityChangesModel::IdentityChangesModel(EncryptionPort &port, RoomListPort &rooms, QObject *parent)
    : QObject(parent), m_port(port), m_rooms(rooms)
{
    m_timer.setInterval(pause);
    connect(&m_timer, &QTimer::timeout, this, &IdentityChangesModel::refresh);
}

void IdentityChangesModel::setRoom(const RoomId &room, bool encrypted)
{
    if (room == m_room && encrypted == m_encrypted)
        return;
    m_room = room;
    m_encrypted = encrypted;
    m_found.clear();
    m_busy = false;
    m_error = {};
    if (m_room.isEmpty() || !m_encrypted)
        m_timer.stop();
    else
        m_timer.start();
    Q_EMIT changed();
    refresh();
}

void IdentityChangesModel::refresh()
{
    const int turn = ++m_turn;
    if (m_room.isEmpty() || !m_encrypted)
        return;
    m_rooms.members(m_room).then(this, [this, turn](Result<QList<MemberCard>> members) {
        if (turn != m_turn || !members)
            return;
        m_people = *std::move(members);
        m_people.removeIf([](const MemberCard &one) {
            const bool here = one.membership == Membership::Join || one.membership == Membership::Invite;
            return one.own || !here;
        });
        m_more = m_people.size() > mostPeople;
        m_people = m_people.mid(0, mostPeople);
        m_finding.clear();
        look(0);
    });
}

void IdentityChangesModel::look(qsizetype at)
{
    if (at >= m_people.size())
        return lookFurther();
    const auto person = m_people.at(at);
    m_port.identity(person.userId)
        .then(this, [this, at, person, turn = m_turn](const Result<PersonIdentity> &identity) {
            if (turn != m_turn)
                return;
            if (identity && (identity->violated || identity->changed))
                m_finding += {person.userId, person.name, identity->violated, identity->changed};
            look(at + 1);
        });
}

void IdentityChangesModel::lookFurther()
{
    const bool named =
        std::any_of(m_finding.cbegin(), m_finding.cend(), [](const Found &one) { return one.violated; });
    if (!m_more || m_violated == 0 || named)
        return finish();
    // One large answer about everybody, where somebody among the many blocks all that is written.
    m_port.readers(m_room).then(this, [this, turn = m_turn](const Result<RoomReaders> &readers) {
        if (turn != m_turn)
            return;
        const auto people = readers ? readers->people : QList<ReaderPerson>();
        for (const ReaderPerson &person : people) {
            if (person.identity.violated && !person.own)
                m_finding += {person.userId, person.name, true, person.identity.changed};
        }
        finish();
    });
}

void IdentityChangesModel::setViolated(int people)
{
    if (std::exchange(m_violated, people) != people)
        refresh();
}

void IdentityChangesModel::finish()
{
    std::stable_partition(m_finding.begin(), m_finding.end(), [](const Found &one) { return one.violated; });
    if (m_finding == m_found)
        return;
    m_found = m_finding;
    m_error = {};
    Q_EMIT changed();
}

QString IdentityChangesModel::userId() const
{
    return m_found.isEmpty() ? QString() : m_found.first().user.toString();
}

QString IdentityChangesModel::name() const
{
    return m_found.isEmpty() ? QString() : m_found.first().name;
}

bool IdentityChangesModel::violated() const
{
    return !m_found.isEmpty() && m_found.first().violated;
}

QString IdentityChangesModel::text() const
{
    if (m_found.isEmpty())
        return {};
    if (!m_error.isEmpty())
        return m_error.text();
    if (violated() && !m_found.first().changed)
        return tr("You had verified %1, and the identity of your own account has changed since. Nothing is "
                  "sent "
                  "here until you verify them again or go on without.")
            .arg(name());
    return violated()
        ? tr("You had verified %1, and their identity is another one now. Nothing is sent here until you "
             "answer.")
              .arg(name())
        : tr("%1’s identity has changed since you first met. That happens after a reset.").arg(name());
}

void IdentityChangesModel::accept()
{
    if (m_busy || m_found.isEmpty())
        return;
    m_busy = true;
    Q_EMIT changed();
    const auto user = m_found.first().user;
    m_port.acceptIdentity(user).then(this, [this, user, room = m_room](const Result<void> &done) {
        if (done)
            Q_EMIT accepted();
        if (room != m_room)
            return;
        m_busy = false;
        m_error = ShownError::of(done);
        if (done)
            m_found.removeIf([&user](const Found &one) { return one.user == user; });
        Q_EMIT changed();
        refresh();
    });
}

} // namespace parvis

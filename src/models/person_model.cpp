// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/person_model.h"

#include "models/person_mark.h"

namespace parvis {

PersonModel::PersonModel(EncryptionPort &port, QObject *parent)
    : QObject(parent), m_port(port), m_devices(port)
{
}

void PersonModel::open(const QString &userId, const QString &name)
{
    m_user = UserId(userId);
    m_name = name.isEmpty() ? userId : name;
    m_standing = Unknown;
    m_busy = false;
    m_error = {};
    m_devices.setPerson(m_user, own());
    m_devices.refresh();
    Q_EMIT changed();
    refresh();
}

void PersonModel::close()
{
    m_user = {};
    m_devices.setPerson({}, false);
    Q_EMIT changed();
}

void PersonModel::refresh()
{
    if (m_user.isEmpty())
        return;
    m_port.identity(m_user).then(this, [this, user = m_user](const Result<PersonIdentity> &identity) {
        if (user != m_user)
            return;
        if (identity)
            m_standing = standingOf(*identity);
        m_changed = identity && identity->changed;
        m_error = ShownError::of(identity);
        Q_EMIT changed();
        m_devices.refresh();
    });
}

PersonModel::Standing PersonModel::standingOf(const PersonIdentity &identity)
{
    if (!identity.known)
        return NoIdentity;
    if (identity.violated)
        return Violated;
    if (identity.changed)
        return Changed;
    return identity.verified ? Verified : NotVerified;
}

QString PersonModel::standingText() const
{
    switch (m_standing) {
    case Unknown:
        return tr("Parvis is finding out…");
    case NoIdentity:
        return own() ? tr("Your account is not protected yet: set up the recovery in the settings.")
                     : tr("Nothing vouches for this person’s devices yet. They have to set that up first.");
    case NotVerified:
        return own()
            ? tr("This is you. This device is not verified yet.")
            : tr("You have not verified this person. Compare a few pictures with them, on the phone or in "
                 "person, to be sure that nobody stands between you.");
    case Verified:
        return own() ? tr("This is you, and this device is verified.")
                     : tr("You have verified this person: you write to them and to nobody else.");
    case Changed:
        return tr(
            "This person’s identity is another one than when you first met. That happens after a reset; "
            "verify them if you want to be sure.");
    case Violated:
        if (own())
            return tr(
                "Your account’s identity is another one than before. Nothing is sent from here until you "
                "verify this device again.");
        return lapsed()
            ? tr("You had verified this person, and the identity of your own account has changed since. "
                 "Nothing is sent to them until you verify them again or go on without.")
            : tr("You had verified this person, and their identity is another one now. Nothing is sent to "
                 "them "
                 "until you verify them again or accept the change.");
    }
    Q_UNREACHABLE();
    return {};
}

bool PersonModel::canVerify() const
{
    return !m_user.isEmpty() && !own() && m_standing != Verified && m_standing != NoIdentity
        && m_standing != Unknown;
}

bool PersonModel::canAccept() const
{
    return !own() && (m_standing == Violated || m_standing == Changed);
}

void PersonModel::accept()
{
    if (m_busy || !canAccept())
        return;
    m_busy = true;
    Q_EMIT changed();
    m_port.acceptIdentity(m_user).then(this, [this, user = m_user](const Result<void> &done) {
        if (done)
            Q_EMIT accepted();
        if (user != m_user)
            return;
        m_busy = false;
        m_error = ShownError::of(done);
        Q_EMIT changed();
        if (done)
            refresh();
    });
}

void PersonModel::setTexts(const DateTexts &texts)
{
    m_devices.setTexts(texts);
    Q_EMIT changed();
}

QString PersonModel::initials() const
{
    return parvis::initials(m_name);
}

int PersonModel::colour() const
{
    return avatarColour(userId());
}

} // namespace parvis

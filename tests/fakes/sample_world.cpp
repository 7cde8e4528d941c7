// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qint64 minute = 60000;

/// 19 November 2026, 14:05 in the time zone of the machine.
qint64 sampleNow()
{
    return QDateTime(QDate(2026, 11, 19), QTime(14, 5)).toMSecsSinceEpoch();
}

struct Line {
    const char16_t *id;
    const char16_t *name;
    const char16_t *sender;
    const char16_t *text;
    int minutesAgo;
    int unread = 0;
    int highlight = 0;
};

RoomSummary summary(const Line &line)
{
    RoomSummary room;
    room.roomId = RoomId(QString::fromUtf16(line.id));
    room.name = QString::fromUtf16(line.name);
    room.avatarSeed = room.roomId.toString();
    room.encrypted = true;
    room.unread = line.unread;
    room.highlight = line.highlight;
    room.last.senderName = QString::fromUtf16(line.sender);
    room.last.own = room.last.senderName.isEmpty();
    room.last.preview = QString::fromUtf16(line.text);
    room.last.ts = sampleNow() - line.minutesAgo * minute;
    return room;
}

} // namespace

SampleWorld::SampleWorld() : clock(sampleNow())
{
    auto now = settings.settings.get();
    now.language = {u"fr"_s, SettingSource::Person};
    now.theme = {ThemeChoice::Light, SettingSource::Person};
    settings.settings.set(now);
    login.displayName = u"Léa Martin"_s;
    ServerInfo server;
    server.serverName = u"prefecture.exemple"_s;
    server.baseUrl = u"https://matrix.prefecture.exemple"_s;
    server.user = u"@lea.martin:prefecture.exemple"_s;
    server.flows.password = true;
    login.server = server;
}

void SampleWorld::signIn()
{
    fillRooms();
    fillDevices();
    fillCrisis();
    fillDirect();
    fillOthers();
    fillSearch();
    Connection online;
    online.state = Connection::State::Online;
    account.connection.set(online);
    account.session.set(login.sessionOf(UserId(u"@lea.martin:prefecture.exemple"_s)));
}

Ports SampleWorld::ports()
{
    return {account,    login,         rooms,  timeline, composer,      media,  settings,
            encryption, verifications, search, upkeep,   notifications, desktop};
}

RoomId SampleWorld::crisisRoom()
{
    return RoomId(u"!cellule:prefecture.exemple"_s);
}

UserId SampleWorld::claireId()
{
    return UserId(u"@claire:ecologie.exemple"_s);
}

void SampleWorld::identify(const PersonIdentity &identity)
{
    encryption.identities[claireId()] = identity;
    auto &it = timeline.conversation(directRoom());
    auto head = it.header.get();
    head.person = identity;
    it.header.set(head);
}

RoomId SampleWorld::directRoom()
{
    return RoomId(u"!claire:prefecture.exemple"_s);
}

RoomId SampleWorld::invitation()
{
    return RoomId(u"!invitation:energie.exemple"_s);
}

RoomId SampleWorld::emptyRoom()
{
    return RoomId(u"!thomas:prefecture.exemple"_s);
}

RoomId SampleWorld::readOnlyRoom()
{
    return RoomId(u"!annonces:prefecture.exemple"_s);
}

/// All is in order; a page that shows what is not sets it so.
void SampleWorld::fillDevices()
{
    encryption.state = {.crossSigning = true,
                        .secretStorage = true,
                        .backupVersion = u"3"_s,
                        .backupTrusted = true,
                        .backupReadable = true,
                        .verified = true,
                        .oneTimeKeys = 50,
                        .identityExists = true};
    encryption.deviceLists[UserId(u"@lea.martin:prefecture.exemple"_s)] = {
        {DeviceId(u"MOBILE"_s), u"Téléphone de service"_s, DeviceTrust::Verified, clock.now - 35 * minute,
         false},
        {DeviceId(u"PARVIS"_s), u"Parvis sur Debian GNU/Linux 12"_s, DeviceTrust::Verified, clock.now, true},
        {DeviceId(u"ANCIEN"_s), u"Ancien portable"_s, DeviceTrust::Unsigned,
         clock.now - 60 * 24 * 40 * minute, false},
    };
    const UserId claire = claireId();
    encryption.identities[claire] = {.known = true};
    encryption.deviceLists[claire] = {
        {DeviceId(u"CLAIREPC"_s), u"Poste de Claire"_s, DeviceTrust::Signed, 0, false},
        {DeviceId(u"CLAIREVIEUX"_s), {}, DeviceTrust::Unsigned, 0, false},
    };
}

void SampleWorld::fillRooms()
{
    auto invited = summary({u"!invitation:energie.exemple", u"Sobriété énergétique 2027", u"", u"", 20});
    invited.membership = Membership::Invite;
    invited.inviterName = u"Nadia Rousseau"_s;
    auto crisis = summary({u"!cellule:prefecture.exemple", u"Cellule de crise", u"Claire Moreau",
                           u"le point de 14 h est décalé à 14 h 30", 13, 2, 0});
    crisis.favourite = true;
    auto claire = summary(
        {u"!claire:prefecture.exemple", u"Claire Moreau", u"", u"je relis et je reviens vers vous", 25});
    claire.favourite = true;
    auto plan = summary({u"!plan:prefecture.exemple", u"Plan numérique 2027", u"Samir Khelifi",
                         u"la note de cadrage est prête, relisez-la", 34, 4, 2});
    auto tender = summary({u"!appel:prefecture.exemple", u"Appel d’offres énergie", u"Dr. Weiss",
                           u"notre proposition est prête", 67, 5, 0});
    tender.kind = RoomKind::External;
    auto helene = summary({u"!helene:prefecture.exemple", u"Hélène Bernard", u"Hélène Bernard",
                           u"pouvez-vous m’appeler avant 16 h ?", 105, 1, 0});
    auto hr = summary({u"!rh:prefecture.exemple", u"Réseau RH interministériel", u"Julie Petit",
                       u"merci à tous pour vos retours", 138});
    hr.hasDraft = true;
    auto support = summary({u"!support:prefecture.exemple", u"Support informatique", u"Support",
                            u"Ticket clos : imprimante du 3ᵉ étage", 60 * 24});
    support.hasFailed = true;
    auto thomas = summary({u"!thomas:prefecture.exemple", u"Thomas Dubois", u"", u"", 60 * 26});
    auto notices = summary({u"!annonces:prefecture.exemple", u"Annonces de la préfecture", u"Secrétariat",
                            u"L’accueil du public ferme à 16 h vendredi", 60 * 24 * 4});
    notices.kind = RoomKind::Public;
    notices.encrypted = false;
    for (auto *direct : {&claire, &helene, &thomas}) {
        direct->direct = true;
        direct->kind = RoomKind::Direct;
        direct->avatarSeed = u"@"_s + direct->name;
    }
    thomas.last = {};
    rooms.rooms.reset({invited, crisis, claire, plan, tender, helene, hr, support, thomas, notices});
    rooms.totals.set({.rooms = 4, .messages = 12, .highlights = 2, .invites = 1});
}

} // namespace parvis

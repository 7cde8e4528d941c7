// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

struct Person {
    const char16_t *id;
    const char16_t *name;
    const char16_t *organisation;
    bool external = false;
};

const Person samir{u"@samir:prefecture.exemple", u"Samir Khelifi", u"Intérieur"};
const Person claire{u"@claire:ecologie.exemple", u"Claire Moreau", u"Transition écologique"};
const Person helene{u"@helene:sante.exemple", u"Hélène Bernard", u"Santé"};
const Person weiss{u"@weiss:externe.exemple", u"Jonas Weiss", u"Cabinet Weiss", true};
const Person me{u"@lea.martin:prefecture.exemple", u"Léa Martin", u"Intérieur"};

TimelineItem said(const Person &who, QTime at, const QString &body, int daysAgo = 0)
{
    static int counter = 0;
    TimelineItem item;
    item.key = u"k%1"_s.arg(++counter);
    item.eventId = EventId(u"$e%1"_s.arg(counter));
    item.sender = UserId(QString::fromUtf16(who.id));
    item.senderName = QString::fromUtf16(who.name);
    item.senderOrganisation = QString::fromUtf16(who.organisation);
    item.senderExternal = who.external;
    item.own = item.sender.toString() == QString::fromUtf16(me.id);
    item.editable = item.own;
    item.ts = QDateTime(QDate(2026, 11, 19 - daysAgo), at).toMSecsSinceEpoch();
    item.body = body;
    item.encrypted = true;
    return item;
}

TimelineItem happened(const Person &who, QTime at, StateChange::What what, int daysAgo,
                      const QString &subject = {}, const QString &after = {})
{
    auto item = said(who, at, {}, daysAgo);
    item.kind = ItemKind::State;
    item.editable = false;
    item.change.what = what;
    item.change.subjectName = subject;
    item.change.after = after;
    return item;
}

MemberCard member(const Person &who, int power)
{
    MemberCard card;
    card.userId = UserId(QString::fromUtf16(who.id));
    card.name = QString::fromUtf16(who.name);
    card.organisation = QString::fromUtf16(who.organisation);
    card.external = who.external;
    card.power = power;
    card.own = card.userId.toString() == QString::fromUtf16(me.id);
    return card;
}

RoomHeader header(const RoomSummary &room)
{
    RoomHeader header;
    header.roomId = room.roomId;
    header.name = room.name;
    header.kind = room.kind;
    header.membership = room.membership;
    header.inviterName = room.inviterName;
    header.encrypted = room.encrypted;
    header.direct = room.direct;
    header.avatarSeed = room.avatarSeed;
    header.memberCount = room.direct ? 2 : 14;
    return header;
}

} // namespace

void SampleWorld::fillCrisis()
{
    auto &it = timeline.conversation(crisisRoom());
    using What = StateChange::What;
    auto edited = said(me, {11, 14}, u"Bien reçu. Claire, pouvez-vous prévenir les communes avant midi ?"_s);
    edited.edited = true;
    auto mention = said(claire, {13, 52},
                        u"C’est fait pour les 12 communes. Léa, le point de 14 h est décalé à 14 h 30, même "
                        u"lien que ce matin : https://visio.exemple.gouv/cellule"_s);
    mention.mention = true;
    auto unreadable = said(helene, {13, 55}, {});
    unreadable.kind = ItemKind::Unreadable;
    unreadable.unreadable = UnreadableReason::KeyNotArrived;
    auto shielded = said(weiss, {13, 58}, u"Les pompes du quai sud seront livrées à 17 h."_s);
    shielded.shield = Shield::Grey;
    shielded.shieldReason = ShieldReason::UnsignedDevice;
    auto failed = said(me, {14, 2}, u"Je préviens le SDIS et la DDT tout de suite."_s);
    failed.state = SendState::Failed;
    failed.error = Error{ErrorKind::Forbidden, u"M_FORBIDDEN"_s, {}, 0};
    failed.eventId = {};
    failed.txnId = TransactionId(u"t1"_s);
    auto sending = said(me, {14, 4}, u"Je rejoins la visio dans cinq minutes 👍"_s);
    sending.state = SendState::Sending;
    sending.eventId = {};
    sending.txnId = TransactionId(u"t2"_s);
    const auto own2 = said(me, {11, 14}, u"Je garde la ligne avec la préfecture."_s);
    QList<TimelineItem> before;
    for (int minute = 2; minute < 9; ++minute) {
        before += said(minute % 3 == 0 ? samir : claire, {16, minute}, {}, 2);
        before.last().kind = ItemKind::Unreadable;
        before.last().unreadable = UnreadableReason::SentBeforeDevice;
    }
    QList<TimelineItem> items{
        happened(claire, {17, 40}, What::Invited, 1, u"Jonas Weiss"_s),
        happened(weiss, {17, 52}, What::Joined, 1),
        said(samir, {18, 5}, u"Bonsoir à tous, le niveau monte de 4 cm par heure à l’aval du pont."_s, 1),
        said(claire, {18, 9}, u"Merci Samir.\nNous restons en vigilance orange jusqu’à demain midi."_s, 1),
        said(samir, {11, 8},
             u"Le niveau baisse à l’amont depuis 11 h. Relevé complet dans le dossier partagé, avec les "
             u"seuils de vigilance."_s),
        edited,
        own2,
        mention,
        unreadable,
        shielded,
        failed,
        sending,
    };
    it.items.reset(before + items);
    auto head = header(rooms.rooms.at(1));
    head.topic = u"Coordination inondations, préfecture"_s;
    head.readUpTo = own2.eventId;
    head.typing = {u"Samir Khelifi"_s};
    it.header.set(head);
    rooms.memberList = {member(claire, 100), member(samir, 50), member(helene, 0), member(weiss, 0),
                        member(me, 0)};
    auto guest = member({u"@nadia:energie.exemple", u"Nadia Rousseau", u"Énergie"}, 0);
    guest.membership = Membership::Invite;
    rooms.memberList += guest;
}

void SampleWorld::fillDirect()
{
    auto &it = timeline.conversation(directRoom());
    QList<TimelineItem> items;
    items += happened(claire, {9, 0}, StateChange::What::RoomCreated, 12);
    items += happened(claire, {9, 0}, StateChange::What::EncryptionOn, 12);
    for (int i = 0; i < 60; ++i) {
        const auto &who = i % 5 < 2 ? claire : me;
        const auto text = i % 7 == 3
            ? u"Le compte rendu est presque prêt ; il reste deux annexes à relire et une carte à refaire "
              u"avec "
              u"les nouvelles limites. Je vous l’envoie avant la fin de la journée, sauf imprévu."_s
            : u"Message numéro %1, pour avoir de quoi faire défiler."_s.arg(i + 1);
        items += said(who, QTime(9, 0).addSecs(i % 30 * 480), text, i < 30 ? 3 : 1);
    }
    items += said(me, {13, 40}, u"Je relis et je reviens vers vous."_s);
    it.items.reset(items);
    auto head = header(rooms.rooms.at(2));
    head.person = encryption.identities.value(claireId());
    head.atStart = true;
    head.readUpTo = items.last().eventId;
    it.header.set(head);
}

void SampleWorld::fillOthers()
{
    for (const auto &room : rooms.rooms.items()) {
        auto &it = timeline.conversation(room.roomId);
        if (it.header.get().name.isEmpty())
            it.header.set(header(room));
    }
    auto &notices = timeline.conversation(readOnlyRoom());
    auto head = notices.header.get();
    head.cannotSend = RoomHeader::CannotSend::ReadOnly;
    notices.header.set(head);
    auto notice = said({u"@bot:prefecture.exemple", u"Secrétariat", u"Préfecture"}, {10, 0},
                       u"L’accueil du public ferme à 16 h vendredi."_s, 4);
    notice.kind = ItemKind::Notice;
    notice.encrypted = false;
    notices.items.reset({notice});
}

void SampleWorld::fillSearch()
{
    search.all.clear();
    search.reach = {};
    for (const RoomId &room : {crisisRoom(), directRoom()}) {
        auto &it = timeline.conversation(room);
        RoomCoverage reach{.roomId = room, .complete = room == directRoom()};
        for (const TimelineItem &item : it.items.items()) {
            if (item.kind != ItemKind::Text || item.body.isEmpty() || item.eventId.isEmpty())
                continue;
            search.all.append({.roomId = room,
                               .eventId = item.eventId,
                               .sender = item.sender,
                               .senderName = item.senderName,
                               .roomName = it.header.get().name,
                               .ts = item.ts,
                               .snippet = item.body,
                               .highlights = {},
                               .encrypted = true});
            ++reach.indexedEvents;
            reach.oldestMs = reach.oldestMs == 0 ? item.ts : std::min(reach.oldestMs, item.ts);
        }
        search.reach.coverage.indexedEvents += reach.indexedEvents;
        ++search.reach.coverage.rooms;
        search.reach.rooms.append(reach);
    }
    search.reach.coverage.roomsWithoutAllKeys = 1;
    search.reach.rooms.first().unreadable = 1;
    search.reach.history = {HistoryFetching::State::Fetching, 12};
    std::stable_sort(search.all.begin(), search.all.end(),
                     [](const SearchHit &a, const SearchHit &b) { return a.ts > b.ts; });
}

} // namespace parvis

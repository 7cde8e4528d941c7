// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_readers.h"

#include "engine/client_trust.h"
#include "engine/person_name.h"
#include "rooms/members.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// Of the devices of one person.
struct PersonCount {
    int excluded = 0;
    int all = 0;
    int unsignedReading = 0;
};

void count(ReaderCounts &counts, PersonCount &person, const crypto::Reader &reader)
{
    ++person.all;
    if (reader.exclusion == crypto::Exclusion::None) {
        // Violated: signed, but by whom nobody knows.
        person.unsignedReading += reader.trust < crypto::DeviceTrust::Violated;
        return;
    }
    ++person.excluded;
    counts.blocked += reader.exclusion == crypto::Exclusion::Blocked;
    counts.notSigned += reader.exclusion == crypto::Exclusion::Unsigned;
    counts.notVerified += reader.exclusion == crypto::Exclusion::Unverified;
}

/// @p own: this device reads, and is not in the list.
void close(ReaderCounts &counts, const PersonCount &person, bool own)
{
    counts.devices += person.excluded;
    counts.people += !own && person.all > 0 && person.excluded == person.all;
    counts.readingUnsigned += person.unsignedReading;
    counts.readingUnsignedPeople += person.unsignedReading > 0;
}

Result<ReaderCounts> countsOf(Engine &engine, const QList<crypto::Reader> &readers,
                              const QList<UserId> &users)
{
    ReaderCounts counts;
    PersonCount person;
    for (qsizetype i = 0; i < readers.size(); ++i) {
        const UserId &user = readers.at(i).device.user;
        count(counts, person, readers.at(i));
        if (i + 1 == readers.size() || readers.at(i + 1).device.user != user)
            close(counts, std::exchange(person, {}), user == engine.user());
    }
    const auto violated = engine.machine().violatedAmong(users);
    if (!violated)
        return tl::unexpected(violated.error());
    counts.violated = int(violated->size());
    return counts;
}

Result<ReaderPerson> personOf(Engine &engine, const UserId &user, rooms::Members &members)
{
    const auto identity = engine.machine().identity(user);
    const auto tracked = engine.cryptoStore().trackedUser(user);
    if (!identity)
        return tl::unexpected(identity.error());
    if (!tracked)
        return tl::unexpected(tracked.error());
    return ReaderPerson{.userId = user,
                        .name = splitPersonName(members.nameOf(user)).name,
                        .own = user == engine.user(),
                        .identity = toClient(*identity),
                        .devices = {},
                        .devicesKnown = *tracked && !(*tracked)->outdated};
}

/// When the conversation was encrypted, as its server says; 0 where what is stored is not the first that said
/// so.
Result<qint64> encryptedSince(Engine &engine, const RoomId &room)
{
    return engine.cache()
        .rooms()
        .state(room, event_type::encryption, {})
        .map([](const std::optional<Event> &event) {
            const bool first = event && event->unsignedData()["prev_content"_L1].toObject().isEmpty();
            return first ? event->originServerTs : 0;
        });
}

Result<RoomReaders> readersOf(Engine &engine, const RoomId &room, const crypto::RoomMembers &members)
{
    const auto readers = engine.machine().readers(room, members);
    const auto users = engine.machine().readingUsers(room, members);
    const auto rule = engine.machine().ruleFor(room);
    const auto onlyVerified = engine.machine().onlyVerified(room);
    if (!readers)
        return tl::unexpected(readers.error());
    if (!users)
        return tl::unexpected(users.error());
    if (!rule || !onlyVerified)
        return tl::unexpected(rule ? onlyVerified.error() : rule.error());
    RoomReaders answer{.people = {}, .counts = {}, .rule = toClient(*rule), .onlyVerified = *onlyVerified};
    const auto counts = countsOf(engine, *readers, *users);
    if (!counts)
        return tl::unexpected(counts.error());
    const auto since = encryptedSince(engine, room);
    if (!since)
        return tl::unexpected(since.error());
    answer.counts = *counts;
    answer.encryptedSinceMs = *since;
    rooms::Members names(engine.cache().rooms(), room);
    QHash<UserId, qsizetype> places;
    for (const UserId &user : *users) {
        auto person = personOf(engine, user, names);
        if (!person)
            return tl::unexpected(person.error());
        places.insert(user, answer.people.size());
        answer.people.append(*std::move(person));
    }
    for (const crypto::Reader &reader : *readers)
        answer.people[places.value(reader.device.user)].devices.append(
            {.deviceId = reader.device.device,
             .name = reader.device.displayName,
             .trust = toClient(reader.trust),
             .exclusion = toClient(reader.exclusion)});
    return answer;
}

} // namespace

Task<RoomReaders> roomReaders(Engine &engine, const RoomId &room)
{
    const auto encrypted = engine.machine().isEncrypted(room);
    if (!encrypted)
        return Task<RoomReaders>::ready(tl::unexpected(encrypted.error()));
    if (!*encrypted)
        return Task<RoomReaders>::ready(fail(ErrorKind::Usage, u"PARVIS_ROOM_NOT_ENCRYPTED"_s));
    return engine.members().completeMembers(room).andThen(
        &engine, [&engine, room](const crypto::RoomMembers &members) {
            engine.pump().kick(); // some of them may be new to us
            return readersOf(engine, room, members);
        });
}

Result<ReaderCounts> readerCounts(Engine &engine, const RoomId &room)
{
    const auto encrypted = engine.machine().isEncrypted(room);
    const auto stored = engine.cache().rooms().members(room);
    if (!encrypted || !*encrypted)
        return encrypted ? Result<ReaderCounts>(ReaderCounts()) : tl::unexpected(encrypted.error());
    if (!stored)
        return tl::unexpected(stored.error());
    crypto::RoomMembers members;
    for (const StoredMember &member : *stored) {
        if (member.membership == MemberState::Join)
            members.joined.append(member.user);
        else if (member.membership == MemberState::Invite)
            members.invited.append(member.user);
    }
    const auto readers = engine.machine().readers(room, members);
    const auto users = engine.machine().readingUsers(room, members);
    if (!readers || !users)
        return tl::unexpected(readers ? users.error() : readers.error());
    return countsOf(engine, *readers, *users);
}

} // namespace parvis

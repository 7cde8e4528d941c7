// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/decrypt_all.h"

#include "events/encrypted.h"

namespace parvis {

namespace {

QList<RoomEvent> withSessions(const QList<Event> &events)
{
    QList<RoomEvent> out;
    out.reserve(events.size());
    for (const Event &event : events) {
        RoomEvent one;
        one.event = event;
        if (event.isEncrypted() && !event.redacted) {
            if (const auto envelope = megolmEnvelopeOf(event.content()))
                one.session = envelope->session;
        }
        out.append(std::move(one));
    }
    return out;
}

QList<Event> encryptedOf(const QList<Event> &events)
{
    QList<Event> encrypted;
    for (const Event &event : events) {
        if (event.isEncrypted() && !event.redacted)
            encrypted.append(event);
    }
    return encrypted;
}

void put(const QList<Decryption> &answers, QList<RoomEvent> &events)
{
    auto answer = answers.cbegin();
    for (RoomEvent &one : events) {
        if (!one.event.isEncrypted() || one.event.redacted)
            continue;
        Q_ASSERT(answer != answers.cend());
        if (const auto *clear = std::get_if<ClearText>(&*answer))
            one.clear = *clear;
        else
            one.reason = std::get<Undecryptable>(*answer);
        ++answer;
    }
}

} // namespace

Result<QList<RoomEvent>> decryptAll(Decryptor &decryptor, const RoomId &room, const QList<Event> &events)
{
    QList<RoomEvent> out = withSessions(events);
    const QList<Event> encrypted = encryptedOf(events);
    if (encrypted.isEmpty())
        return out;
    const auto answers = decryptor.decrypt(room, encrypted);
    if (!answers)
        return tl::unexpected(answers.error());
    put(*answers, out);
    return out;
}

Result<QList<QList<RoomEvent>>> decryptAll(Decryptor &decryptor, const QList<EncryptedEvents> &rooms)
{
    QList<QList<RoomEvent>> out;
    QList<EncryptedEvents> asked;
    QList<qsizetype> where;
    for (const EncryptedEvents &room : rooms) {
        QList<Event> encrypted = encryptedOf(room.events);
        if (!encrypted.isEmpty()) {
            asked.append({room.room, std::move(encrypted)});
            where.append(out.size());
        }
        out.append(withSessions(room.events));
    }
    if (asked.isEmpty())
        return out;
    const auto answers = decryptor.decryptRooms(asked);
    if (!answers)
        return tl::unexpected(answers.error());
    Q_ASSERT(answers->size() == asked.size());
    for (qsizetype i = 0; i < where.size(); ++i)
        put(answers->at(i), out[where.at(i)]);
    return out;
}

} // namespace parvis

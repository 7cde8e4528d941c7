// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/decrypt_all.h"

#include "events/encrypted.h"

namespace parvis {

Result<QList<RoomEvent>> decryptAll(Decryptor &decryptor, const RoomId &room, const QList<Event> &events)
{
    QList<RoomEvent> out;
    QList<Event> encrypted;
    QList<qsizetype> where;
    for (const Event &event : events) {
        RoomEvent one;
        one.event = event;
        if (event.isEncrypted() && !event.redacted) {
            if (const auto envelope = megolmEnvelopeOf(event.content()))
                one.session = envelope->session;
            encrypted.append(event);
            where.append(out.size());
        }
        out.append(std::move(one));
    }
    if (encrypted.isEmpty())
        return out;
    const auto answers = decryptor.decrypt(room, encrypted);
    if (!answers)
        return tl::unexpected(answers.error());
    Q_ASSERT(answers->size() == encrypted.size());
    for (qsizetype i = 0; i < where.size() && i < answers->size(); ++i) {
        RoomEvent &one = out[where.at(i)];
        if (const auto *clear = std::get_if<ClearText>(&answers->at(i)))
            one.clear = *clear;
        else
            one.reason = std::get<Undecryptable>(answers->at(i));
    }
    return out;
}

} // namespace parvis

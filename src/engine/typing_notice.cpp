// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/typing_notice.h"

#include "api/receipts.h"

namespace parvis {

TypingNotice::TypingNotice(ApiClient &api, const Clock &clock, UserId own, RoomId room)
    : m_api(api), m_clock(clock), m_own(std::move(own)), m_room(std::move(room))
{
}

TypingNotice::~TypingNotice()
{
    if (m_toldMs > 0 && m_clock.nowMs() - m_toldMs < holdsMs)
        (void)tell(false);
}

Task<void> TypingNotice::set(bool on)
{
    const qint64 now = m_clock.nowMs();
    const qint64 since = now - m_toldMs;
    const bool holds = m_toldMs > 0 && since >= 0 && since < (on ? repeatMs : holdsMs);
    if (holds == on)
        return Task<void>::ready({});
    m_toldMs = on ? now : 0;
    return tell(on);
}

Task<void> TypingNotice::tell(bool on)
{
    return m_api.send(api::SendTyping{.roomId = m_room, .userId = m_own, .typing = on, .timeoutMs = holdsMs});
}

} // namespace parvis

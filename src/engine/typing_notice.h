// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "base/clock.h"
#include "base/ids.h"

#include <QObject>

namespace parvis {

/// Tells others in one room that the person writes, no more often than they need to hear it. Core thread.
class TypingNotice : public QObject
{
public:
    static constexpr int holdsMs = 30'000;  ///< then the server forgets by itself
    static constexpr int repeatMs = 20'000; ///< no sooner is it said again

    TypingNotice(ApiClient &api, const Clock &clock, UserId own, RoomId room);
    /// Where the person leaves the conversation while they write, the others hear that they stopped.
    ~TypingNotice() override;

    /// What fails is not repeated: it is of no use later.
    [[nodiscard]] Task<void> set(bool on);

private:
    [[nodiscard]] Task<void> tell(bool on);

    ApiClient &m_api;
    const Clock &m_clock;
    UserId m_own;
    RoomId m_room;
    qint64 m_toldMs = 0; ///< when "on" was said last; 0: it does not hold
};

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <QByteArray>
#include <QStringList>

namespace parvis {

/// The types of MSC3381 under which other programs know polls.
namespace poll_type {
extern const QString start, response, end;
} // namespace poll_type

/// What is asked by a poll.
struct PollQuestion {
    QString question;
    QStringList answers;
    bool disclosed = true; ///< votes are seen before it ends
    int maxSelections = 1;
};

/// The content of a poll's start; its answers have the ids "1", "2" and so on. PARVIS_EMPTY_MESSAGE where the
/// question or an answer is empty or there is none, PARVIS_MESSAGE_TOO_LARGE for more than 20 answers or too
/// long ones.
[[nodiscard]] Result<QByteArray> composePoll(const PollQuestion &poll);
[[nodiscard]] QByteArray composeVote(const EventId &poll, const QStringList &answers);
[[nodiscard]] QByteArray composePollEnd(const EventId &poll, const QString &words);

/// The content of an m.location message. PARVIS_BAD_PLACE where this is no place on earth.
[[nodiscard]] Result<QByteArray> composePlace(double latitude, double longitude, const QString &words);

} // namespace parvis

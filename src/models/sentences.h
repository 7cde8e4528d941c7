// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/login_port.h"
#include "client/values.h"

#include <QCoreApplication>

namespace parvis {

/// The sentences that the window makes of the core's values, in the language that is installed now.
class Sentences
{
    Q_DECLARE_TR_FUNCTIONS(parvis::Sentences)

public:
    /// "Samir has joined the room." Empty for changes that this version does not tell.
    [[nodiscard]] static QString change(const StateChange &change, const QString &who, bool own);
    /// One plain sentence, without jargon; empty for None.
    [[nodiscard]] static QString unreadable(UnreadableReason reason);
    /// The same of several messages at once.
    [[nodiscard]] static QString unreadable(UnreadableReason reason, int count);
    /// What a button says that does it; empty where there is nothing to do.
    [[nodiscard]] static QString remedy(UnreadableRemedy remedy);
    [[nodiscard]] static QString shield(ShieldReason reason, const UserId &sharedBy = {});
    [[nodiscard]] static QString cannotSend(RoomHeader::CannotSend reason);
    /// The second line of a room: "Claire: the meeting is postponed".
    [[nodiscard]] static QString preview(const RoomSummary &room);
    [[nodiscard]] static QString problemTitle(StoredState state);
    [[nodiscard]] static QString problem(StoredState state);

private:
    [[nodiscard]] static QString membershipByOther(const StateChange &change, const QString &who, bool own);
    [[nodiscard]] static QString roomChange(const StateChange &change, const QString &who, bool own);
};

} // namespace parvis

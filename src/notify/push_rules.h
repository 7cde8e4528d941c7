// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/room_event.h"
#include "notify/push_condition.h"

#include <QJsonArray>
#include <QList>

namespace parvis::notify {

/// What the push rules want of one event.
struct PushActions {
    QString rule{}; ///< the id of the rule that decided; empty: none did
    bool notify = false;
    bool highlight = false;
    QString sound{}; ///< empty: silent

    bool operator==(const PushActions &) const = default;
};

/// The push rules of an account (specification 1.19, "Push notifications"; client side, on decrypted events).
/// A value, any thread. What is not of the right shape in a rule makes it match nothing; nothing fails.
class PushRules
{
public:
    /// The defaults of the specification, for @p own: until the server has said its own.
    [[nodiscard]] static PushRules defaultsFor(const UserId &own);
    /// Of the account data m.push_rules, or of the answer to GET /pushrules: {"global": {...}}.
    [[nodiscard]] static PushRules of(const QJsonObject &content);

    /// What the first rule wants that matches. Nothing for what the person did.
    [[nodiscard]] PushActions decide(const RoomId &room, const RoomEvent &event,
                                     const PushContext &context) const;
    /// The same of an event as a server would write it, with its room_id; decrypted where it was encrypted.
    [[nodiscard]] PushActions decide(const QJsonObject &event, const PushContext &context) const;

private:
    enum class Kind { Override, Content, Room, Sender, Underride };
    struct Rule {
        QString id;
        Kind kind = Kind::Override;
        QJsonArray conditions{};
        QString pattern{}; ///< of a content rule
        PushActions actions{};
        bool yieldsToMentions = false; ///< looks for names in the text, which says itself whom it means
    };

    void read(Kind kind, const QJsonArray &rules);
    [[nodiscard]] static bool matches(const Rule &rule, const QJsonObject &event, const PushContext &context);

    QList<Rule> m_rules; ///< those that are switched on, in the order in which they are asked
};

} // namespace parvis::notify

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"

#include <QJsonObject>

namespace parvis {

/// How an event refers to another one.
enum class RelationKind { None, Replace, Annotation, Reference, Thread, Other };

/// The relation of an event, from its "m.relates_to".
struct Relation {
    RelationKind kind = RelationKind::None;
    QString relType;       ///< as sent; empty without a relation
    EventId target;        ///< empty without a relation
    QString key;           ///< of an annotation
    EventId replyTo;       ///< m.in_reply_to; in a thread also the fall-back for older programs
    bool fallback = false; ///< replyTo is only there for programs without threads

    bool operator==(const Relation &) const = default;
};

/// Wrong types count as "no relation".
[[nodiscard]] Relation relationOf(const QJsonObject &content);

} // namespace parvis

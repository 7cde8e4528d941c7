// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace parvis {

/// One of the answers that a poll offers; a stranger's text.
struct PollAnswer {
    QString id;
    QString text;

    bool operator==(const PollAnswer &) const = default;
};

/// What a poll asks, types checked and sizes bounded. In both spellings: the specification's extension
/// MSC3381 and its later form.
struct PollStart {
    static constexpr qsizetype mostAnswers = 20;   ///< more are left out
    static constexpr qsizetype longestText = 1000; ///< UTF-16 units; of the question and of an answer

    QString question;
    QList<PollAnswer> answers;
    bool disclosed = true; ///< the counts are seen before it ends
    int maxSelections = 1;

    bool operator==(const PollStart &) const = default;
};

/// @p type: of the event, decrypted. Nothing where it is no poll, or asks nothing.
[[nodiscard]] std::optional<PollStart> pollStartOf(const QString &type, const QJsonObject &content);
/// The ids that are voted for, unchecked; nothing where it is no vote.
[[nodiscard]] std::optional<QStringList> pollResponseOf(const QString &type, const QJsonObject &content);
[[nodiscard]] bool isPollStart(const QString &type);
[[nodiscard]] bool isPollEnd(const QString &type);
/// The types of which isPollEnd() is true.
[[nodiscard]] QStringList pollEndTypes();

} // namespace parvis

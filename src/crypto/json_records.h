// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <functional>

namespace parvis::crypto {

/// Cuts a JSON array of objects into its objects while it arrives, so that no more than one is in memory. The
/// objects are not looked into: whoever gets one parses it. What it held is wiped.
class JsonRecords
{
public:
    /// Gets each object's text, which is wiped afterwards, or an empty one for an object that is too long;
    /// stops by answering false.
    using Sink = std::function<bool(const QByteArray &record)>;

    JsonRecords(qsizetype maxRecord, Sink sink);
    JsonRecords(const JsonRecords &) = delete;
    JsonRecords &operator=(const JsonRecords &) = delete;
    ~JsonRecords();

    /// PARVIS_BAD_JSON for anything but an array of objects, PARVIS_CANCELLED where the sink said so.
    [[nodiscard]] Result<void> add(QByteArrayView text);
    /// PARVIS_BAD_JSON where the array did not end.
    [[nodiscard]] Result<void> finish() const;
    [[nodiscard]] qint64 count() const { return m_count; }

private:
    enum class State { BeforeArray, BeforeFirst, BeforeNext, AfterRecord, InRecord, AfterArray };

    [[nodiscard]] bool step(char letter);
    [[nodiscard]] qsizetype skipRecord(QByteArrayView text, qsizetype at);
    void keep(QByteArrayView part);
    [[nodiscard]] bool handOut();

    const qsizetype m_maxRecord;
    const Sink m_sink;
    State m_state = State::BeforeArray;
    QByteArray m_record;
    bool m_tooLong = false;
    qint64 m_depth = 0; ///< not bounded: nothing here recurses, and the parser has its own limit
    bool m_inString = false;
    bool m_escaped = false;
    qint64 m_count = 0;
};

} // namespace parvis::crypto

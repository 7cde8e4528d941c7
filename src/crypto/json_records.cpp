// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/json_records.h"

#include "base/secret.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr bool isBlank(char letter)
{
    return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
}

tl::unexpected<Error> badJson()
{
    return fail(ErrorKind::Protocol, u"PARVIS_BAD_JSON"_s);
}

} // namespace

JsonRecords::JsonRecords(qsizetype maxRecord, Sink sink) : m_maxRecord(maxRecord), m_sink(std::move(sink))
{
    m_record.reserve(maxRecord); // never moves, so that nothing of it stays behind
}

JsonRecords::~JsonRecords()
{
    wipe(m_record);
}

Result<void> JsonRecords::add(QByteArrayView text)
{
    qsizetype at = 0;
    while (at < text.size()) {
        if (m_state != State::InRecord) {
            if (!step(text[at]))
                return badJson();
            if (m_state != State::InRecord)
                ++at;
            continue;
        }
        const qsizetype from = at;
        at = skipRecord(text, at);
        keep(text.sliced(from, at - from));
        if (m_depth == 0 && !handOut())
            return fail(ErrorKind::Cancelled, u"PARVIS_CANCELLED"_s);
    }
    return {};
}

Result<void> JsonRecords::finish() const
{
    if (m_state != State::AfterArray)
        return badJson();
    return {};
}

/// One letter between the records; the brace that opens one is not taken.
bool JsonRecords::step(char letter)
{
    if (isBlank(letter))
        return true;
    switch (m_state) {
    case State::BeforeArray:
        m_state = State::BeforeFirst;
        return letter == '[';
    case State::BeforeFirst:
    case State::BeforeNext:
        if (letter == ']' && m_state == State::BeforeFirst) {
            m_state = State::AfterArray;
            return true;
        }
        m_state = State::InRecord;
        return letter == '{';
    case State::AfterRecord:
        m_state = letter == ']' ? State::AfterArray : State::BeforeNext;
        return letter == ']' || letter == ',';
    case State::InRecord:
    case State::AfterArray:
        return false;
    }
    Q_UNREACHABLE();
    return false;
}

/// The end of the record, or of @p text.
qsizetype JsonRecords::skipRecord(QByteArrayView text, qsizetype at)
{
    for (; at < text.size(); ++at) {
        const char letter = text[at];
        if (m_inString) {
            if (m_escaped)
                m_escaped = false;
            else if (letter == '\\')
                m_escaped = true;
            else if (letter == '"')
                m_inString = false;
        } else if (letter == '"') {
            m_inString = true;
        } else if (letter == '{' || letter == '[') {
            ++m_depth;
        } else if (letter == '}' || letter == ']') {
            if (--m_depth == 0)
                return at + 1;
        }
    }
    return at;
}

void JsonRecords::keep(QByteArrayView part)
{
    m_tooLong = m_tooLong || m_record.size() + part.size() > m_maxRecord;
    if (!m_tooLong)
        m_record.append(part);
}

bool JsonRecords::handOut()
{
    ++m_count;
    m_state = State::AfterRecord;
    const bool goesOn = m_sink(m_tooLong ? QByteArray() : m_record);
    m_tooLong = false;
    m_record.detach();
    m_record.fill('\0');
    m_record.resize(0);
    return goesOn;
}

} // namespace parvis::crypto

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QByteArray>
#include <QByteArrayView>

class QDebug;

namespace parvis {

/// Bytes that are wiped when they go: a key, a token, a pickle key. Moves, never copies by accident,
/// and cannot be written to a log. Any thread, one owner at a time.
class Secret
{
public:
    Secret() = default;
    /// Takes a copy; the caller wipes its own (see wipe()).
    explicit Secret(QByteArrayView bytes);
    Secret(Secret &&other) noexcept;
    Secret &operator=(Secret &&other) noexcept;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;
    ~Secret();

    /// @p size bytes from the operating system's random source; empty if it fails.
    [[nodiscard]] static Secret random(qsizetype size);

    [[nodiscard]] Secret clone() const { return Secret(view()); }
    [[nodiscard]] QByteArrayView view() const { return {m_data, m_size}; }
    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    /// Compares in constant time for equal lengths.
    [[nodiscard]] bool equals(QByteArrayView other) const;

private:
    void clear();

    char *m_data = nullptr;
    qsizetype m_size = 0;
};

// References, since clang wants by-value parameters of a deleted function to be complete types.
void operator<<(const QDebug &, const Secret &) = delete;

/// Overwrites a buffer that held a secret; the compiler cannot leave it out. The buffer must not be shared.
void wipe(QByteArray &bytes);

} // namespace parvis

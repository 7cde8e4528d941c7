// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QBuffer>

#include <functional>

namespace parvis::test {

/// A file that somebody changes between the first reading and the second.
class ChangingFile : public QBuffer
{
public:
    explicit ChangingFile(std::function<void(QByteArray &)> change) : m_change(std::move(change)) {}

    bool seek(qint64 position) override
    {
        if (++m_seeks == 2)
            m_change(buffer());
        return QBuffer::seek(position);
    }

private:
    std::function<void(QByteArray &)> m_change;
    int m_seeks = 0;
};

} // namespace parvis::test

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/file_size.h"

#include <QCoreApplication>
#include <QLocale>

namespace parvis {

namespace {

struct FileSize {
    Q_DECLARE_TR_FUNCTIONS(parvis::FileSize)

public:
    static QString unit(int power)
    {
        switch (power) {
        case 0:
            //: %1: a number of bytes
            return tr("%1 B");
        case 1:
            return tr("%1 KB");
        case 2:
            return tr("%1 MB");
        default:
            return tr("%1 GB");
        }
    }
};

} // namespace

QString fileSize(qint64 bytes)
{
    constexpr double step = 1024;
    constexpr int largest = 3;
    double size = double(bytes);
    int power = 0;
    while (size >= step && power < largest) {
        size /= step;
        ++power;
    }
    // One more digit only where it says something.
    const bool rounded = power == 0 || size >= 10 || size == double(qint64(size));
    return FileSize::unit(power).arg(QLocale().toString(size, 'f', rounded ? 0 : 1));
}

} // namespace parvis

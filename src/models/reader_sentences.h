// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/encryption_port.h"

#include <QCoreApplication>
#include <QStringList>

namespace parvis {

/// What the window says of who can read what is sent to a conversation, in the language that is installed
/// now.
class ReaderSentences
{
    Q_DECLARE_TR_FUNCTIONS(parvis::ReaderSentences)

public:
    /// How well somebody, or a device, reads.
    enum class Level { Unknown, Good, Caution, Danger };

    /// One sentence on who does not read, with names where @p people are known; empty where everybody reads
    /// on every device.
    [[nodiscard]] static QString excluded(const ReaderCounts &counts, const QList<ReaderPerson> &people);
    /// One sentence on whose devices read though nobody vouches for them; empty where there are none.
    [[nodiscard]] static QString readingUnsigned(const ReaderCounts &counts,
                                                 const QList<ReaderPerson> &people);
    /// Which devices read here.
    [[nodiscard]] static QString rule(ReadersRule rule);
    [[nodiscard]] static QString person(const ReaderPerson &person);
    [[nodiscard]] static Level level(const ReaderPerson &person);
    [[nodiscard]] static QString device(const ReaderDevice &device, bool own);
    [[nodiscard]] static Level level(const ReaderDevice &device);
    /// What the person is called: "You", a name, or an id.
    [[nodiscard]] static QString nameOf(const ReaderPerson &person);

    /// Has devices, and reads on none of them. This device reads, so that nobody is excluded from themselves.
    [[nodiscard]] static bool isExcluded(const ReaderPerson &person);

private:
    /// The first few, and how many more there are.
    [[nodiscard]] static QString joined(const QStringList &names);
};

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/reader_sentences.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qsizetype mostReaders = 3;

qsizetype excludedDevices(const ReaderPerson &person)
{
    return std::count_if(person.devices.cbegin(), person.devices.cend(), [](const ReaderDevice &device) {
        return device.exclusion != ReaderExclusion::None;
    });
}

/// Nothing is wrong with them but that this device is new.
bool waitForThisDevice(const ReaderPerson &own)
{
    return std::all_of(own.devices.cbegin(), own.devices.cend(), [](const ReaderDevice &device) {
        return device.exclusion == ReaderExclusion::None
            || (device.exclusion == ReaderExclusion::Unverified && device.trust == DeviceTrust::Signed);
    });
}

bool readsUnsigned(const ReaderDevice &device)
{
    return device.exclusion == ReaderExclusion::None && device.trust == DeviceTrust::Unsigned;
}

bool readsUnsigned(const ReaderPerson &person)
{
    return std::any_of(person.devices.cbegin(), person.devices.cend(),
                       [](const ReaderDevice &device) { return readsUnsigned(device); });
}

template <typename Which>
QStringList namesOf(const QList<ReaderPerson> &people, Which which)
{
    QStringList names;
    for (const auto &person : people) {
        if (which(person))
            names += ReaderSentences::nameOf(person);
    }
    return names;
}

} // namespace

bool ReaderSentences::isExcluded(const ReaderPerson &person)
{
    return !person.own && !person.devices.isEmpty() && excludedDevices(person) == person.devices.size();
}

QString ReaderSentences::nameOf(const ReaderPerson &person)
{
    if (person.own)
        return tr("You");
    return person.name.isEmpty() ? person.userId.toString() : person.name;
}

QString ReaderSentences::joined(const QStringList &names)
{
    const auto others = int(std::max<qsizetype>(0, names.size() - mostReaders));
    if (others > 0)
        //: 1: names of people, separated by commas
        return tr("%1 and %n other(s)", "", others).arg(names.mid(0, mostReaders).join(", "_L1));
    if (names.size() < 2)
        return names.join(QString());
    //: 1: names of people, separated by commas, 2: the last name
    return tr("%1 and %2").arg(names.mid(0, names.size() - 1).join(", "_L1), names.last());
}

QString ReaderSentences::excluded(const ReaderCounts &counts, const QList<ReaderPerson> &people)
{
    if (counts.people > 0) {
        const auto names = namesOf(people, [](const ReaderPerson &person) { return isExcluded(person); });
        if (names.size() != counts.people) // not known yet, or not any more
            return tr("%n member(s) cannot read what you write here.", "", counts.people);
        //: 1: so many names of people
        return tr("%1 cannot read what you write here.", "", counts.people).arg(joined(names));
    }
    if (counts.devices <= 0)
        return {};
    const auto some = [](const ReaderPerson &person) { return excludedDevices(person) > 0; };
    const auto names = namesOf(people, some);
    if (names.isEmpty())
        return tr("What you write here cannot be read on %n device(s).", "", counts.devices);
    const auto first = std::find_if(people.cbegin(), people.cend(), some);
    if (names.size() == 1 && first->own && waitForThisDevice(*first))
        return tr("Your other devices can read what you write here once this one is verified.");
    if (names.size() == 1 && first->own)
        return tr("What you write here cannot be read on %n of your devices.", "", counts.devices);
    //: Of devices. 1: names of people, perhaps with "You" among them
    return tr("What you write here cannot be read on %n device(s): %1.", "", counts.devices)
        .arg(joined(names));
}

QString ReaderSentences::readingUnsigned(const ReaderCounts &counts, const QList<ReaderPerson> &people)
{
    if (counts.readingUnsigned <= 0)
        return {};
    const auto names = namesOf(people, [](const ReaderPerson &person) { return readsUnsigned(person); });
    if (names.isEmpty())
        return tr("What you write here is also read on %n device(s) that nobody has verified.", "",
                  counts.readingUnsigned);
    //: Of devices. 1: names of people, perhaps with "You" among them
    return tr("What you write here is also read on %n device(s) that nobody has verified: %1.", "",
              counts.readingUnsigned)
        .arg(joined(names));
}

QString ReaderSentences::rule(ReadersRule rule)
{
    switch (rule) {
    case ReadersRule::AllDevices:
        return tr("All devices of the members read, even those that their owners have not verified.");
    case ReadersRule::SignedDevices:
        return tr("Only devices that their owners have verified read.");
    case ReadersRule::VerifiedDevices:
        return tr("Only people whom you have verified read, on devices that they have verified themselves.");
    }
    Q_UNREACHABLE();
    return {};
}

QString ReaderSentences::person(const ReaderPerson &person)
{
    if (person.identity.violated && person.own)
        return tr("Your identity changed: nothing is sent until you verify this device");
    if (person.identity.violated)
        return person.identity.changed ? tr("Identity changed: nothing is sent until you answer")
                                       : tr("No longer verified: nothing is sent until you answer");
    if (!person.devicesKnown && person.devices.isEmpty())
        return tr("Devices not known yet");
    if (person.devices.isEmpty())
        return person.own ? tr("Reads on this device") : tr("Has no device that could read");
    const auto all = int(person.devices.size());
    const auto reading = all - int(excludedDevices(person));
    if (reading == 0)
        return person.own ? tr("Reads on this device alone") : tr("Cannot read");
    if (reading < all)
        //: 1: how many devices read, 2: how many there are
        return tr("Reads on %1 of %2 devices").arg(reading + int(person.own)).arg(all + int(person.own));
    return person.identity.verified || person.own ? tr("Reads, identity verified")
                                                  : tr("Reads, identity not verified");
}

ReaderSentences::Level ReaderSentences::level(const ReaderPerson &person)
{
    if (person.identity.violated)
        return Level::Danger;
    if (isExcluded(person) || excludedDevices(person) > 0 || readsUnsigned(person))
        return Level::Caution;
    if (!person.own && person.devices.isEmpty())
        return Level::Unknown;
    return person.own || person.identity.verified ? Level::Good : Level::Unknown;
}

QString ReaderSentences::device(const ReaderDevice &device, bool own)
{
    switch (device.exclusion) {
    case ReaderExclusion::Blocked:
        return tr("Does not read: you have blocked it");
    case ReaderExclusion::Unsigned:
        return own ? tr("Does not read: you have not verified it")
                   : tr("Does not read: its owner has not verified it");
    case ReaderExclusion::Unverified:
        return own ? tr("Does not read: this device does not trust it yet")
                   : tr("Does not read: you have not verified this person");
    case ReaderExclusion::None:
        break;
    }
    switch (device.trust) {
    case DeviceTrust::Verified:
        return tr("Reads, verified");
    case DeviceTrust::Signed:
        return own ? tr("Reads, verified by your account") : tr("Reads, verified by its owner");
    case DeviceTrust::Unsigned:
        return tr("Reads, although nobody has verified it");
    case DeviceTrust::Violated:
        return tr("Reads, although the identity behind it has changed");
    case DeviceTrust::Blocked:
        return tr("Does not read: you have blocked it");
    }
    Q_UNREACHABLE();
    return {};
}

ReaderSentences::Level ReaderSentences::level(const ReaderDevice &device)
{
    if (device.exclusion != ReaderExclusion::None)
        return Level::Caution;
    switch (device.trust) {
    case DeviceTrust::Verified:
        return Level::Good;
    case DeviceTrust::Signed:
        return Level::Unknown;
    case DeviceTrust::Unsigned:
    case DeviceTrust::Blocked:
        return Level::Caution;
    case DeviceTrust::Violated:
        return Level::Danger;
    }
    Q_UNREACHABLE();
    return Level::Unknown;
}

} // namespace parvis

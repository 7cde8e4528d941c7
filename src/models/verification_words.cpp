// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// What the verification dialog says: the other half of VerificationModel.
#include "models/verification_model.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace parvis {

VerificationModel::Step VerificationModel::step() const
{
    if (m_current.txn.isEmpty()) {
        if (m_asking)
            return Asking;
        return m_error.isEmpty() ? Nothing : Failed;
    }
    switch (m_current.state) {
    case VerificationInfo::State::Requested:
        return m_current.byUs ? AwaitOther : Incoming;
    case VerificationInfo::State::Ready:
        return m_way == Way::Show ? ShowCode : m_way == Way::Read ? ReadCode : Choose;
    case VerificationInfo::State::Started:
        return Preparing;
    case VerificationInfo::State::Comparing:
        return Compare;
    case VerificationInfo::State::Scanned:
        return ConfirmScan;
    case VerificationInfo::State::Waiting:
        return Waiting;
    case VerificationInfo::State::Done:
        return Done;
    case VerificationInfo::State::Cancelled:
        return Cancelled;
    case VerificationInfo::State::Passive:
        return Elsewhere;
    }
    Q_UNREACHABLE();
    return Nothing;
}

bool VerificationModel::ownDevice() const
{
    const auto &user = m_current.txn.isEmpty() ? m_wanted.user : m_current.user;
    return user.isEmpty() || user == m_ownUser;
}

QString VerificationModel::nameOf(const VerificationInfo &info) const
{
    if (info.user == m_ownUser) {
        const auto device = info.device.toString();
        return device.isEmpty() ? tr("your other device") : m_names.value(device, device);
    }
    return m_names.value(info.user.toString(), info.user.toString());
}

QString VerificationModel::partner() const
{
    if (!m_current.txn.isEmpty())
        return nameOf(m_current);
    VerificationInfo wanted;
    wanted.user = m_wanted.user.isEmpty() ? m_ownUser : m_wanted.user;
    wanted.device = m_wanted.device;
    return nameOf(wanted);
}

QString VerificationModel::title() const
{
    switch (step()) {
    case Nothing:
        return {};
    case Asking:
    case AwaitOther:
    case Failed:
        return ownDevice() ? tr("Verify with another device") : tr("Verify %1").arg(partner());
    case Incoming:
        return ownDevice() ? tr("A device of yours asks to be verified")
                           : tr("%1 asks to verify").arg(partner());
    case Choose:
        return choosesHere() ? tr("How would you like to compare?") : tr("One moment…");
    case ShowCode:
        return tr("Have this code read");
    case ReadCode:
        return tr("Read the other code");
    case Preparing:
    case Waiting:
        return tr("One moment…");
    case Compare:
        return m_current.emoji.isEmpty() ? tr("Compare these three numbers")
                                         : tr("Compare these seven pictures");
    case ConfirmScan:
        return tr("Does the other device say that it worked?");
    case Done:
        return ownDevice() ? tr("The device is verified") : tr("%1 is verified").arg(partner());
    case Cancelled:
        return tr("Not verified");
    case Elsewhere:
        return tr("It goes on elsewhere");
    }
    Q_UNREACHABLE();
    return {};
}

QString VerificationModel::text() const
{
    switch (step()) {
    case Done:
    case Cancelled:
    case Elsewhere:
        return VerificationSentences::end(m_current);
    default:
        return stepText();
    }
}

QString VerificationModel::stepText() const
{
    switch (step()) {
    case Asking:
        return tr("The request is on its way…");
    case AwaitOther:
        return ownDevice() ? tr("Look at your other device (%1) and accept the request there.").arg(partner())
                           : tr("%1 has to accept the request. You can close this meanwhile.").arg(partner());
    case Incoming:
        return ownDevice() ? tr("%1 wants to be verified with this device. Accept only if you are asking for "
                                "it there right now.")
                                 .arg(partner())
                           : tr("Together you compare a few pictures, so that both are sure that nobody "
                                "stands between you. Do it "
                                "on the phone or in person.");
    case Choose:
        if (!choosesHere())
            return tr("The other device chooses how to compare.");
        return ownDevice() ? tr("Have both devices before you.")
                           : tr("Be on the phone with %1, or side by side.").arg(partner());
    case ShowCode:
        return tr("Hold the camera of the other device before this code.");
    case ReadCode:
        return tr(
            "Take a picture of the code that the other device shows, or a screenshot, and bring it here.");
    case Preparing:
        return tr("Both devices are getting ready.");
    case Waiting:
        return ownDevice() ? tr("Waiting for the other device…") : tr("Waiting for %1…").arg(partner());
    case Compare:
        if (m_current.emoji.isEmpty())
            return ownDevice()
                ? tr("The numbers must be the same, in the same order, on the screen of %1.").arg(partner())
                : tr("The numbers must be the same, in the same order, on %1’s screen.").arg(partner());
        return ownDevice()
            ? tr("They must be the same, in the same order, on the screen of %1.").arg(partner())
            : tr("They must be the same, in the same order, on %1’s screen.").arg(partner());
    case ConfirmScan:
        return tr("Your code was read. Confirm only if the other device shows that the verification worked.");
    default:
        return {};
    }
}

QStringList VerificationModel::emojiSymbols() const
{
    QStringList all;
    for (const auto &one : m_current.emoji)
        all += one.symbol;
    return all;
}

QStringList VerificationModel::emojiNames() const
{
    // The language of the window, which UiLanguage makes the default.
    const bool french = QLocale().language() == QLocale::French;
    QStringList all;
    for (const auto &one : m_current.emoji)
        all += french ? one.french : one.english;
    return all;
}

QString VerificationModel::numbers() const
{
    QStringList all;
    for (const int one : m_current.decimal)
        all += QString::number(one);
    return all.join(u"  "_s);
}

QString VerificationModel::bannerText() const
{
    const auto *next = m_showing ? nullptr : waiting();
    if (!next) {
        const bool failed = !m_showing && step() == Failed;
        return failed ? m_error.text() : QString();
    }
    const bool own = next->user == m_ownUser;
    if (next->isOver())
        return VerificationSentences::end(*next);
    if (bannerAsks())
        return own ? tr("%1 asks to be verified with this device.").arg(nameOf(*next))
                   : tr("%1 asks to verify with you.").arg(nameOf(*next));
    return own ? tr("A verification with %1 is under way.").arg(nameOf(*next))
               : tr("The verification of %1 is under way.").arg(nameOf(*next));
}

bool VerificationModel::bannerAsks() const
{
    const auto *next = m_showing ? nullptr : waiting();
    return next && next->state == VerificationInfo::State::Requested && !next->byUs;
}

} // namespace parvis

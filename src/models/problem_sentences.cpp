// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/sentences.h"

namespace parvis {

QString Sentences::problemTitle(StoredState state)
{
    switch (state) {
    case StoredState::Ready:
        return {};
    case StoredState::NeedsPassphrase:
        return tr("Enter your passphrase");
    case StoredState::KeychainAbsent:
        return tr("No keychain answers");
    case StoredState::KeychainLocked:
        return tr("The keychain is locked");
    case StoredState::KeychainEmpty:
        return tr("Your key is missing from the keychain");
    case StoredState::WrongKey:
        return tr("The key does not open your messages");
    case StoredState::Damaged:
        return tr("Your messages on this computer are damaged");
    case StoredState::NewerVersion:
        return tr("A newer Parvis was here");
    case StoredState::SignedOut:
        return tr("Sign in again");
    }
    Q_UNREACHABLE();
    return {};
}

QString Sentences::problem(StoredState state)
{
    switch (state) {
    case StoredState::Ready:
        return {};
    case StoredState::NeedsPassphrase:
        return tr("Your messages on this computer are protected by the passphrase that you chose.");
    case StoredState::KeychainAbsent:
        return tr(
            "Your messages are encrypted on this computer; their key is in the system’s keychain, which "
            "does not answer. Nothing is lost. Start the keychain of your session, then try again.");
    case StoredState::KeychainLocked:
        return tr("Your messages are encrypted on this computer; their key is in the system’s keychain. "
                  "Nothing is lost. Unlock the keychain, then try again.");
    case StoredState::KeychainEmpty:
        return tr("Your messages are still on this computer, but the key that opens them is no longer in the "
                  "system’s keychain. If a backup of your session can bring the key back, restore it, then "
                  "try again.");
    case StoredState::WrongKey:
        return tr("The keychain holds a key, but not the one of the messages on this computer. They are kept "
                  "as they are. If a backup of your session can bring the right key back, restore it, then "
                  "try again.");
    case StoredState::Damaged:
        return tr("A file of your account cannot be read. It is kept as it is, so that support can try to "
                  "repair it.");
    case StoredState::NewerVersion:
        return tr(
            "The files of your account were written by a newer version of Parvis. They are kept as they "
            "are. Install that version to open them.");
    case StoredState::SignedOut:
        return tr("The server has ended this session. Your messages and what you have not sent yet are kept; "
                  "with your password this device goes on where it was.");
    }
    Q_UNREACHABLE();
    return {};
}

QString Sentences::remedy(UnreadableRemedy remedy)
{
    switch (remedy) {
    case UnreadableRemedy::None:
    case UnreadableRemedy::Wait:
        return {};
    case UnreadableRemedy::VerifyThisDevice:
        return tr("Verify this device");
    case UnreadableRemedy::EnterRecoveryKey:
        return tr("Enter the recovery key");
    case UnreadableRemedy::AskAgain:
        return tr("Ask for the key again");
    }
    Q_UNREACHABLE();
    return {};
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "models/error_table_p.h"

namespace parvis {

/// The same for keys that are to come back: recovery, backup, key files. In alphabetical order.
inline constexpr std::array recoveryErrorTable{
    ErrorEntry{"PARVIS_BACKUP_NONE",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "Your account has no key backup that is yours. Enter the recovery key "
                                 "first, or set the recovery up.")},
    ErrorEntry{"PARVIS_BACKUP_NO_KEY",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This device cannot open the key backup. Enter the recovery key first.")},
    ErrorEntry{
        "PARVIS_BACKUP_OTHER_KEY",
        QT_TRANSLATE_NOOP(
            "parvis::ErrorText",
            "The backup was made for another key than this one. Enter the recovery key that belongs to it.")},
    ErrorEntry{"PARVIS_BACKUP_TOO_LARGE",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The key backup is too large to be fetched as a whole. Keys of messages "
                                 "that you look at still come. Tell your administration.")},
    ErrorEntry{
        "PARVIS_KEY_EXPORT_BASE64",
        QT_TRANSLATE_NOOP(
            "parvis::ErrorText",
            "This key file is damaged: it holds signs that such a file never has. Take another copy of it.")},
    ErrorEntry{"PARVIS_KEY_EXPORT_CONTENT",
               QT_TRANSLATE_NOOP(
                   "parvis::ErrorText",
                   "This key file opens, but what is in it is no list of keys. Export the keys anew.")},
    ErrorEntry{
        "PARVIS_KEY_EXPORT_NO_FOOTER",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "The end of this key file is missing. Copy it again from where it comes from.")},
    ErrorEntry{
        "PARVIS_KEY_EXPORT_NO_HEADER",
        QT_TRANSLATE_NOOP(
            "parvis::ErrorText",
            "This is no key file. Choose the one that was exported, from this or another application.")},
    ErrorEntry{
        "PARVIS_KEY_EXPORT_PASSPHRASE",
        QT_TRANSLATE_NOOP(
            "parvis::ErrorText",
            "The passphrase does not open this key file. Check it; if it is right, the file is damaged.")},
    ErrorEntry{"PARVIS_KEY_EXPORT_ROUNDS",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This key file would keep the computer busy for hours, which cannot be "
                                 "meant. Take another copy of it.")},
    ErrorEntry{
        "PARVIS_KEY_EXPORT_TRUNCATED",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "Most of this key file is missing. Copy it again from where it comes from.")},
    ErrorEntry{"PARVIS_KEY_EXPORT_VERSION",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This key file is of a version that Parvis does not know. Use a newer "
                                 "Parvis, or export the keys anew.")},
    ErrorEntry{"PARVIS_KEY_WORK_BUSY",
               QT_TRANSLATE_NOOP(
                   "parvis::ErrorText",
                   "Keys are being exported, imported or restored already. Wait for the end, or cancel it.")},
    ErrorEntry{"PARVIS_OWN_IDENTITY_CHANGED",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "Your account’s identity has changed, so nothing is sent from here. Verify "
                                 "this device again, then send again. If you did not reset your account on "
                                 "another device, tell your administration.")},
    ErrorEntry{
        "PARVIS_QR_CLIPBOARD_EMPTY",
        QT_TRANSLATE_NOOP(
            "parvis::ErrorText",
            "There is no picture in the clipboard. Copy the picture or a screenshot of the code first.")},
    ErrorEntry{"PARVIS_QR_NO_CODE",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "No QR code can be seen in this picture. Take the whole of it, straight and "
                                 "sharp, with its white border.")},
    ErrorEntry{"PARVIS_QR_NO_PICTURE",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This is no picture that Parvis can open. Take a PNG or JPEG file.")},
    ErrorEntry{"PARVIS_QR_TOO_LARGE",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This picture is too large. Cut it down to the code, then try again.")},
    ErrorEntry{
        "PARVIS_QR_TOO_LONG",
        QT_TRANSLATE_NOOP("parvis::ErrorText", "No QR code can be made here. Compare the pictures instead.")},
    ErrorEntry{"PARVIS_RECOVERY_BAD_DATA",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "What the server holds for your recovery is damaged. Use another of your "
                                 "devices, or set the recovery up anew.")},
    ErrorEntry{
        "PARVIS_RECOVERY_BUSY",
        QT_TRANSLATE_NOOP("parvis::ErrorText", "The recovery is being set up already. Wait a moment.")},
    ErrorEntry{"PARVIS_RECOVERY_CHANGED",
               QT_TRANSLATE_NOOP(
                   "parvis::ErrorText",
                   "The recovery of your account is another one than before, and this key does not open it. "
                   "If you did not set it up anew on another device, tell your administration.")},
    ErrorEntry{"PARVIS_RECOVERY_DAMAGED",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This does not open what is stored for your recovery: it is another key, or "
                                 "what is stored was altered. Check the recovery key.")},
    ErrorEntry{"PARVIS_RECOVERY_EXISTS",
               QT_TRANSLATE_NOOP(
                   "parvis::ErrorText",
                   "Your account has a recovery already. Enter its recovery key, or reset everything.")},
    ErrorEntry{"PARVIS_RECOVERY_KEY_KIND",
               QT_TRANSLATE_NOOP(
                   "parvis::ErrorText",
                   "This is no recovery key. It begins with Es and has twelve groups of four letters.")},
    ErrorEntry{"PARVIS_RECOVERY_KEY_LENGTH",
               QT_TRANSLATE_NOOP(
                   "parvis::ErrorText",
                   "Letters are missing, or there are too many. A recovery key has twelve groups of four.")},
    ErrorEntry{"PARVIS_RECOVERY_KEY_LETTER",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "One of these letters is never in a recovery key, which has no zero, no "
                                 "capital O or I and no small L. Compare it with what you kept.")},
    ErrorEntry{"PARVIS_RECOVERY_KEY_NEEDED",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "Type the recovery key or the passphrase.")},
    ErrorEntry{"PARVIS_RECOVERY_KEY_TYPO",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "A letter is wrong in this recovery key. Compare it letter by letter with "
                                 "what you kept, capitals and small letters, too.")},
    ErrorEntry{
        "PARVIS_RECOVERY_NONE",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "Your account has no recovery. Use another of your devices, or set one up.")},
    ErrorEntry{
        "PARVIS_RECOVERY_NOT_STORED",
        QT_TRANSLATE_NOOP(
            "parvis::ErrorText",
            "Your recovery does not hold this. Use another of your devices, or set the recovery up anew.")},
    ErrorEntry{"PARVIS_RECOVERY_NO_PASSPHRASE",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "Your recovery was made without a passphrase. Type the recovery key.")},
    ErrorEntry{
        "PARVIS_RECOVERY_OTHER_IDENTITY",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "What your recovery holds does not fit your account’s identity, so nothing of it "
                          "was used. If you did not reset your identity, tell your administration.")},
    ErrorEntry{"PARVIS_RECOVERY_ROUNDS",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "What the server holds for your passphrase cannot be meant so. Use the "
                                 "recovery key, and tell your administration.")},
    ErrorEntry{"PARVIS_RECOVERY_UNSUPPORTED",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "Your recovery was set up in a way that this version does not know. Use the "
                                 "application that set it up.")},
    ErrorEntry{"PARVIS_RECOVERY_WRONG_KEY",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This is not the recovery key or the passphrase of your account. It may "
                                 "belong to another account, or to an earlier recovery.")},
    ErrorEntry{"PARVIS_VERIFICATION_LAPSED",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "You had verified somebody here, and your account’s identity has changed "
                                 "since. Verify the person again or go on without, then send again.")},
};

} // namespace parvis

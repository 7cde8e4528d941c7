// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QtGlobal>

#include <array>

namespace parvis {

struct ErrorEntry {
    const char *code;
    const char *sentence;
};

/// Our own codes whose kind alone would not say enough. In alphabetical order.
inline constexpr std::array errorTable{
    ErrorEntry{
        "PARVIS_ACCOUNT_EXISTS",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "This account is already on this computer. Close Parvis and open it again.")},
    ErrorEntry{"PARVIS_ALREADY_SENDING",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This message is on its way already, so it can no longer be taken back.")},
    ErrorEntry{"PARVIS_ATTACHMENT_BAD_FILE",
               QT_TRANSLATE_NOOP(
                   "parvis::ErrorText",
                   "What is needed to open this file did not come with it. Ask for it to be sent again.")},
    ErrorEntry{
        "PARVIS_ATTACHMENT_DAMAGED",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "This file was altered on its way: it is not the one that was sent. Nothing "
                          "of it was written. Try again; if it stays so, ask for it to be sent again.")},
    ErrorEntry{"PARVIS_ATTACHMENT_UNSUPPORTED",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This file is encrypted in a way that this version does not know. Use the "
                                 "application that sent it.")},
    ErrorEntry{"PARVIS_AUTH_IN_BROWSER",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The server asks you to agree on your account's page, in the browser. Come "
                                 "back here afterwards.")},
    ErrorEntry{"PARVIS_BAD_PLACE",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "This is no place on earth. Check the two numbers.")},
    ErrorEntry{"PARVIS_BAD_ROOM_ADDRESS",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This is no address of a conversation. It looks like #salon:exemple.gouv.")},
    ErrorEntry{"PARVIS_BAD_ROOM_VALUE",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "A room cannot have this value. Choose another.")},
    ErrorEntry{"PARVIS_BAD_SERVER_NAME",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This is neither an address nor a server. They look like "
                                 "@claire:exemple.gouv and exemple.gouv.")},
    ErrorEntry{
        "PARVIS_BAD_URL",
        QT_TRANSLATE_NOOP("parvis::ErrorText", "This address cannot be used. Check the server’s name.")},
    ErrorEntry{"PARVIS_BAD_USER_ID",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This is no address of a person. It looks like @claire:exemple.gouv.")},
    ErrorEntry{
        "PARVIS_CACHE_DAMAGED",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "The copy of your messages on this computer (cache.db) is damaged. It is set "
                          "aside and fetched anew. If this comes again, have the disk checked.")},
    ErrorEntry{"PARVIS_CAPTIVE_PORTAL",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The network asks for something first, as in a hotel or a train. Open a web "
                                 "browser, answer it, then try again.")},
    ErrorEntry{"PARVIS_CA_FILE",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The certificate file of your administration cannot be used. Nothing was "
                                 "sent. Tell your administration.")},
    ErrorEntry{"PARVIS_CLOCK_WRONG",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This computer’s clock is wrong, so no server can be trusted. Set the date "
                                 "and the time, then try again.")},
    ErrorEntry{"PARVIS_CONNECTION_REFUSED",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "No server answers at this address. Check it, then try again in a moment.")},
    ErrorEntry{
        "PARVIS_DIRECT_NEEDS_ONE_PERSON",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "A direct conversation is with one person. Name one, or make a private room.")},
    ErrorEntry{"PARVIS_DISK_FULL",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This computer’s disk is full. What is here is safe. Free some space: "
                                 "Parvis then goes on by itself.")},
    ErrorEntry{
        "PARVIS_EMPTY_MESSAGE",
        QT_TRANSLATE_NOOP("parvis::ErrorText", "There is nothing to send yet. Write something first.")},
    ErrorEntry{"PARVIS_FILE_NOT_WRITTEN",
               QT_TRANSLATE_NOOP(
                   "parvis::ErrorText",
                   "The file could not be written to its end. Check the disk and the rights of the folder.")},
    ErrorEntry{"PARVIS_FILE_UNREADABLE",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This file cannot be read. Check that it is still there and that nothing "
                                 "else is writing to it.")},
    ErrorEntry{"PARVIS_HOST_NOT_FOUND",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The server’s name cannot be found. Check it letter by letter, and that "
                                 "this computer is on the network.")},
    ErrorEntry{"PARVIS_HTTPS_ONLY",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This server is only reachable without encryption, which Parvis does not "
                                 "do. Nothing was sent. Check its name.")},
    ErrorEntry{
        "PARVIS_IDENTITY_CHANGED",
        QT_TRANSLATE_NOOP("parvis::ErrorText", "The security keys have changed since. Compare them again.")},
    ErrorEntry{"PARVIS_IDENTITY_EXISTS",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "Your account is already protected by another of your devices. Verify this "
                                 "one with it, or with your recovery key.")},
    ErrorEntry{
        "PARVIS_IDENTITY_VIOLATED",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "Somebody here had been verified and has other security keys now. Verify the "
                          "person again or accept the change, then send again.")},
    ErrorEntry{
        "PARVIS_KEYCHAIN_ABSENT",
        QT_TRANSLATE_NOOP(
            "parvis::ErrorText",
            "No keychain answers in this session, so your key has no safe place. Start it, then try again.")},
    ErrorEntry{"PARVIS_KEYCHAIN_EMPTY",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The keychain no longer holds your key. Your files are kept.")},
    ErrorEntry{"PARVIS_KEYCHAIN_FAILED",
               QT_TRANSLATE_NOOP(
                   "parvis::ErrorText",
                   "The keychain does not keep what it is given. Restart your session, then try again.")},
    ErrorEntry{"PARVIS_KEYCHAIN_LOCKED",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "The keychain is locked. Unlock it, then try again.")},
    ErrorEntry{"PARVIS_KEYS_DAMAGED",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The file with your encryption keys (keys.db) is damaged. It is kept as it "
                                 "is. Ask your support.")},
    ErrorEntry{"PARVIS_KEYS_NOT_DELIVERED",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The readers’ devices could not be given the key yet. The message is kept "
                                 "and goes out by itself.")},
    ErrorEntry{"PARVIS_LOGIN_KIND_NOT_ALLOWED",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "Your administration does not allow the way of signing in that this server "
                                 "offers. Ask your administration.")},
    ErrorEntry{
        "PARVIS_MAY_BE_SENT",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "This message may have reached the server already. Parvis makes sure as soon "
                          "as it can; until then it cannot be taken back.")},
    ErrorEntry{
        "PARVIS_MESSAGE_TOO_LARGE",
        QT_TRANSLATE_NOOP("parvis::ErrorText", "This message is too long. Shorten it or send it in parts.")},
    ErrorEntry{"PARVIS_NOT_A_HOMESERVER",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "What answers under this name is no Matrix server. Check the name, or ask "
                                 "your administration for it.")},
    ErrorEntry{"PARVIS_NOT_A_SPACE", QT_TRANSLATE_NOOP("parvis::ErrorText", "This is no space.")},
    ErrorEntry{"PARVIS_NOT_IN_QUEUE",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "This message was sent or cancelled already.")},
    ErrorEntry{"PARVIS_NOT_SIGNED_IN",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "Nobody is signed in. Sign in first.")},
    ErrorEntry{"PARVIS_NOT_YOUR_MESSAGE",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "Only its author can change a message.")},
    ErrorEntry{
        "PARVIS_NO_ACCOUNT",
        QT_TRANSLATE_NOOP("parvis::ErrorText", "This account is not on this computer. Sign in first.")},
    ErrorEntry{
        "PARVIS_NO_LOGIN_KIND",
        QT_TRANSLATE_NOOP(
            "parvis::ErrorText",
            "This server offers no way of signing in that this version knows. Ask your administration.")},
    ErrorEntry{"PARVIS_NO_PASSWORD_FLOW",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This server does not let you sign in with a password, the one way that "
                                 "this version knows. Ask your administration.")},
    ErrorEntry{"PARVIS_NO_QUEUE_ROW",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This message is no longer waiting: it was sent or cancelled.")},
    ErrorEntry{
        "PARVIS_NO_SUCH_EVENT",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "This message is not known on this computer. Read further back, then try again.")},
    ErrorEntry{"PARVIS_NO_SUCH_REACTION",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "You have not given this reaction.")},
    ErrorEntry{
        "PARVIS_NO_SUCH_ROOM",
        QT_TRANSLATE_NOOP("parvis::ErrorText", "This conversation is not known, or you have left it.")},
    ErrorEntry{"PARVIS_NO_SUCH_VERIFICATION",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "This verification is over already. Start a new one.")},
    ErrorEntry{
        "PARVIS_OTHER_ACCOUNT",
        QT_TRANSLATE_NOOP(
            "parvis::ErrorText",
            "This is another account than the one on this computer. Check the name and the password.")},
    ErrorEntry{"PARVIS_PASSPHRASE_NEEDED", QT_TRANSLATE_NOOP("parvis::ErrorText", "Type your passphrase.")},
    ErrorEntry{"PARVIS_PASSWORD_NEEDED",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "Type your password to go on.")},
    ErrorEntry{"PARVIS_POLL_ENDED",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "This poll has ended: its votes are final.")},
    ErrorEntry{"PARVIS_PROFILE_IN_USE",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "Another Parvis is already open on this profile. Close it first.")},
    ErrorEntry{"PARVIS_PROXY_SIGN_IN",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The proxy of your network asks for a name and a password that Parvis does "
                                 "not have. Tell your administration.")},
    ErrorEntry{"PARVIS_PROXY_UNREACHABLE",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The proxy of your network does not answer. Check the network, then try "
                                 "again; tell your administration if it stays so.")},
    ErrorEntry{"PARVIS_PUT_BACK",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This message was waiting when the copy of your data that is in use now was "
                                 "made. It may have been sent since: look before you send it again.")},
    ErrorEntry{
        "PARVIS_QR_DAMAGED",
        QT_TRANSLATE_NOOP(
            "parvis::ErrorText",
            "This QR code is incomplete. Have it shown again, and take a new picture of the whole of it.")},
    ErrorEntry{"PARVIS_QR_NOT_VERIFICATION",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This QR code is for something else. Take the one that the other device "
                                 "shows for the verification.")},
    ErrorEntry{
        "PARVIS_QR_OTHER_VERIFICATION",
        QT_TRANSLATE_NOOP(
            "parvis::ErrorText",
            "This QR code belongs to another verification. Take the one that the other device shows now.")},
    ErrorEntry{
        "PARVIS_QR_UNSUPPORTED",
        QT_TRANSLATE_NOOP(
            "parvis::ErrorText",
            "This QR code is of a kind that this version does not know. Compare the pictures instead.")},
    ErrorEntry{
        "PARVIS_QUEUE_BUSY",
        QT_TRANSLATE_NOOP("parvis::ErrorText", "This message is being sent right now. Wait a moment.")},
    ErrorEntry{"PARVIS_REACTION_EXISTS",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "You have given this reaction already.")},
    ErrorEntry{
        "PARVIS_REPLY_TOO_LARGE",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "The server’s answer is larger than it may be, so it was dropped. Try again, or "
                          "tell your administration.")},
    ErrorEntry{
        "PARVIS_ROOM_KIND_UNAVAILABLE",
        QT_TRANSLATE_NOOP("parvis::ErrorText", "This kind of room cannot be made yet. Choose another.")},
    ErrorEntry{
        "PARVIS_ROOM_REPLACED",
        QT_TRANSLATE_NOOP("parvis::ErrorText", "Another conversation has taken the place of this one.")},
    ErrorEntry{"PARVIS_SAS_REFLECTED",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The other side sent our own key back, as somebody in between would. "
                                 "Nothing was verified. Start again.")},
    ErrorEntry{
        "PARVIS_SERVER_NOT_ALLOWED",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "Your administration allows other servers only. Use the one that it names.")},
    ErrorEntry{"PARVIS_SERVER_TOO_OLD",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This server is too old for Parvis. Tell your administration.")},
    ErrorEntry{
        "PARVIS_SETTINGS_NOT_WRITTEN",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "The settings could not be written. Check the disk and the rights of the folder.")},
    ErrorEntry{"PARVIS_SETTING_LOCKED",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "Your administration has fixed this setting.")},
    ErrorEntry{"PARVIS_STILL_IN_ROOM",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "Leave this conversation first.")},
    ErrorEntry{"PARVIS_STORE_ABSENT",
               QT_TRANSLATE_NOOP(
                   "parvis::ErrorText",
                   "A file of your account is missing. If a backup of this computer holds it, restore it.")},
    ErrorEntry{
        "PARVIS_STORE_DAMAGED",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "A file of your account is damaged. It is kept as it is. Ask your support.")},
    ErrorEntry{"PARVIS_STORE_LIBRARY",
               QT_TRANSLATE_NOOP(
                   "parvis::ErrorText",
                   "Parvis is not installed correctly: its database is another one. Install it anew.")},
    ErrorEntry{"PARVIS_STORE_NEWER",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The files of your account were written by a newer Parvis. They are kept. "
                                 "Install that version.")},
    ErrorEntry{"PARVIS_STORE_WRONG_KEY",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The key does not open the files of your account. They are kept.")},
    ErrorEntry{"PARVIS_THIS_DEVICE",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This is the device that you are using. Sign out of Parvis instead.")},
    ErrorEntry{"PARVIS_TLS_EXPIRED",
               QT_TRANSLATE_NOOP(
                   "parvis::ErrorText",
                   "The server’s certificate has expired, so nothing was sent. Tell your administration.")},
    ErrorEntry{"PARVIS_TLS_WRONG_HOST",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The certificate is that of another server, so nothing was sent. Check the "
                                 "server’s name, or tell your administration.")},
    ErrorEntry{
        "PARVIS_UNKNOWN_ENCRYPTION",
        QT_TRANSLATE_NOOP(
            "parvis::ErrorText",
            "This conversation is encrypted in a way that this version does not know. Nothing was sent.")},
    ErrorEntry{
        "PARVIS_VERIFICATION_NOT_NOW",
        QT_TRANSLATE_NOOP(
            "parvis::ErrorText",
            "This cannot be done at this moment of the verification. Look at what the other device shows.")},
    ErrorEntry{"PARVIS_VERIFICATION_NO_IDENTITY",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "Before you can verify other people, this device has to be verified itself, "
                                 "with another of your devices or with your recovery key.")},
    ErrorEntry{"PARVIS_VERIFICATION_OTHER_NO_IDENTITY",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This person cannot be verified yet: nothing vouches for their devices. "
                                 "They have to set that up in their application first.")},
    ErrorEntry{"PARVIS_WELL_KNOWN_FAILED",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The file in which this domain names its server could not be fetched. Check "
                                 "the name, then try again.")},
    ErrorEntry{"PARVIS_WELL_KNOWN_INVALID",
               QT_TRANSLATE_NOOP(
                   "parvis::ErrorText",
                   "The file in which this domain names its server is wrong. Tell your administration.")},
    ErrorEntry{"PARVIS_WRONG_PASSPHRASE",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This is not the right passphrase. Your messages are kept; try again.")},
    ErrorEntry{"PARVIS_WRONG_PASSWORD",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "The password is not the right one. Type it again.")},
};

} // namespace parvis

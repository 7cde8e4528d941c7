// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/by_ear.h"
#include "gallery/pages.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

using State = VerificationInfo::State;
using Prepare = std::function<void(SampleWorld &)>;
using Act = std::function<void(Stage &)>;

/// A device on which the account was just signed in.
void unverified(SampleWorld &world)
{
    world.signIn();
    world.encryption.state = {
        .secretStorage = true, .backupVersion = u"3"_s, .oneTimeKeys = 50, .identityExists = true};
}

/// The account was reset on another device, or by somebody else.
void otherIdentity(SampleWorld &world)
{
    unverified(world);
    world.encryption.state.identityChanged = true;
}

/// A profile that somebody took out of a backup.
void putBack(SampleWorld &world)
{
    unverified(world);
    world.encryption.state.putBack = true;
}

/// An account for which nothing was ever set up.
void bare(SampleWorld &world)
{
    world.signIn();
    world.encryption.state = {};
    world.encryption.state.oneTimeKeys = 50;
    world.encryption.setUpAnswer = [](const QByteArray &) {
        return Result<QByteArray>(FakeEncryptionPort::sampleKey());
    };
}

Prepare changedIdentity(bool violated)
{
    return [violated](SampleWorld &world) {
        world.signIn();
        world.identify({.known = true, .verified = false, .violated = violated, .changed = true});
    };
}

/// Who was verified is who they were: it is our own identity that changed.
void lapsed(SampleWorld &world)
{
    world.signIn();
    world.identify({.known = true, .violated = true});
}

void toDirectRoom(Stage &stage)
{
    stage.goTo(SampleWorld::directRoom());
}

void toPerson(Stage &stage)
{
    stage.goTo(SampleWorld::directRoom());
    stage.call(u"home"_s, "togglePane");
    stage.settle();
    stage.press(Qt::Key_Return);
}

QList<VerificationEmoji> sevenEmoji()
{
    return {{u"🐶"_s, u"Dog"_s, u"Chien"_s},
            {u"🔑"_s, u"Key"_s, u"Clé"_s},
            {u"🌙"_s, u"Moon"_s, u"Lune"_s},
            {u"🎅"_s, u"Santa"_s, u"Père Noël"_s},
            {u"✏️"_s, u"Pencil"_s, u"Crayon"_s},
            {u"🔧"_s, u"Spanner"_s, u"Clé à molette"_s},
            {u"☂️"_s, u"Umbrella"_s, u"Parapluie"_s}};
}

VerificationInfo with(bool person, State state, bool byUs)
{
    VerificationInfo info;
    info.txn = u"t1"_s;
    info.user = UserId(person ? u"@claire:ecologie.exemple"_s : u"@lea.martin:prefecture.exemple"_s);
    info.device = DeviceId(person ? u"CLAIREPC"_s : u"MOBILE"_s);
    info.room = person ? SampleWorld::directRoom() : RoomId();
    info.byUs = byUs;
    info.state = state;
    return info;
}

/// Signed in, with one verification that is shown.
GalleryPage verification(const QString &name, const VerificationInfo &info, const Act &then = {})
{
    return {name,
            [info](SampleWorld &world) {
                signedIn(world);
                world.verifications.put(info);
            },
            [info, then](Stage &stage) {
                // What is over was seen before it ended.
                auto before = info;
                before.state = State::Requested;
                stage.world.verifications.put(before);
                stage.app().security()->verification()->show();
                stage.world.verifications.put(info);
                stage.settle();
                if (then)
                    then(stage);
            }};
}

VerificationInfo ready(bool person)
{
    auto info = with(person, State::Ready, true);
    info.canSas = info.canShow = info.canScan = true;
    return info;
}

VerificationInfo comparing(bool person, bool numbers)
{
    auto info = with(person, State::Comparing, true);
    if (!numbers)
        info.emoji = sevenEmoji();
    info.decimal = {4821, 1903, 7746};
    return info;
}

VerificationInfo cancelled(const QString &code, bool byUs)
{
    auto info = with(true, State::Cancelled, true);
    info.cancelCode = code;
    info.cancelledByUs = byUs;
    return info;
}

void showACode(Stage &stage)
{
    stage.world.verifications.qrAnswer = QByteArray(120, '\x9c');
    stage.app().security()->verification()->showCode();
    stage.settle();
}

/// A screenshot that was cut through the middle of the code.
void readHalfACode(Stage &stage)
{
    auto &verification = *stage.app().security()->verification();
    showACode(stage);
    const auto code = verification.picture().scaled(verification.picture().size() * 6);
    verification.backToChoice();
    verification.chooseRead();
    QGuiApplication::clipboard()->setImage(code.copy(0, 0, code.width() / 2, code.height()));
    verification.readClipboard();
    (void)QTest::qWaitFor([&] { return !verification.errorText().isEmpty(); });
    QGuiApplication::clipboard()->clear();
    stage.settle();
}

QList<GalleryPage> verificationPages()
{
    return {
        verification(u"verify-incoming-person"_s, with(true, State::Requested, false)),
        verification(u"verify-incoming-device"_s, with(false, State::Requested, false)),
        verification(u"verify-waiting"_s, with(false, State::Requested, true)),
        verification(u"verify-waiting-person"_s, with(true, State::Requested, true)),
        {u"verify-not-asked"_s,
         [](SampleWorld &world) {
             signedIn(world);
             world.verifications.requestAnswer =
                 fail(ErrorKind::Usage, u"PARVIS_VERIFICATION_OTHER_NO_IDENTITY"_s);
         },
         [](Stage &stage) {
             stage.goTo(SampleWorld::directRoom());
             stage.app().security()->verification()->verifyPerson(u"@claire:ecologie.exemple"_s,
                                                                  u"Claire Moreau"_s);
         }},
        verification(u"verify-choose"_s, ready(true)),
        verification(u"verify-other-chooses"_s, with(true, State::Ready, true)),
        verification(u"verify-show-code"_s, ready(false), showACode),
        verification(u"verify-read-code"_s, ready(false),
                     [](Stage &stage) {
                         stage.app().security()->verification()->chooseRead();
                         stage.settle();
                     }),
        verification(u"verify-half-code"_s, ready(false), readHalfACode),
        verification(u"verify-preparing"_s, with(true, State::Started, true)),
        verification(u"verify-emoji"_s, comparing(true, false)),
        verification(u"verify-numbers"_s, comparing(false, true)),
        verification(u"verify-scanned"_s, with(false, State::Scanned, true)),
        verification(u"verify-confirmed"_s, with(true, State::Waiting, true)),
        verification(u"verify-done"_s, with(true, State::Done, true)),
        verification(u"verify-done-device"_s, with(false, State::Done, true)),
        verification(u"verify-mismatch"_s, cancelled(u"m.mismatched_sas"_s, true)),
        verification(u"verify-other-keys"_s, cancelled(u"m.key_mismatch"_s, true)),
        verification(u"verify-timed-out"_s, cancelled(u"m.timeout"_s, false)),
        verification(u"verify-ended"_s, cancelled(u"m.user"_s, false)),
        verification(u"verify-elsewhere"_s, with(false, State::Passive, false)),
        {u"verify-banner"_s,
         [](SampleWorld &world) {
             signedIn(world);
             world.verifications.put(with(true, State::Requested, false));
         },
         [](Stage &stage) { stage.goTo(SampleWorld::crisisRoom()); }},
    };
}

/// The account is looked at twice before it is believed that it has nothing.
void waitForCard(Stage &)
{
    QTest::qWait(2300);
}

/// As far as the key is shown.
void toKey(Stage &stage)
{
    auto &recovery = *stage.app().security()->recovery();
    settingsAt(u"Réinitialiser tout…"_s, u"Reset everything…"_s)(stage);
    recovery.makeKey();
    stage.settle();
}

void resettable(SampleWorld &world)
{
    world.signIn();
    world.encryption.setUpAnswer = [](const QByteArray &) {
        return Result<QByteArray>(FakeEncryptionPort::sampleKey());
    };
}

Prepare asking(const QString &code)
{
    return [code](SampleWorld &world) {
        world.signIn();
        world.encryption.setUpAnswer = [code](const QByteArray &) {
            return Result<QByteArray>(fail(ErrorKind::Auth, code, u"https://compte.exemple/"_s));
        };
    };
}

void backupGone(SampleWorld &world)
{
    world.signIn();
    world.encryption.state.backupLost = world.encryption.state.backupRenewable = true;
    world.encryption.state.backupReadable = world.encryption.state.backupTrusted = false;
    world.encryption.state.backupVersion.clear();
    world.encryption.recoverAnswer = RecoveryResult{true, true, true};
}

QList<GalleryPage> setUpPages()
{
    return {
        {u"recovery-card"_s, bare, waitForCard},
        {u"recovery-explain"_s, bare,
         [](Stage &stage) {
             waitForCard(stage);
             settingsAt(u"Configurer le code de vérification…"_s, u"Set up the recovery key…"_s)(stage);
         }},
        {u"recovery-password"_s, asking(u"PARVIS_PASSWORD_NEEDED"_s), toKey},
        {u"recovery-browser"_s, asking(u"PARVIS_AUTH_IN_BROWSER"_s), toKey},
        {u"recovery-key"_s, resettable, toKey},
        {u"recovery-key-file"_s, resettable,
         [](Stage &stage) {
             toKey(stage);
             (void)(pressByEar(stage, u"L’enregistrer"_s) || pressByEar(stage, u"Save it to a file…"_s));
             stage.press(Qt::Key_A, Qt::ControlModifier);
             stage.type(u"~/Documents/parvis-recovery-key.txt"_s);
         }},
        {u"recovery-ask-back"_s, resettable,
         [](Stage &stage) {
             toKey(stage);
             stage.app().security()->recovery()->goOn();
             stage.settle();
         }},
        {u"recovery-wrong"_s, resettable,
         [](Stage &stage) {
             toKey(stage);
             stage.app().security()->recovery()->goOn();
             stage.settle();
             stage.type(u"abcd"_s);
             stage.press(Qt::Key_Return);
         }},
        {u"recovery-finished"_s, resettable,
         [](Stage &stage) {
             toKey(stage);
             stage.app().security()->recovery()->goOn();
             stage.app().security()->recovery()->confirm(
                 QString::fromLatin1(FakeEncryptionPort::sampleKey()));
             stage.settle();
         }},
        {u"reset"_s, signedIn, settingsAt(u"Réinitialiser tout…"_s, u"Reset everything…"_s)},
    };
}

QList<GalleryPage> entryPages()
{
    const Act entry = settingsAt(u"Saisir le code de vérification…"_s, u"Enter the recovery key…"_s);
    const Act renewal = settingsAt(u"Créer une nouvelle sauvegarde…"_s, u"Make a new key backup…"_s);
    return {
        {u"recovery-enter"_s, unverified, entry},
        {u"recovery-renew"_s, backupGone, renewal},
        {u"recovery-renewed"_s, backupGone,
         [renewal](Stage &stage) {
             renewal(stage);
             stage.type(u"une phrase"_s);
             stage.press(Qt::Key_Return);
         }},
        {u"recovery-enter-wrong"_s,
         [](SampleWorld &world) {
             unverified(world);
             world.encryption.recoverAnswer = fail(ErrorKind::Crypto, u"PARVIS_RECOVERY_WRONG_KEY"_s);
         },
         [entry](Stage &stage) {
             entry(stage);
             stage.type(u"une phrase"_s);
             stage.press(Qt::Key_Return);
         }},
        {u"recovery-entered"_s, unverified,
         [entry](Stage &stage) {
             entry(stage);
             stage.type(u"une phrase"_s);
             stage.press(Qt::Key_Return);
         }},
    };
}

QList<GalleryPage> trustPages()
{
    return {
        {u"device-card"_s, unverified, [](Stage &stage) { stage.settle(); }},
        {u"device-banner"_s, unverified, [](Stage &stage) { stage.goTo(SampleWorld::crisisRoom()); }},
        {u"device-banner-narrow"_s, unverified, [](Stage &) {}, {480, 720}},
        {u"account-changed-card"_s, otherIdentity, [](Stage &stage) { stage.settle(); }},
        {u"account-changed"_s, otherIdentity, [](Stage &stage) { stage.goTo(SampleWorld::crisisRoom()); }},
        {u"account-changed-narrow"_s, otherIdentity, [](Stage &) {}, {480, 720}},
        {u"put-back-card"_s, putBack, [](Stage &stage) { stage.settle(); }},
        {u"put-back-narrow"_s, putBack, [](Stage &) {}, {480, 720}},
        {u"device-verify"_s, unverified,
         [](Stage &stage) {
             stage.goTo(SampleWorld::crisisRoom());
             (void)(pressByEar(stage, u"Vérifier cet appareil…"_s)
                    || pressByEar(stage, u"Verify this device…"_s));
         }},
        {u"settings-encryption"_s, unverified,
         [](Stage &stage) {
             stage.world.encryption.state.keysToBackUp = 12;
             stage.press(Qt::Key_Comma, Qt::ControlModifier);
             stage.settle();
             for (int i = 0; i < 9; ++i)
                 stage.press(Qt::Key_Tab);
         }},
        {u"identity-violated"_s, changedIdentity(true), toDirectRoom},
        {u"identity-changed"_s, changedIdentity(false), toDirectRoom},
        {u"identity-violated-narrow"_s, changedIdentity(true), toDirectRoom, {480, 720}},
        {u"identity-lapsed"_s, lapsed, toDirectRoom},
        {u"identity-lapsed-narrow"_s, lapsed, toDirectRoom, {480, 720}},
        {u"person"_s, signedIn, toPerson},
        {u"person-violated"_s, changedIdentity(true), toPerson},
        {u"person-lapsed"_s, lapsed, toPerson},
    };
}

} // namespace

std::function<void(Stage &)> settingsAt(const QString &french, const QString &english)
{
    return [french, english](Stage &stage) {
        stage.press(Qt::Key_Comma, Qt::ControlModifier);
        stage.settle();
        (void)(pressByEar(stage, french) || pressByEar(stage, english));
        stage.settle();
    };
}

QList<GalleryPage> securityPages()
{
    return verificationPages() + setUpPages() + entryPages() + keyWorkPages() + trustPages();
}

} // namespace parvis

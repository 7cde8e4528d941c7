// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/pages.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

void nobody(SampleWorld &) {}

void nothing(Stage &) {}

std::function<void(SampleWorld &)> stored(StoredState state, ErrorKind kind, const QString &code)
{
    return [state, kind, code](SampleWorld &world) {
        world.login.stored.userId = UserId(u"@lea.martin:prefecture.exemple"_s);
        world.login.stored.displayName = u"Léa Martin"_s;
        world.login.stored.state = state;
        if (!code.isEmpty())
            world.login.stored.problem = Error{kind, code, {}, 0};
    };
}

void toPassword(Stage &stage)
{
    stage.type(u"@lea.martin:prefecture.exemple"_s);
    stage.press(Qt::Key_Return);
}

void signInTyped(Stage &stage)
{
    toPassword(stage);
    stage.type(u"mot de passe"_s);
    stage.press(Qt::Key_Return);
}

std::function<void(Stage &)> opened(const RoomId &room)
{
    return [room](Stage &stage) { stage.goTo(room); };
}

void waitForHits(Stage &stage)
{
    (void)QTest::qWaitFor([&stage] { return !stage.app().search()->busy(); });
    stage.settle();
}

/// The keyboard on a message that did not leave.
void toLine(Stage &stage)
{
    opened(SampleWorld::crisisRoom())(stage);
    stage.press(Qt::Key_F6, Qt::ShiftModifier); // to the list of rooms
    stage.press(Qt::Key_F6);
    stage.press(Qt::Key_Tab, Qt::ShiftModifier);
    stage.press(Qt::Key_Up);
}

void offline(SampleWorld &world)
{
    world.signIn();
    Connection away;
    away.reason = Error{ErrorKind::Network, u"PARVIS_HOST_NOT_FOUND"_s, {}, 0};
    world.account.connection.set(away);
}

/// A conversation that was just begun: nothing but changes of its own.
void changed(SampleWorld &world)
{
    using What = StateChange::What;
    const QList<What> all{What::RoomCreated, What::Joined,  What::JoinRule, What::EncryptionOn,
                          What::RoomName,    What::Invited, What::Invited,  What::Joined};
    for (int i = 0; i < all.size(); ++i) {
        TimelineItem item;
        item.key = u"c%1"_s.arg(i);
        item.eventId = EventId(u'$' + item.key);
        item.kind = ItemKind::State;
        item.own = i < 7;
        item.senderName = u"Claire Moreau"_s;
        item.change.what = all.at(i);
        item.change.subjectName = i == 5 ? u"Claire Moreau"_s : u"Samir Khelifi"_s;
        item.change.after = u"Cellule"_s;
        item.ts = world.clock.now - 60000 * (20 - i);
        world.timeline.conversation(SampleWorld::emptyRoom()).items.append(item);
    }
}

QList<GalleryPage> loginPages()
{
    return {
        {u"starting"_s, [](SampleWorld &world) { world.login.hold = true; }, nothing},
        {u"login"_s, nobody, nothing},
        {u"login-busy"_s, nobody,
         [](Stage &stage) {
             stage.world.login.hold = true;
             toPassword(stage);
         }},
        {u"login-error"_s,
         [](SampleWorld &world) {
             world.login.server = fail(ErrorKind::Network, u"PARVIS_HOST_NOT_FOUND"_s);
         },
         toPassword},
        {u"login-password"_s, nobody, toPassword},
        {u"login-wrong-password"_s,
         [](SampleWorld &world) { world.login.login = fail(ErrorKind::Forbidden, u"M_FORBIDDEN"_s); },
         signInTyped},
        {u"login-vault"_s,
         [](SampleWorld &world) {
             world.login.login = fail(ErrorKind::Keychain, u"PARVIS_KEYCHAIN_ABSENT"_s);
         },
         signInTyped},
        {u"login-narrow"_s, nobody, nothing, {480, 640}},
        {u"problem-locked"_s,
         stored(StoredState::KeychainLocked, ErrorKind::Keychain, u"PARVIS_KEYCHAIN_LOCKED"_s), nothing},
        {u"problem-empty"_s,
         stored(StoredState::KeychainEmpty, ErrorKind::Keychain, u"PARVIS_KEYCHAIN_EMPTY"_s), nothing},
        {u"problem-passphrase"_s, stored(StoredState::NeedsPassphrase, ErrorKind::Keychain, {}), nothing},
        {u"problem-signed-out"_s, stored(StoredState::SignedOut, ErrorKind::Auth, u"M_UNKNOWN_TOKEN"_s),
         nothing},
        {u"problem-damaged"_s, stored(StoredState::Damaged, ErrorKind::Storage, u"PARVIS_STORE_DAMAGED"_s),
         nothing},
        {u"start-over"_s, stored(StoredState::KeychainEmpty, ErrorKind::Keychain, u"PARVIS_KEYCHAIN_EMPTY"_s),
         [](Stage &stage) {
             stage.press(Qt::Key_Tab);
             stage.press(Qt::Key_Space);
         }},
    };
}

QList<GalleryPage> roomPages()
{
    return {
        {u"home"_s, signedIn, nothing},
        {u"home-first-sync"_s,
         [](SampleWorld &world) {
             world.signIn();
             world.rooms.loaded.set(false);
             world.rooms.rooms.reset({});
         },
         nothing},
        {u"home-empty"_s,
         [](SampleWorld &world) {
             world.signIn();
             world.rooms.rooms.reset({});
             world.rooms.totals.set({});
         },
         nothing},
        {u"home-not-found"_s, signedIn,
         [](Stage &stage) {
             stage.press(Qt::Key_K, Qt::ControlModifier);
             stage.type(u"budget"_s);
         }},
        {u"home-narrow"_s, signedIn, nothing, {480, 720}},
    };
}

QList<GalleryPage> conversationPages()
{
    return {
        {u"room"_s, signedIn, opened(SampleWorld::crisisRoom())},
        {u"room-direct"_s,
         [](SampleWorld &world) {
             world.signIn();
             world.identify({.known = true, .verified = true});
         },
         opened(SampleWorld::directRoom())},
        {u"room-empty"_s, signedIn, opened(SampleWorld::emptyRoom())},
        {u"room-loading"_s,
         [](SampleWorld &world) {
             world.signIn();
             world.timeline.conversation(SampleWorld::emptyRoom()).holdPage = true;
         },
         opened(SampleWorld::emptyRoom())},
        {u"room-error"_s,
         [](SampleWorld &world) {
             world.signIn();
             world.timeline.conversation(SampleWorld::emptyRoom()).pageError =
                 Error{ErrorKind::Timeout, u"PARVIS_TIMEOUT"_s, {}, 0};
         },
         opened(SampleWorld::emptyRoom())},
        {u"room-changes"_s,
         [](SampleWorld &world) {
             world.signIn();
             changed(world);
         },
         opened(SampleWorld::emptyRoom())},
        {u"room-invitation"_s, signedIn, opened(SampleWorld::invitation())},
        {u"room-read-only"_s, signedIn, opened(SampleWorld::readOnlyRoom())},
        {u"room-actions"_s, signedIn, toLine},
        {u"room-menu"_s, signedIn,
         [](Stage &stage) {
             toLine(stage);
             stage.press(Qt::Key_Menu);
         }},
        {u"room-members"_s, signedIn,
         [](Stage &stage) {
             opened(SampleWorld::crisisRoom())(stage);
             stage.call(u"home"_s, "togglePane");
         }},
        {u"room-narrow"_s, signedIn, opened(SampleWorld::crisisRoom()), {480, 720}},
        {u"composer-long"_s, signedIn,
         [](Stage &stage) {
             opened(SampleWorld::directRoom())(stage);
             for (int i = 1; i <= 6; ++i) {
                 stage.type(u"Ligne %1 d’un message que l’on prend le temps d’écrire."_s.arg(i));
                 stage.press(Qt::Key_Return, Qt::ShiftModifier);
             }
         }},
        {u"composer-editing"_s, signedIn,
         [](Stage &stage) {
             opened(SampleWorld::directRoom())(stage);
             stage.press(Qt::Key_Up);
         }},
    };
}

QList<GalleryPage> findingPages()
{
    return {
        {u"room-list-menu"_s, signedIn,
         [](Stage &stage) {
             stage.press(Qt::Key_K, Qt::ControlModifier);
             stage.press(Qt::Key_Down);
             stage.press(Qt::Key_Down);
             stage.press(Qt::Key_Menu);
         }},
        {u"search"_s, signedIn,
         [](Stage &stage) {
             opened(SampleWorld::crisisRoom())(stage);
             stage.press(Qt::Key_F, Qt::ControlModifier);
             stage.type(u"niv"_s);
             waitForHits(stage);
         }},
        {u"search-everywhere"_s, signedIn,
         [](Stage &stage) {
             opened(SampleWorld::crisisRoom())(stage);
             stage.press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
             stage.type(u"e"_s);
             waitForHits(stage);
         }},
        {u"search-none"_s, signedIn,
         [](Stage &stage) {
             opened(SampleWorld::crisisRoom())(stage);
             stage.press(Qt::Key_F, Qt::ControlModifier);
             stage.type(u"xylophone"_s);
             waitForHits(stage);
         }},
        {u"search-begin"_s, signedIn,
         [](Stage &stage) {
             opened(SampleWorld::directRoom())(stage);
             stage.press(Qt::Key_F, Qt::ControlModifier);
         }},
        {u"shortcuts"_s, signedIn, [](Stage &stage) { stage.press(Qt::Key_F1); }},
    };
}

QList<GalleryPage> statePages()
{
    return {
        {u"offline"_s, offline, opened(SampleWorld::crisisRoom())},
        {u"connecting"_s,
         [](SampleWorld &world) {
             world.signIn();
             Connection connecting;
             connecting.state = Connection::State::Connecting;
             world.account.connection.set(connecting);
         },
         [](Stage &stage) {
             opened(SampleWorld::crisisRoom())(stage);
             QTest::qWait(2100); // it is said only where it lasts
         }},
        {u"disk-full"_s,
         [](SampleWorld &world) {
             world.signIn();
             world.account.storage.set(StorageState::DiskFull);
         },
         opened(SampleWorld::crisisRoom())},
        {u"close-refused"_s,
         [](SampleWorld &world) {
             world.signIn();
             world.account.storage.set(StorageState::DiskFull);
             world.composer.draftError = Error{ErrorKind::Storage, u"PARVIS_DISK_FULL"_s, {}, 0};
         },
         [](Stage &stage) {
             opened(SampleWorld::directRoom())(stage);
             stage.type(u"Je relis avant midi"_s);
             stage.window()->close();
         }},
        {u"session-ended"_s,
         [](SampleWorld &world) {
             world.signIn();
             auto session = world.account.session.get();
             session.needsSignIn = true;
             world.account.session.set(session);
         },
         opened(SampleWorld::crisisRoom())},
    };
}

QList<GalleryPage> dialogPages()
{
    return {
        {u"new-direct"_s, signedIn, [](Stage &stage) { stage.press(Qt::Key_N, Qt::ControlModifier); }},
        {u"new-room"_s, signedIn,
         [](Stage &stage) {
             stage.press(Qt::Key_N, Qt::ControlModifier);
             stage.press(Qt::Key_Tab, Qt::ShiftModifier);
             stage.press(Qt::Key_Right);
             stage.press(Qt::Key_Tab);
             stage.type(u"Cellule canicule"_s);
             stage.press(Qt::Key_Tab);
             stage.type(u"@samir:prefecture.exemple"_s);
             stage.press(Qt::Key_Return);
             stage.type(u"claire"_s);
             stage.press(Qt::Key_Return);
         }},
        {u"settings"_s, signedIn, [](Stage &stage) { stage.press(Qt::Key_Comma, Qt::ControlModifier); }},
        {u"settings-locked"_s,
         [](SampleWorld &world) {
             world.signIn();
             auto settings = world.settings.settings.get();
             settings.language.source = SettingSource::Mandatory;
             settings.textScale.source = SettingSource::Mandatory;
             world.settings.settings.set(settings);
         },
         [](Stage &stage) { stage.press(Qt::Key_Comma, Qt::ControlModifier); }},
        {u"sign-out"_s,
         [](SampleWorld &world) {
             world.signIn();
             world.login.preview.unsent = 2;
             world.login.preview.keysNotBackedUp = 118;
         },
         [](Stage &stage) { stage.call(u"home"_s, "askLogout"); }},
    };
}

} // namespace

void signedIn(SampleWorld &world)
{
    world.signIn();
}

QList<GalleryPage> galleryPages()
{
    return loginPages() + roomPages() + conversationPages() + findingPages() + filePages() + statePages()
        + dialogPages() + securityPages() + encryptionPages()
        + QList<GalleryPage>{{u"controls"_s, nobody, nothing, {1280, 1100}}};
}

QQuickWindow *show(Stage &stage, const GalleryPage &page)
{
    page.prepare(stage.world);
    auto *window = page.name == "controls"_L1 ? stage.open(u"Gallery"_s, u"ControlSheet"_s) : stage.open();
    if (window) {
        page.act(stage);
        stage.settle();
    }
    return window;
}

} // namespace parvis

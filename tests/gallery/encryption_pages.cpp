// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/by_ear.h"
#include "gallery/pages.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

using Prepare = std::function<void(SampleWorld &)>;
using Act = std::function<void(Stage &)>;

/// Both languages' word for the button; only one is there.
void pressEither(Stage &stage, const QString &french, const QString &english)
{
    (void)(pressByEar(stage, french) || pressByEar(stage, english));
    stage.settle();
}

// --- messages that cannot be read ----------------------------------------------------------------

TimelineItem line(SampleWorld &world, int number, const QString &who, const QString &body = {})
{
    TimelineItem item;
    item.key = u"u%1"_s.arg(number);
    item.eventId = EventId(u'$' + item.key);
    item.sender = UserId(u"@%1:sante.exemple"_s.arg(who.section(u' ', 0, 0).toLower()));
    item.senderName = who;
    item.ts = world.clock.now - qint64(60 - number) * 60000;
    item.body = body;
    item.encrypted = true;
    return item;
}

TimelineItem sealed(SampleWorld &world, int number, const QString &who, UnreadableReason reason,
                    UnreadableRemedy remedy)
{
    auto item = line(world, number, who);
    item.kind = ItemKind::Unreadable;
    item.unreadable = reason;
    item.remedy = remedy;
    return item;
}

/// One of each remedy, single and in groups.
void sealedRoom(SampleWorld &world)
{
    using Reason = UnreadableReason;
    using Remedy = UnreadableRemedy;
    world.signIn();
    const auto helene = u"Hélène Bernard"_s;
    const auto samir = u"Samir Khelifi"_s;
    QList<TimelineItem> items;
    for (int i = 1; i <= 6; ++i)
        items += sealed(world, i, i % 2 ? helene : samir, Reason::BackupLocked, Remedy::EnterRecoveryKey);
    items += line(world, 10, samir, u"Le plan est à jour dans le dossier partagé."_s);
    items += sealed(world, 11, helene, Reason::SentBeforeJoining, Remedy::None);
    items += sealed(world, 12, helene, Reason::UntrustedDevice, Remedy::VerifyThisDevice);
    items += line(world, 20, samir, u"Merci, je transmets."_s);
    items += sealed(world, 40, helene, Reason::KeyNotArrived, Remedy::AskAgain);
    items += sealed(world, 41, samir, Reason::NotForThisDevice, Remedy::AskAgain);
    items += sealed(world, 58, helene, Reason::KeyNotArrived, Remedy::Wait);
    world.timeline.conversation(SampleWorld::emptyRoom()).items.reset(items);
}

void toSealed(Stage &stage)
{
    stage.goTo(SampleWorld::emptyRoom());
}

QList<GalleryPage> unreadablePages()
{
    return {
        {u"unreadable"_s, sealedRoom, toSealed},
        {u"unreadable-asked"_s, sealedRoom,
         [](Stage &stage) {
             toSealed(stage);
             pressEither(stage, u"Redemander la clé"_s, u"Ask for the key again"_s);
         }},
        {u"unreadable-repaired"_s, sealedRoom,
         [](Stage &stage) {
             toSealed(stage);
             auto &room = stage.world.timeline.conversation(SampleWorld::emptyRoom());
             room.items.update(10, line(stage.world, 40, u"Hélène Bernard"_s, u"Tout est prêt."_s));
             room.items.update(11, line(stage.world, 41, u"Samir Khelifi"_s, u"Bien noté."_s));
             room.items.flush();
             room.repaired.set({.count = 2, .batch = 1});
             stage.settle();
         }},
        {u"unreadable-verify"_s, sealedRoom,
         [](Stage &stage) {
             toSealed(stage);
             pressEither(stage, u"Vérifier cet appareil"_s, u"Verify this device"_s);
         }},
        {u"unreadable-key"_s, sealedRoom,
         [](Stage &stage) {
             toSealed(stage);
             pressEither(stage, u"Saisir le code de vérification"_s, u"Enter the recovery key"_s);
         }},
        {u"unreadable-narrow"_s, sealedRoom, toSealed, {480, 720}},
    };
}

// --- who can read --------------------------------------------------------------------------------

ReaderDevice reads(const QString &name, DeviceTrust trust, ReaderExclusion exclusion = ReaderExclusion::None)
{
    return {.deviceId = DeviceId(name.toUpper()), .name = name, .trust = trust, .exclusion = exclusion};
}

ReaderPerson person(const QString &id, const QString &name, const QList<ReaderDevice> &devices)
{
    return {
        .userId = UserId(id), .name = name, .own = false, .identity = {.known = true}, .devices = devices};
}

/// Five people: one verified, one who cannot read, one who reads on one of two devices.
RoomReaders sampleReaders(ReaderExclusion why, bool excluding)
{
    RoomReaders readers;
    const auto unsignedOnes = excluding ? why : ReaderExclusion::None;
    auto me = person(u"@lea.martin:prefecture.exemple"_s, u"Léa Martin"_s,
                     {reads(u"Téléphone de service"_s, DeviceTrust::Verified)});
    me.own = true;
    auto samir = person(u"@samir:prefecture.exemple"_s, u"Samir Khelifi"_s,
                        {reads(u"Poste de Samir"_s, DeviceTrust::Verified)});
    samir.identity.verified = true;
    auto newcomer = person(u"@nadia:energie.exemple"_s, u"Nadia Rousseau"_s, {});
    newcomer.devicesKnown = false;
    readers.people = {me, samir,
                      person(u"@claire:ecologie.exemple"_s, u"Claire Moreau"_s,
                             {reads(u"Poste de Claire"_s, DeviceTrust::Signed),
                              reads(u"Ancien portable de Claire"_s, DeviceTrust::Unsigned, unsignedOnes)}),
                      person(u"@weiss:externe.exemple"_s, u"Jonas Weiss"_s,
                             {reads(u"Element Desktop"_s, DeviceTrust::Unsigned, unsignedOnes)}),
                      newcomer};
    readers.rule = excluding ? ReadersRule::SignedDevices : ReadersRule::AllDevices;
    readers.counts = excluding ? ReaderCounts{.people = 1, .devices = 2, .notSigned = 2}
                               : ReaderCounts{.readingUnsigned = 2, .readingUnsignedPeople = 2};
    return readers;
}

Prepare withReaders(const std::function<void(RoomReaders &, SampleWorld &)> &change, bool excluding = true)
{
    return [change, excluding](SampleWorld &world) {
        world.signIn();
        auto readers = sampleReaders(ReaderExclusion::Unsigned, excluding);
        readers.encryptedSinceMs = world.clock.now - qint64(86400000) * 40;
        change(readers, world);
        world.encryption.roomReaders[SampleWorld::crisisRoom()] = readers;
        auto &room = world.timeline.conversation(SampleWorld::crisisRoom());
        auto header = room.header.get();
        header.readers = readers.counts;
        room.header.set(header);
    };
}

void asItIs(RoomReaders &, SampleWorld &) {}

void devicesAlone(RoomReaders &readers, SampleWorld &)
{
    readers.people.removeIf([](const ReaderPerson &one) { return one.name.startsWith(u"Jonas"); });
    readers.counts = {.devices = 1, .notSigned = 1};
}

void onlyVerified(RoomReaders &readers, SampleWorld &world)
{
    for (auto &one : readers.people) {
        for (auto &device : one.devices)
            device.exclusion =
                device.trust == DeviceTrust::Verified ? ReaderExclusion::None : ReaderExclusion::Unverified;
    }
    readers.rule = ReadersRule::VerifiedDevices;
    readers.counts = {.people = 2, .devices = 3, .notVerified = 3};
    world.encryption.state.policyRule = ReadersRule::VerifiedDevices;
}

void toCrisis(Stage &stage)
{
    stage.goTo(SampleWorld::crisisRoom());
}

void toReaders(Stage &stage)
{
    toCrisis(stage);
    pressEither(stage, u"Qui peut lire\u00a0?"_s, u"Who can read?"_s);
}

/// Where nobody is excluded the way leads over the details.
void toReadersByDetails(Stage &stage)
{
    toCrisis(stage);
    stage.call(u"home"_s, "togglePane");
    pressEither(stage, u"Qui peut lire…"_s, u"Who can read…"_s);
}

QList<GalleryPage> readerPages()
{
    return {
        {u"readers-bar"_s, withReaders(asItIs), toCrisis},
        {u"readers-bar-devices"_s, withReaders(devicesAlone), toCrisis},
        {u"readers-bar-narrow"_s, withReaders(asItIs), toCrisis, {480, 720}},
        {u"readers"_s, withReaders(asItIs), toReaders},
        {u"readers-narrow"_s, withReaders(asItIs), toReaders, {480, 720}},
        {u"readers-unsigned"_s, withReaders(asItIs, false), toReadersByDetails},
        {u"readers-fixed"_s, withReaders(onlyVerified), toReaders},
        {u"readers-person"_s, withReaders(asItIs),
         [](Stage &stage) {
             toReaders(stage);
             pressEither(stage, u"Claire Moreau\u00a0: "_s, u"Claire Moreau: "_s);
         }},
    };
}

// --- one's own devices ---------------------------------------------------------------------------

void toSettings(Stage &stage)
{
    stage.press(Qt::Key_Comma, Qt::ControlModifier);
    stage.settle();
}

/// As far as the list of devices is in sight.
void toDevices(Stage &stage)
{
    toSettings(stage);
    for (int i = 0; i < 30 && !focusName(stage).contains(u"Ancien portable"_s); ++i)
        stage.press(Qt::Key_Tab);
    stage.settle();
}

Prepare answering(const QString &code)
{
    return [code](SampleWorld &world) {
        world.signIn();
        world.encryption.logOutDecides = [code](const QByteArray &password) -> Result<void> {
            if (code.isEmpty() || password == "juste")
                return {};
            if (!password.isEmpty())
                return fail(ErrorKind::Forbidden, u"M_FORBIDDEN"_s);
            return fail(ErrorKind::Auth, code, u"https://compte.exemple/"_s);
        };
    };
}

void toSignOut(Stage &stage)
{
    toDevices(stage);
    pressEither(stage, u"Déconnecter\u00a0: "_s, u"Sign out: "_s);
}

void signOutNow(Stage &stage)
{
    toSignOut(stage);
    stage.app().security()->deviceActions()->signOut();
    stage.settle();
}

QList<GalleryPage> devicePages()
{
    const auto rename = [](Stage &stage) {
        toDevices(stage);
        pressEither(stage, u"Renommer"_s, u"Rename"_s);
    };
    return {
        {u"settings-devices"_s, signedIn, toDevices},
        {u"settings-devices-narrow"_s, signedIn, toDevices, {480, 720}},
        {u"settings-only-verified"_s,
         [](SampleWorld &world) {
             world.signIn();
             world.encryption.state.policyRule = ReadersRule::VerifiedDevices;
         },
         toDevices},
        {u"device-rename"_s, signedIn, rename},
        {u"device-rename-error"_s,
         [](SampleWorld &world) {
             world.signIn();
             world.encryption.renameAnswer = fail(ErrorKind::Network, u"PARVIS_HOST_NOT_FOUND"_s);
         },
         [rename](Stage &stage) {
             rename(stage);
             stage.press(Qt::Key_Return);
         }},
        {u"device-sign-out"_s, signedIn, toSignOut},
        {u"device-sign-out-others"_s, signedIn,
         [](Stage &stage) {
             toSettings(stage);
             pressEither(stage, u"Déconnecter tous les autres"_s, u"Sign out all other devices"_s);
         }},
        {u"device-sign-out-password"_s, answering(u"PARVIS_PASSWORD_NEEDED"_s), signOutNow},
        {u"device-sign-out-wrong"_s, answering(u"PARVIS_PASSWORD_NEEDED"_s),
         [](Stage &stage) {
             signOutNow(stage);
             stage.type(u"faux"_s);
             stage.press(Qt::Key_Return);
         }},
        {u"device-sign-out-browser"_s, answering(u"PARVIS_AUTH_IN_BROWSER"_s), signOutNow},
        {u"device-signed-out"_s, answering({}), signOutNow},
    };
}

} // namespace

QList<GalleryPage> encryptionPages()
{
    return unreadablePages() + readerPages() + devicePages();
}

} // namespace parvis

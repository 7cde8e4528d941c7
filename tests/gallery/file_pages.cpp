// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/by_ear.h"
#include "gallery/pages.h"

#include <QCoreApplication>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QTest>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

using Act = std::function<void(Stage &)>;

constexpr qint64 minute = 60000;

QUrl placed(const QString &name)
{
    return QUrl::fromLocalFile(u"/srv/lea/Documents/"_s + name);
}

/// A message with a file, so many minutes ago.
TimelineItem withFile(const SampleWorld &world, const QString &name, const QString &type, qint64 bytes,
                      int minutesAgo)
{
    TimelineItem item;
    item.key = u"f%1"_s.arg(minutesAgo);
    item.eventId = EventId(u'$' + item.key);
    item.sender = UserId(u"@claire:ecologie.exemple"_s);
    item.senderName = u"Claire Moreau"_s;
    item.kind = type.startsWith("image/"_L1) ? ItemKind::Image : ItemKind::File;
    item.media = {.name = name, .mediaType = type, .bytes = bytes, .caption = {}, .encrypted = true};
    item.encrypted = true;
    item.ts = world.clock.now - minutesAgo * minute;
    return item;
}

TimelineItem ownFile(const SampleWorld &world, const QString &name, qint64 bytes, int minutesAgo,
                     SendState state)
{
    auto item = withFile(world, name, u"application/pdf"_s, bytes, minutesAgo);
    item.sender = UserId(u"@lea.martin:prefecture.exemple"_s);
    item.senderName = u"Léa Martin"_s;
    item.own = true;
    item.state = state;
    item.txnId = TransactionId(item.key);
    if (state != SendState::Sent)
        item.eventId = {};
    return item;
}

void fill(SampleWorld &world, const QList<TimelineItem> &items)
{
    world.signIn();
    world.timeline.conversation(SampleWorld::directRoom()).items.reset(items);
}

void receivedFiles(SampleWorld &world)
{
    auto photo = withFile(world, u"Quai sud, 10 h 40.jpg"_s, u"image/jpeg"_s, 3'400'000, 31);
    photo.media.caption = u"Le quai ce matin. Le plan est sur https://cartes.exemple.gouv/quai"_s;
    auto coming = withFile(world, u"Relevés du 12 au 19 novembre.ods"_s,
                           u"application/vnd.oasis.opendocument.spreadsheet"_s, 812'000, 22);
    coming.media.percent = 63;
    auto clear = withFile(world, u"annexes.zip"_s, u"application/zip"_s, 48'000'000, 20);
    auto unsaid = withFile(world, u"Note d’ambiance.ogg"_s, u"audio/ogg"_s, -1, 12);
    fill(world,
         {withFile(world,
                   u"Arrêté préfectoral n° 2026-1187 portant règles d’urgence et interdiction de "
                   u"circuler sur les quais de la rive sud - version signée définitive.pdf"_s,
                   u"application/pdf"_s, 1'240'000, 40),
          photo, coming, clear, unsaid});
}

void sentFiles(SampleWorld &world)
{
    auto underway = ownFile(world, u"Compte rendu du point de 14 h.pdf"_s, 8'400'000, 9, SendState::Sending);
    underway.media.percent = 42;
    auto failed = ownFile(world, u"Vidéo du quai.mp4"_s, 210'000'000, 4, SendState::Failed);
    failed.error = Error{ErrorKind::TooLarge, u"PARVIS_FILE_TOO_LARGE"_s, u"104857600"_s, 0};
    failed.media.mediaType = u"video/mp4"_s;
    failed.media.caption = u"Prise à 13 h 50 depuis le pont."_s;
    fill(world,
         {ownFile(world, u"Point de situation.odt"_s, 96'000, 15, SendState::Sent), underway,
          ownFile(world, u"Annexe 1.pdf"_s, 640'000, 8, SendState::Queued), failed});
}

void outcomes(SampleWorld &world)
{
    fill(world,
         {withFile(world, u"Budget.ods"_s, u"application/vnd.oasis.opendocument.spreadsheet"_s, 64'000, 40),
          withFile(world, u"Plan.pdf"_s, u"application/pdf"_s, 1'800'000, 30),
          withFile(world, u"Photo.jpg"_s, u"image/jpeg"_s, 2'100'000, 20),
          withFile(world, u"Liste.csv"_s, u"text/csv"_s, 4'096, 10)});
}

Error altered()
{
    return {ErrorKind::Crypto, u"PARVIS_ATTACHMENT_DAMAGED"_s, {}, 0};
}

/// The newest was altered on its way, one is there already, one is saved.
void saveAll(Stage &stage)
{
    stage.goTo(SampleWorld::directRoom());
    auto &saver = *stage.app().timeline()->saver();
    saver.save(u"$f40"_s, u"Budget.ods"_s, placed(u"Budget.ods"_s));
    stage.world.media.saveError = Error{ErrorKind::NotFound, u"PARVIS_MEDIA_GONE"_s, {}, 0};
    saver.save(u"$f30"_s, u"Plan.pdf"_s, placed(u"Plan.pdf"_s));
    stage.world.media.saveError = Error{ErrorKind::Usage, u"PARVIS_FILE_EXISTS"_s, {}, 0};
    saver.save(u"$f20"_s, u"Photo.jpg"_s, placed(u"Photo.jpg"_s));
    stage.world.media.saveError = altered();
    saver.save(u"$f10"_s, u"Liste.csv"_s, placed(u"Liste.csv"_s));
    stage.settle();
}

Act joining(const QStringList &names, const QString &words = {})
{
    return [names, words](Stage &stage) {
        stage.goTo(SampleWorld::directRoom());
        QList<QUrl> files;
        for (const auto &name : names)
            files += placed(name);
        stage.app().composer()->files()->add(files);
        stage.type(words);
        stage.settle();
    };
}

void refusing(SampleWorld &world)
{
    world.signIn();
    const auto refuse = [&world](const QString &name, ErrorKind kind, const QString &code,
                                 const QString &detail = {}) {
        world.media.refused.insert(placed(name).toLocalFile(), Error{kind, code, detail, 0});
    };
    refuse(u"Film de la crue.mkv"_s, ErrorKind::TooLarge, u"PARVIS_FILE_TOO_LARGE"_s, u"104857600"_s);
    refuse(u"vide.txt"_s, ErrorKind::Usage, u"PARVIS_FILE_EMPTY"_s);
    refuse(u"Dossier"_s, ErrorKind::Usage, u"PARVIS_FILE_IS_FOLDER"_s);
    refuse(u"disparu.pdf"_s, ErrorKind::Storage, u"PARVIS_FILE_UNREADABLE"_s);
}

QStringList many()
{
    QStringList names;
    for (int i = 1; i <= FileTrayModel::mostFiles + 1; ++i)
        names += u"Photo %1.jpg"_s.arg(i);
    return names;
}

void dragOver(Stage &stage)
{
    stage.goTo(SampleWorld::directRoom());
    static QMimeData files;
    files.setUrls({placed(u"Plan.pdf"_s)});
    QDragEnterEvent enter({900, 300}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(stage.window(), &enter);
    stage.settle();
}

/// The menu of the newest message, by keys.
void menuOfNewest(Stage &stage)
{
    stage.goTo(SampleWorld::directRoom());
    stage.press(Qt::Key_F6, Qt::ShiftModifier); // to the list of rooms
    stage.press(Qt::Key_F6);
    stage.press(Qt::Key_Tab, Qt::ShiftModifier);
    stage.press(Qt::Key_Menu);
}

} // namespace

QList<GalleryPage> filePages()
{
    const QStringList two{u"Plan d’évacuation.pdf"_s, u"Carte des zones inondables de la rive sud.png"_s};
    const QStringList wrong{u"Film de la crue.mkv"_s, u"vide.txt"_s, u"Dossier"_s, u"disparu.pdf"_s};
    const auto open = [](Stage &stage) { stage.goTo(SampleWorld::directRoom()); };
    return {
        {u"files-joined"_s, signedIn, joining(two, u"Voici le plan et la carte"_s)},
        {u"files-joined-long"_s, signedIn,
         joining({u"Arrêté préfectoral n° 2026-1187 portant règles d’urgence et interdiction de circuler "
                  u"sur les quais de la rive sud, version consolidée et signée, annexes comprises.pdf"_s})},
        {u"files-joined-many"_s, signedIn, joining(many())},
        {u"files-joined-narrow"_s, signedIn, joining(two), {480, 720}},
        {u"files-refused"_s, refusing, joining(wrong + two.mid(0, 1))},
        {u"files-taking"_s, signedIn,
         [two](Stage &stage) {
             joining(two)(stage);
             stage.world.media.hold = true;
             stage.press(Qt::Key_Return);
             stage.settle();
         }},
        {u"files-drop"_s, signedIn, dragOver},
        {u"files-received"_s, receivedFiles, open},
        {u"files-received-narrow"_s, receivedFiles, open, {480, 720}},
        {u"files-sent"_s, sentFiles, open},
        {u"files-outcomes"_s, outcomes, saveAll},
        {u"files-saved"_s, outcomes,
         [](Stage &stage) {
             stage.goTo(SampleWorld::directRoom());
             stage.app().timeline()->saver()->save(u"$f10"_s, u"Liste.csv"_s, placed(u"Liste.csv"_s));
             stage.settle();
         }},
        {u"files-menu"_s, receivedFiles, menuOfNewest},
    };
}

} // namespace parvis

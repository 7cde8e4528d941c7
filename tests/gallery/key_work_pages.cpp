// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/pages.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

using Prepare = std::function<void(SampleWorld &)>;
using Act = std::function<void(Stage &)>;

constexpr auto passphrase = "cinq mots valent mieux ici";

Act opened(KeyProgress::Kind kind)
{
    switch (kind) {
    case KeyProgress::Kind::None:
        break;
    case KeyProgress::Kind::Export:
        return settingsAt(u"Exporter les clés dans un fichier…"_s, u"Export the keys to a file…"_s);
    case KeyProgress::Kind::Import:
        return settingsAt(u"Importer des clés d’un fichier…"_s, u"Import keys from a file…"_s);
    case KeyProgress::Kind::Restore:
        return settingsAt(u"Récupérer tous mes messages…"_s, u"Get all messages back…"_s);
    }
    return {};
}

/// Another place than the one that is offered, which is that of whoever runs this.
void toPlace(Stage &stage, KeyProgress::Kind kind)
{
    opened(kind)(stage);
    stage.press(Qt::Key_A, Qt::ControlModifier);
    stage.type(kind == KeyProgress::Kind::Export ? u"~/Documents/parvis-keys.txt"_s
                                                 : u"~/Documents/tchap-keys.txt"_s);
}

/// By keys: the file, the passphrase, twice where a file is made. A restore needs none.
void filled(Stage &stage, KeyProgress::Kind kind)
{
    if (kind == KeyProgress::Kind::Restore)
        return opened(kind)(stage);
    toPlace(stage, kind);
    stage.press(Qt::Key_Return);
    stage.type(QString::fromLatin1(passphrase));
    stage.press(Qt::Key_Return);
    if (kind == KeyProgress::Kind::Export) {
        stage.type(QString::fromLatin1(passphrase));
        stage.press(Qt::Key_Return);
    }
    stage.settle();
}

/// Under way: @p done of 3000.
Act running(KeyProgress::Kind kind, int done)
{
    return [kind, done](Stage &stage) {
        stage.world.encryption.hold = true;
        filled(stage, kind);
        stage.world.encryption.progress.set({kind, done, 3000});
        stage.settle();
    };
}

Act ended(KeyProgress::Kind kind)
{
    return [kind](Stage &stage) {
        running(kind, 2970)(stage);
        stage.world.encryption.release();
        stage.settle();
    };
}

Prepare answering(const Result<KeyCounts> &answer)
{
    return [answer](SampleWorld &world) {
        world.signIn();
        world.encryption.keyAnswer = answer;
    };
}

Prepare failing(ErrorKind kind, const QString &code)
{
    return answering(fail(kind, code));
}

} // namespace

QList<GalleryPage> keyWorkPages()
{
    using Kind = KeyProgress::Kind;
    return {
        {u"keys-export"_s, signedIn, [](Stage &stage) { toPlace(stage, Kind::Export); }},
        {u"keys-exporting"_s, signedIn, running(Kind::Export, 1980)},
        {u"keys-exported"_s, answering(KeyCounts{3000, 3000}), ended(Kind::Export)},
        {u"keys-export-failed"_s, failing(ErrorKind::Storage, u"PARVIS_FILE_NOT_WRITTEN"_s),
         ended(Kind::Export)},
        {u"keys-import"_s, signedIn, opened(Kind::Import)},
        {u"keys-importing"_s, signedIn, running(Kind::Import, 420)},
        {u"keys-imported"_s, answering(KeyCounts{2870, 3000}), ended(Kind::Import)},
        {u"keys-import-wrong"_s, failing(ErrorKind::Crypto, u"PARVIS_KEY_EXPORT_PASSPHRASE"_s),
         ended(Kind::Import)},
        {u"keys-import-damaged"_s, failing(ErrorKind::Crypto, u"PARVIS_KEY_EXPORT_NO_FOOTER"_s),
         ended(Kind::Import)},
        {u"keys-stopped"_s, signedIn,
         [](Stage &stage) {
             running(Kind::Import, 420)(stage);
             stage.press(Qt::Key_Return); // on Stop
         }},
        {u"keys-restore"_s, signedIn, running(Kind::Restore, 1240)},
        {u"keys-restored"_s, answering(KeyCounts{2870, 3000}), ended(Kind::Restore)},
        {u"keys-restore-failed"_s, failing(ErrorKind::Network, u"PARVIS_HOST_NOT_FOUND"_s),
         ended(Kind::Restore)},
        {u"keys-background"_s, signedIn,
         [](Stage &stage) {
             running(Kind::Restore, 1240)(stage);
             stage.press(Qt::Key_Escape);
         }},
    };
}

} // namespace parvis

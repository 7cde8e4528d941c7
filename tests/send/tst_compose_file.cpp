// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "send/compose.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

const FileMessage picture{
    .name = u"photo.png"_s, .mediaType = u"image/png"_s, .bytes = 9, .width = 4, .height = 3};

QJsonObject composed(const FileMessage &file)
{
    return QJsonDocument::fromJson(composeFile(file).value()).object();
}

QString kindOf(const QString &mediaType, bool asFile = false)
{
    FileMessage file = picture;
    file.mediaType = mediaType;
    file.asFile = asFile;
    return composed(file)["msgtype"_L1].toString();
}

} // namespace

/// What a message says of its file.
class ComposeFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsKnown()
    {
        QCOMPARE(
            composed(picture),
            (QJsonObject{
                {"msgtype"_L1, u"m.image"_s},
                {"body"_L1, u"photo.png"_s},
                {"filename"_L1, u"photo.png"_s},
                {"m.mentions"_L1, QJsonObject()},
                {"info"_L1,
                 QJsonObject{{"mimetype"_L1, u"image/png"_s}, {"size"_L1, 9}, {"w"_L1, 4}, {"h"_L1, 3}}}}));
    }

    void choosesTheKind()
    {
        QCOMPARE(kindOf(u"image/jpeg"_s), u"m.image"_s);
        QCOMPARE(kindOf(u"video/mp4"_s), u"m.video"_s);
        QCOMPARE(kindOf(u"audio/ogg"_s), u"m.audio"_s);
        QCOMPARE(kindOf(u"application/pdf"_s), u"m.file"_s);
        QCOMPARE(kindOf(u"image/svg+xml"_s), u"m.file"_s);
        QCOMPARE(kindOf(u"imagery/x"_s), u"m.file"_s);
        QCOMPARE(kindOf(u"image/png"_s, true), u"m.file"_s);
    }

    void aCaptionStandsInTheBody()
    {
        FileMessage file = picture;
        file.caption = u"le **plan**"_s;
        const QJsonObject content = composed(file);

        QCOMPARE(content["body"_L1].toString(), u"le **plan**"_s);
        QCOMPARE(content["filename"_L1].toString(), u"photo.png"_s);
        QVERIFY(content["formatted_body"_L1].toString().contains("<strong>plan</strong>"_L1));
        QCOMPARE(content["msgtype"_L1].toString(), u"m.image"_s);
    }

    void aCaptionIsNoCommand()
    {
        FileMessage file = picture;
        file.caption = u"/me part"_s;

        QCOMPARE(composed(file)["msgtype"_L1].toString(), u"m.image"_s);
        QCOMPARE(composed(file)["body"_L1].toString(), u"/me part"_s);
    }

    void aBlankCaptionIsNone()
    {
        FileMessage file = picture;
        file.caption = u" \n"_s;

        QCOMPARE(composed(file)["body"_L1].toString(), u"photo.png"_s);
    }

    void aLongCaptionIsRefused()
    {
        FileMessage file = picture;
        file.caption = QString(60'000, u'a');

        QCOMPARE(composeFile(file).error().code, u"PARVIS_MESSAGE_TOO_LARGE"_s);
    }
};

QTEST_GUILESS_MAIN(ComposeFileTest)
#include "tst_compose_file.moc"

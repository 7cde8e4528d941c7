// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "crypto/attachment_encryption.h"
#include "crypto/key_export.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>

#include <limits>

#include "crypto_functions.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

QByteArray compact(const QJsonValue &value)
{
    return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

tl::unexpected<Error> notOpen()
{
    return fail(ErrorKind::Bug, u"PARVIS_FILE_UNREADABLE"_s);
}

Result<QJsonValue> keyExportDecrypt(const QJsonObject &input)
{
    QByteArray text = input["text"_L1].toString().toUtf8();
    QBuffer file(&text);
    if (!file.open(QIODevice::ReadOnly))
        return notOpen();
    QJsonArray sessions;
    const auto sink = [&sessions](const QByteArray &record) {
        sessions += QJsonDocument::fromJson(record).object();
        return true;
    };
    return crypto::readKeyExport(file, input["passphrase"_L1].toString().toUtf8(), sink)
        .map([&sessions](qint64) {
            return QJsonValue(QJsonObject{{"sessions"_L1, sessions}});
        });
}

Result<QJsonValue> keyExportEncrypt(const QJsonObject &input)
{
    QBuffer file;
    if (!file.open(QIODevice::WriteOnly))
        return notOpen();
    const qint64 rounds = input["rounds"_L1].toInteger(crypto::newPassphraseRounds);
    const bool fits = rounds >= 0 && rounds <= std::numeric_limits<quint32>::max();
    auto writer = crypto::KeyExportWriter::begin(file, input["passphrase"_L1].toString().toUtf8(),
                                                 fits ? quint32(rounds) : 0);
    if (!writer)
        return tl::unexpected(writer.error());
    Result<void> done;
    for (const auto &session : input["sessions"_L1].toArray())
        done = done.and_then([&] { return writer->add(compact(session)); });
    return done.and_then([&writer] { return writer->finish(); }).map([&file] {
        return QJsonValue(QJsonObject{{"text"_L1, QString::fromLatin1(file.data())}});
    });
}

Result<QJsonValue> attachmentEncrypt(const QJsonObject &input)
{
    auto data = fromBase64(input["data_base64"_L1].toString().toUtf8());
    if (!data)
        return tl::unexpected(data.error());
    QBuffer from(&*data);
    QBuffer to;
    if (!from.open(QIODevice::ReadOnly) || !to.open(QIODevice::WriteOnly))
        return notOpen();
    return crypto::encryptAttachment(from, to).map([&to](const crypto::EncryptedFile &file) {
        return QJsonValue(QJsonObject{{"file"_L1, QJsonDocument::fromJson(file.toJson()).object()},
                                      {"data_base64"_L1, QString::fromLatin1(toBase64(to.data()))}});
    });
}

Result<QJsonValue> attachmentDecrypt(const QJsonObject &input)
{
    const auto file = crypto::EncryptedFile::parse(compact(input["file"_L1]));
    auto data = fromBase64(input["data_base64"_L1].toString().toUtf8());
    if (!file || !data)
        return tl::unexpected(!file ? file.error() : data.error());
    QBuffer from(&*data);
    QBuffer to;
    if (!from.open(QIODevice::ReadOnly) || !to.open(QIODevice::WriteOnly))
        return notOpen();
    return crypto::decryptAttachment(from, *file, to).map([&to] {
        return QJsonValue(QJsonObject{{"data_base64"_L1, QString::fromLatin1(toBase64(to.data()))}});
    });
}

} // namespace

const QHash<QString, PureFunction> &fileFunctions()
{
    static const QHash<QString, PureFunction> all{{u"key_export_decrypt"_s, keyExportDecrypt},
                                                  {u"key_export_encrypt"_s, keyExportEncrypt},
                                                  {u"attachment_encrypt"_s, attachmentEncrypt},
                                                  {u"attachment_decrypt"_s, attachmentDecrypt}};
    return all;
}

} // namespace parvis::driver

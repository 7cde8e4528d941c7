// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/verification_qr.h"

#include "base/base64.h"
#include "crypto/ed25519_point_p.h"
#include "crypto/primitives.h"
#include "crypto/sizes_p.h"

#include <QStringDecoder>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr QByteArrayView magic = "MATRIX";
constexpr char qrVersion = 2;
constexpr qsizetype headBytes = 6 + 1 + 1 + 2;

tl::unexpected<Error> qrRefused(QString code, const char *what = "")
{
    return fail(ErrorKind::Crypto, std::move(code), QLatin1StringView(what));
}

tl::unexpected<Error> damaged(const char *what)
{
    return qrRefused(u"PARVIS_QR_DAMAGED"_s, what);
}

bool isKey(QByteArrayView bytes)
{
    return isSafeEd25519Key(bytes) && isEd25519Point(bytes);
}

Ed25519Key keyOf(QByteArrayView bytes)
{
    return Ed25519Key(QString::fromLatin1(toBase64(bytes)));
}

} // namespace

Result<VerificationQr> VerificationQr::parse(QByteArrayView bytes)
{
    if (bytes.size() > maxBytes || !bytes.startsWith(magic))
        return qrRefused(u"PARVIS_QR_NOT_VERIFICATION"_s);
    if (bytes.size() < headBytes - 2)
        return damaged("head");
    if (bytes[6] != qrVersion)
        return qrRefused(u"PARVIS_QR_UNSUPPORTED"_s, "version");
    if (bytes[7] < 0 || bytes[7] > 2)
        return qrRefused(u"PARVIS_QR_UNSUPPORTED"_s, "mode");
    if (bytes.size() < headBytes)
        return damaged("head");
    const qsizetype idSize = qFromBigEndian<quint16>(bytes.data() + 8);
    const QByteArrayView rest = bytes.sliced(headBytes);
    if (idSize == 0 || rest.size() < idSize + 2 * keyBytes + minSecret)
        return damaged("size");
    QStringDecoder utf8(QStringDecoder::Utf8,
                        QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    const QString flowId = utf8.decode(rest.first(idSize));
    if (utf8.hasError())
        return damaged("flow id");
    const QByteArrayView first = rest.sliced(idSize, keyBytes);
    const QByteArrayView second = rest.sliced(idSize + keyBytes, keyBytes);
    if (!isKey(first) || !isKey(second))
        return damaged("keys");
    return VerificationQr{Mode(bytes[7]), flowId, keyOf(first), keyOf(second),
                          Secret(rest.sliced(idSize + 2 * keyBytes))};
}

Result<QByteArray> VerificationQr::toBytes() const
{
    const QByteArray id = flowId.toUtf8();
    const QByteArray first = publicKeyBytes(firstKey.toString());
    const QByteArray second = publicKeyBytes(secondKey.toString());
    if (id.isEmpty() || !isKey(first) || !isKey(second) || secret.size() < minSecret
        || headBytes + id.size() + 2 * keyBytes + secret.size() > maxBytes)
        return damaged("parts");
    QByteArray bytes =
        magic.toByteArray() + qrVersion + char(mode) + char(id.size() >> 8) + char(id.size() & 0xff);
    bytes += id + first + second;
    bytes.append(secret.view());
    return bytes;
}

} // namespace parvis::crypto

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "forgery.h"

#include "base/base64.h"
#include "base/canonical_json.h"
#include "crypto/primitives.h"
#include "crypto/sas.h"
#include "crypto/signing.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace parvis::crypto;

namespace parvis::forger {

namespace {

tl::unexpected<Error> noSuch(const QString &name)
{
    return fail(ErrorKind::NotFound, u"FORGER_NO_SUCH_NAME"_s, name);
}

QString text(const QJsonObject &args, QLatin1StringView name)
{
    return args[name].toString();
}

QByteArray latin(const QJsonObject &args, QLatin1StringView name)
{
    return args[name].toString().toLatin1();
}

QByteArray bare(QJsonObject object)
{
    object.remove("signatures"_L1);
    object.remove("unsigned"_L1);
    return canonicalJson(object).value_or(QByteArray());
}

QJsonValue one(QLatin1StringView name, const QByteArray &value)
{
    return QJsonObject{{name, QString::fromUtf8(value)}};
}

OlmMessage message(const QJsonObject &args)
{
    return {OlmMessage::Type(args["type"_L1].toInt()), latin(args, "body"_L1)};
}

template <typename Map>
auto *find(Map &map, const QString &name)
{
    const auto it = map.find(name);
    return it == map.end() ? nullptr : &it->second;
}

} // namespace

Forgery::Forgery()
    : m_commands{{u"account"_s, &Forgery::account},
                 {u"sign"_s, &Forgery::sign},
                 {u"one_time_keys"_s, &Forgery::oneTimeKeys},
                 {u"signer"_s, &Forgery::signer},
                 {u"sign_with"_s, &Forgery::signWith},
                 {u"olm_open"_s, &Forgery::olmOpen},
                 {u"olm_accept"_s, &Forgery::olmAccept},
                 {u"olm_encrypt"_s, &Forgery::olmEncrypt},
                 {u"olm_decrypt"_s, &Forgery::olmDecrypt},
                 {u"megolm"_s, &Forgery::megolm},
                 {u"megolm_encrypt"_s, &Forgery::megolmEncrypt},
                 {u"megolm_take"_s, &Forgery::megolmTake},
                 {u"megolm_decrypt"_s, &Forgery::megolmDecrypt},
                 {u"pair"_s, &Forgery::pair},
                 {u"agree"_s, &Forgery::agree},
                 {u"commitment"_s, &Forgery::commitment}}
{
}

Result<QJsonValue> Forgery::run(const QString &command, const QJsonObject &args)
{
    const auto found = m_commands.constFind(command);
    if (found == m_commands.cend())
        return fail(ErrorKind::NotFound, u"FORGER_NO_SUCH_COMMAND"_s, command);
    return (this->**found)(args);
}

/// {name}: a new account.
Result<QJsonValue> Forgery::account(const QJsonObject &args)
{
    auto made = OlmAccount::create();
    if (!made)
        return tl::unexpected(made.error());
    const QJsonObject keys{{"curve"_L1, made->curveKey().toString()},
                           {"ed"_L1, made->signingKey().toString()}};
    m_accounts.insert_or_assign(text(args, "name"_L1), *std::move(made));
    return QJsonValue(keys);
}

/// {name, object}: the account's signature over an object, whatever it says.
Result<QJsonValue> Forgery::sign(const QJsonObject &args)
{
    const OlmAccount *account = find(m_accounts, text(args, "name"_L1));
    if (!account)
        return noSuch(text(args, "name"_L1));
    return account->sign(bare(args["object"_L1].toObject())).map([](const QByteArray &signature) {
        return one("signature"_L1, signature);
    });
}

/// {name, count}: new one-time keys, unsigned, by id.
Result<QJsonValue> Forgery::oneTimeKeys(const QJsonObject &args)
{
    OlmAccount *account = find(m_accounts, text(args, "name"_L1));
    if (!account)
        return noSuch(text(args, "name"_L1));
    if (auto made = account->generateOneTimeKeys(args["count"_L1].toInt(10)); !made)
        return tl::unexpected(made.error());
    const auto keys = account->unpublishedOneTimeKeys();
    if (!keys)
        return tl::unexpected(keys.error());
    QJsonObject named;
    for (auto it = keys->cbegin(); it != keys->cend(); ++it)
        named[it.key()] = it->toString();
    account->markKeysAsPublished();
    return QJsonValue(named);
}

/// {seed?}: a signing key outside any account, as cross-signing has them.
Result<QJsonValue> Forgery::signer(const QJsonObject &args)
{
    Secret seed = Secret::random(32);
    if (args.contains("seed"_L1)) {
        auto given = secretFromBase64(latin(args, "seed"_L1));
        if (!given)
            return tl::unexpected(given.error());
        seed = *std::move(given);
    }
    return ed25519PublicKey(seed).map([&seed](const Ed25519Key &key) {
        return QJsonValue(
            QJsonObject{{"seed"_L1, QString::fromLatin1(toBase64(seed.view()))}, {"key"_L1, key.toString()}});
    });
}

/// {seed, object}: the signature of such a key.
Result<QJsonValue> Forgery::signWith(const QJsonObject &args)
{
    const auto seed = secretFromBase64(latin(args, "seed"_L1));
    if (!seed)
        return tl::unexpected(seed.error());
    return signatureOf(bare(args["object"_L1].toObject()), *seed).map([](const QByteArray &signature) {
        return one("signature"_L1, signature);
    });
}

/// {name, session, curve, one_time_key}: an Olm session to whoever has these keys.
Result<QJsonValue> Forgery::olmOpen(const QJsonObject &args)
{
    const OlmAccount *account = find(m_accounts, text(args, "name"_L1));
    if (!account)
        return noSuch(text(args, "name"_L1));
    auto session = OlmSession::outbound(*account, Curve25519Key(text(args, "curve"_L1)),
                                        Curve25519Key(text(args, "one_time_key"_L1)));
    if (!session)
        return tl::unexpected(session.error());
    m_sessions.insert_or_assign(text(args, "session"_L1), *std::move(session));
    return QJsonValue(QJsonObject());
}

/// {name, session, curve, body}: the session that a pre-key message opens, and its text.
Result<QJsonValue> Forgery::olmAccept(const QJsonObject &args)
{
    OlmAccount *account = find(m_accounts, text(args, "name"_L1));
    if (!account)
        return noSuch(text(args, "name"_L1));
    const OlmMessage opening{OlmMessage::Type::PreKey, latin(args, "body"_L1)};
    auto session = OlmSession::inbound(*account, Curve25519Key(text(args, "curve"_L1)), opening);
    if (!session)
        return tl::unexpected(session.error());
    const auto plaintext = session->decrypt(opening);
    if (!plaintext)
        return tl::unexpected(plaintext.error());
    account->removeOneTimeKey(*session);
    m_sessions.insert_or_assign(text(args, "session"_L1), *std::move(session));
    return one("plaintext"_L1, *plaintext);
}

/// {session, plaintext}: the next message.
Result<QJsonValue> Forgery::olmEncrypt(const QJsonObject &args)
{
    OlmSession *session = find(m_sessions, text(args, "session"_L1));
    if (!session)
        return noSuch(text(args, "session"_L1));
    return session->encrypt(text(args, "plaintext"_L1).toUtf8()).map([](const OlmMessage &made) {
        return QJsonValue(
            QJsonObject{{"type"_L1, int(made.type)}, {"body"_L1, QString::fromLatin1(made.body)}});
    });
}

/// {session, type, body}
Result<QJsonValue> Forgery::olmDecrypt(const QJsonObject &args)
{
    OlmSession *session = find(m_sessions, text(args, "session"_L1));
    if (!session)
        return noSuch(text(args, "session"_L1));
    return session->decrypt(message(args)).map([](const QByteArray &plaintext) {
        return one("plaintext"_L1, plaintext);
    });
}

/// {session}: a new Megolm session, or the one of this name as it stands now.
Result<QJsonValue> Forgery::megolm(const QJsonObject &args)
{
    const QString name = text(args, "session"_L1);
    if (!find(m_outbound, name)) {
        auto made = MegolmOutbound::create();
        if (!made)
            return tl::unexpected(made.error());
        m_outbound.insert_or_assign(name, *std::move(made));
    }
    const MegolmOutbound *session = find(m_outbound, name);
    return session->sessionKey().map([session](const Secret &key) {
        return QJsonValue(QJsonObject{{"session_id"_L1, session->id().toString()},
                                      {"session_key"_L1, QString::fromLatin1(key.view())},
                                      {"index"_L1, int(session->index())}});
    });
}

/// {session, plaintext}
Result<QJsonValue> Forgery::megolmEncrypt(const QJsonObject &args)
{
    MegolmOutbound *session = find(m_outbound, text(args, "session"_L1));
    if (!session)
        return noSuch(text(args, "session"_L1));
    return session->encrypt(text(args, "plaintext"_L1).toUtf8()).map([](const QByteArray &made) {
        return one("ciphertext"_L1, made);
    });
}

/// {session, key, exported?}: a session to read with.
Result<QJsonValue> Forgery::megolmTake(const QJsonObject &args)
{
    auto made = args["exported"_L1].toBool() ? MegolmInbound::fromExport(latin(args, "key"_L1))
                                             : MegolmInbound::fromSessionKey(latin(args, "key"_L1));
    if (!made)
        return tl::unexpected(made.error());
    const auto exported = made->exportAt(made->firstKnownIndex());
    if (!exported)
        return tl::unexpected(exported.error());
    const QJsonObject answer{{"session_id"_L1, made->id().toString()},
                             {"index"_L1, int(made->firstKnownIndex())},
                             {"exported"_L1, QString::fromLatin1(exported->view())}};
    m_inbound.insert_or_assign(text(args, "session"_L1), *std::move(made));
    return QJsonValue(answer);
}

/// {session, ciphertext}
Result<QJsonValue> Forgery::megolmDecrypt(const QJsonObject &args)
{
    const MegolmInbound *session = find(m_inbound, text(args, "session"_L1));
    if (!session)
        return noSuch(text(args, "session"_L1));
    return session->decrypt(latin(args, "ciphertext"_L1)).map([](const MegolmInbound::Decrypted &made) {
        return QJsonValue(
            QJsonObject{{"plaintext"_L1, QString::fromUtf8(made.plaintext)}, {"index"_L1, int(made.index)}});
    });
}

/// {name}: a key pair, for one verification or a key backup.
Result<QJsonValue> Forgery::pair(const QJsonObject &args)
{
    auto made = newCurve25519Pair();
    if (!made)
        return tl::unexpected(made.error());
    const QJsonObject keys{{"key"_L1, made->publicKey.toString()},
                           {"private"_L1, QString::fromLatin1(toBase64(made->privateKey.view()))}};
    m_pairs.insert_or_assign(text(args, "name"_L1), *std::move(made));
    return QJsonValue(keys);
}

/// {name, key}: what the pair and the other's key have in common.
Result<QJsonValue> Forgery::agree(const QJsonObject &args)
{
    const Curve25519Pair *own = find(m_pairs, text(args, "name"_L1));
    if (!own)
        return noSuch(text(args, "name"_L1));
    return agreedSecret(own->privateKey, Curve25519Key(text(args, "key"_L1))).map([](const Secret &shared) {
        return one("shared_secret_base64"_L1, toBase64(shared.view()));
    });
}

/// {key, start}: what the accepter of a verification promises of its key.
Result<QJsonValue> Forgery::commitment(const QJsonObject &args)
{
    const QByteArray start = QJsonDocument(args["start"_L1].toObject()).toJson(QJsonDocument::Compact);
    return sasCommitment(Curve25519Key(text(args, "key"_L1)), start).map([](const QByteArray &made) {
        return one("commitment"_L1, made);
    });
}

} // namespace parvis::forger

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "test_certificates.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

namespace parvis {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Key newKey()
{
    return {EVP_EC_gen("P-256"), EVP_PKEY_free};
}

template <typename Write>
QByteArray toPem(Write write)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
    write(bio.get());
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, qsizetype(size)};
}

void extend(X509 *certificate, int nid, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

Certificate newCertificate(EVP_PKEY *key, const char *name, long from, long to)
{
    static long serial = 1;
    Certificate certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), from);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), to);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char *>(name), -1, -1, 0);
    return certificate;
}

QByteArray pemOf(X509 *certificate)
{
    return toPem([&](BIO *bio) { PEM_write_bio_X509(bio, certificate); });
}

} // namespace

struct TestAuthority::Parts {
    Key key{nullptr, EVP_PKEY_free};
    Certificate certificate{nullptr, X509_free};
};

TestAuthority::TestAuthority() : m_parts(new Parts)
{
    m_parts->key = newKey();
    m_parts->certificate =
        newCertificate(m_parts->key.get(), "Test authority", -10L * 365 * 86400, 365L * 86400);
    X509 *const own = m_parts->certificate.get();
    X509_set_issuer_name(own, X509_get_subject_name(own));
    extend(own, NID_basic_constraints, "critical,CA:TRUE");
    extend(own, NID_key_usage, "critical,keyCertSign,cRLSign");
    X509_sign(own, m_parts->key.get(), EVP_sha256());
}

TestAuthority::~TestAuthority()
{
    delete m_parts;
}

QByteArray TestAuthority::pem() const
{
    return pemOf(m_parts->certificate.get());
}

TestIdentity TestAuthority::issue(const TestCertificate &what) const
{
    const Key key = newKey();
    const Certificate certificate = newCertificate(key.get(), "Test server", what.from, what.to);
    X509 *const issuer = what.selfSigned ? certificate.get() : m_parts->certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
    extend(certificate.get(), NID_subject_alt_name, what.host);
    X509_sign(certificate.get(), what.selfSigned ? key.get() : m_parts->key.get(), EVP_sha256());

    const QByteArray keyPem = toPem(
        [&](BIO *bio) { PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    return {QSslCertificate(pemOf(certificate.get())), QSslKey(keyPem, QSsl::Ec)};
}

} // namespace parvis

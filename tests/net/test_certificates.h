// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QSslCertificate>
#include <QSslKey>

namespace parvis {

/// A certificate and what belongs to it, made when the test starts.
struct TestIdentity {
    QSslCertificate certificate;
    QSslKey key;
};

/// What is written into a server's certificate; seconds from now.
struct TestCertificate {
    const char *host = "DNS:localhost,IP:127.0.0.1";
    long from = -3600;
    long to = 3600;
    bool selfSigned = false;
};

/// A certificate authority that nobody knows but who is told.
class TestAuthority
{
public:
    TestAuthority();
    ~TestAuthority();
    TestAuthority(const TestAuthority &) = delete;
    TestAuthority &operator=(const TestAuthority &) = delete;

    [[nodiscard]] QByteArray pem() const;
    [[nodiscard]] TestIdentity issue(const TestCertificate &what) const;

private:
    struct Parts;
    Parts *m_parts;
};

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QTest>

#include "attacker.h"
#include "identity_maker.h"

namespace parvis::crypto {

using namespace Qt::StringLiterals;

/// Alice, who looks at Bob, and two identities that he may have.
class AliceAndBob : public QObject
{
protected:
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Attacker> phone; ///< Bob's
    const QString bob = u"@bob:two"_s;
    const IdentityMaker first{u"@bob:two"_s, 'b'};
    const IdentityMaker second{u"@bob:two"_s, 'p'};

    [[nodiscard]] IdentityView view(const QString &user) const
    {
        return *alice->machine->identity(UserId(user));
    }
    [[nodiscard]] DeviceTrust trust(const QString &user, const QString &device) const
    {
        const auto views = alice->machine->deviceViews(UserId(user));
        for (const DeviceView &one : *views) {
            if (one.device.device == DeviceId(device))
                return one.trust;
        }
        qWarning("no such device");
        return DeviceTrust::Blocked;
    }
    [[nodiscard]] bool noted(CryptoNote::Kind kind) const
    {
        return std::any_of(alice->notes.cbegin(), alice->notes.cend(),
                           [&](const CryptoNote &note) { return note.kind == kind; });
    }
    void verifyBob() { QVERIFY(alice->machine->verifiedUser(UserId(bob), Ed25519Key(first.master.key))); }
    void begin()
    {
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, u"@alice:one"_s, u"A"_s);
        phone = std::make_unique<Attacker>(*server, bob, u"B"_s);
        phone->publish();
        alice->flush();
        QVERIFY(alice->machine->trackUsers({UserId(bob)}));
        alice->flush();
    }
};

} // namespace parvis::crypto

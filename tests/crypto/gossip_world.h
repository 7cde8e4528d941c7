// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/megolm_inbound.h"

#include "recovery_world.h"
#include "verification_own_world.h"

namespace parvis::crypto {

/// Two devices of one person that have compared emoji; the laptop holds every secret of the account.
class GossipingDevices : public OwnDevices
{
protected:
    const QString userSigning = u"m.cross_signing.user_signing"_s;
    const QString backupName = u"m.megolm_backup.v1"_s;

    void makeBackup()
    {
        SetupPlayer setup(*laptop, false);
        setup.run();
        QVERIFY2(!setup.error, setup.error ? qPrintable(setup.error->code) : "");
        laptop->flush();
        phone->machine->recovery().checkBackup();
        phone->flush();
    }
    void compare()
    {
        ready(*laptop, *phone);
        emoji(*laptop);
        QVERIFY(laptop->take(laptop->all().confirm(laptop->flow)));
        QVERIFY(phone->take(phone->all().confirm(phone->flow)));
        trusted();
    }
    /// The phone lost this secret, and asks for it; the question is at the server. Answers its id.
    [[nodiscard]] QString lose(const QString &name)
    {
        phone->store.tables.secrets.erase(name);
        phone->start();
        if (!phone->machine->exchangeSecrets())
            return {};
        phone->flush();
        for (const auto &[key, row] : phone->store.tables.gossip) {
            if (row.secret == name && row.device == phone->device())
                return row.id;
        }
        return {};
    }
    /// The ids of the questions of this device's that are open.
    [[nodiscard]] static QStringList openOf(const Verifier &one)
    {
        QStringList ids;
        for (const auto &[key, row] : one.store.tables.gossip) {
            if (row.device == one.device())
                ids.append(row.id);
        }
        return ids;
    }
    [[nodiscard]] QJsonObject secret(const QString &id, const QByteArray &value) const
    {
        return {{u"request_id"_s, id}, {u"secret"_s, QString::fromLatin1(value)}};
    }
    [[nodiscard]] QByteArray valueOf(CrossSigningRole role) const
    {
        return laptop->machine->identityKey(role)->view().toByteArray().toBase64(
            QByteArray::OmitTrailingEquals);
    }
    [[nodiscard]] QJsonObject request(const QString &device, const QString &id, const QString &name,
                                      const QString &action = u"request"_s) const
    {
        return {{u"action"_s, action},
                {u"name"_s, name},
                {u"request_id"_s, id},
                {u"requesting_device_id"_s, device}};
    }
    /// The laptop hears this in clear, as from a device of its own account.
    void laptopHears(const QJsonObject &content, const QString &type = u"m.secret.request"_s)
    {
        laptop->receive(toDevice({FakeKeyServer::event(alice, type, content)}));
    }
    /// Messages that wait for the phone at the server.
    [[nodiscard]] qsizetype waiting() const { return server->devices[{alice, u"PHONE"_s}].inbox.size(); }
};

} // namespace parvis::crypto

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "session/account_header.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace parvis::session {

namespace {

constexpr int headerVersion = 1;

QString wordOf(AccountHeader::State state)
{
    switch (state) {
    case AccountHeader::State::Creating:
        return u"creating"_s;
    case AccountHeader::State::Ready:
        return u"ready"_s;
    case AccountHeader::State::Wiping:
        return u"wiping"_s;
    }
    Q_UNREACHABLE();
    return {};
}

} // namespace

Result<AccountHeader> AccountHeader::parse(const QByteArray &json)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    const int found = root["version"_L1].toInt();
    if (found > headerVersion)
        return fail(ErrorKind::Storage, u"PARVIS_STORE_NEWER"_s, u"profile.json"_s);

    AccountHeader header;
    header.userId = UserId(root["user_id"_L1].toString());
    header.deviceId = DeviceId(root["device_id"_L1].toString());
    header.baseUrl = root["base_url"_L1].toString().toUtf8();
    header.vaultEntry = root["vault_entry"_L1].toString();
    bool known = false;
    for (const State state : {State::Creating, State::Ready, State::Wiping}) {
        if (root["state"_L1].toString() == wordOf(state)) {
            header.state = state;
            known = true;
        }
    }
    if (found != headerVersion || !known || header.userId.isEmpty())
        return fail(ErrorKind::Storage, u"PARVIS_STORE_DAMAGED"_s, u"profile.json"_s);
    return header;
}

QByteArray AccountHeader::toJson() const
{
    return QJsonDocument(QJsonObject{{u"version"_s, headerVersion},
                                     {u"state"_s, wordOf(state)},
                                     {u"user_id"_s, userId.toString()},
                                     {u"device_id"_s, deviceId.toString()},
                                     {u"base_url"_s, QString::fromUtf8(baseUrl)},
                                     {u"vault_entry"_s, vaultEntry}})
        .toJson();
}

} // namespace parvis::session

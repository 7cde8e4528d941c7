// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QHash>
#include <QList>
#include <QSslSocket>
#include <QTcpServer>

#include <functional>
#include <optional>

#include "test_certificates.h"

namespace parvis {

/// What the server read.
struct SeenRequest {
    QByteArray verb;
    QByteArray path;
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;
};

/// What it says, byte for byte.
struct Script {
    QByteArray bytes = {}; ///< status line, headers, body
    qint64 filler = 0;     ///< so many more bytes 'x'
    bool close = false;    ///< hang up afterwards
    bool silent = false;   ///< say nothing at all

    static Script reply(int status, const QByteArray &body, const QByteArray &headers = {});
};

/// A small HTTP/1.1 server on a free port of this computer, which answers what a test tells it to.
class ScriptedServer : public QTcpServer
{
public:
    using Handler = std::function<Script(const SeenRequest &)>;

    explicit ScriptedServer(Handler handler, std::optional<TestIdentity> identity = {});

    [[nodiscard]] QByteArray url(const QByteArray &path = "/") const;

    QList<SeenRequest> seen;
    int open = 0; ///< requests that have no answer yet
    int mostOpen = 0;

protected:
    void incomingConnection(qintptr handle) override;

private:
    void read(QSslSocket *socket, QByteArray &buffer);
    void answer(QSslSocket *socket, const SeenRequest &request);

    Handler m_handler;
    std::optional<TestIdentity> m_identity;
};

} // namespace parvis

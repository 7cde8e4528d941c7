// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "scripted_server.h"

#include <algorithm>
#include <memory>

namespace parvis {

namespace {

std::optional<SeenRequest> takeRequest(QByteArray &buffer)
{
    const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return {};
    const QList<QByteArray> lines = buffer.first(headEnd).replace("\r\n", "\n").split('\n');
    const QList<QByteArray> first = lines.constFirst().split(' ');
    SeenRequest request{.verb = first.value(0), .path = first.value(1), .headers = {}, .body = {}};
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (buffer.size() < headEnd + 4 + length)
        return {};
    request.body = buffer.mid(headEnd + 4, length);
    buffer.remove(0, headEnd + 4 + length);
    return request;
}

} // namespace

Script Script::reply(int status, const QByteArray &body, const QByteArray &headers)
{
    return {.bytes = "HTTP/1.1 " + QByteArray::number(status) + " Some\r\nContent-Length: "
                + QByteArray::number(body.size()) + "\r\n" + headers + "\r\n" + body};
}

ScriptedServer::ScriptedServer(Handler handler, std::optional<TestIdentity> identity)
    : m_handler(std::move(handler)), m_identity(std::move(identity))
{
    listen(QHostAddress::LocalHost);
}

QByteArray ScriptedServer::url(const QByteArray &path) const
{
    return (m_identity ? "https" : "http") + QByteArray("://127.0.0.1:") + QByteArray::number(serverPort())
        + path;
}

void ScriptedServer::incomingConnection(qintptr handle)
{
    auto *socket = new QSslSocket(this);
    socket->setSocketDescriptor(handle);
    connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
    if (m_identity) {
        socket->setLocalCertificate(m_identity->certificate);
        socket->setPrivateKey(m_identity->key);
        socket->setPeerVerifyMode(QSslSocket::VerifyNone);
        socket->startServerEncryption();
    }
    auto buffer = std::make_shared<QByteArray>();
    connect(socket, &QSslSocket::readyRead, socket, [this, socket, buffer] { read(socket, *buffer); });
}

void ScriptedServer::read(QSslSocket *socket, QByteArray &buffer)
{
    buffer += socket->readAll();
    if (buffer.startsWith('\x16')) { // a TLS hello: what servers without TLS say to it
        socket->write("HTTP/1.1 400 Bad Request\r\n\r\n");
        return socket->disconnectFromHost();
    }
    while (const auto request = takeRequest(buffer)) {
        seen += *request;
        mostOpen = std::max(mostOpen, ++open);
        answer(socket, *request);
    }
}

void ScriptedServer::answer(QSslSocket *socket, const SeenRequest &request)
{
    const Script script = m_handler(request);
    if (script.silent)
        return;
    --open;
    socket->write(script.bytes);
    if (script.filler > 0) {
        // As the line takes it: the test's memory must not hold what the client refuses to.
        auto left = std::make_shared<qint64>(script.filler);
        const auto more = [socket, left] {
            while (*left > 0 && socket->bytesToWrite() < 1 << 20) {
                const qint64 now = std::min<qint64>(*left, 1 << 16);
                socket->write(QByteArray(now, 'x'));
                *left -= now;
            }
        };
        connect(socket, &QSslSocket::bytesWritten, socket, more);
        more();
    }
    if (script.close)
        socket->disconnectFromHost();
}

} // namespace parvis

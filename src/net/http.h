// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/secret.h"
#include "base/task.h"
#include "net/cancel.h"

#include <QByteArray>
#include <QList>

#include <functional>
#include <memory>

class QFileDevice;
class QIODevice;

namespace parvis {

enum class HttpVerb { Get, Head, Put, Post, Delete };

/// A request as plain data: what a test compares, and what one class alone sends.
struct HttpRequest {
    static constexpr int defaultTimeoutMs = 30'000;
    static constexpr qint64 defaultMaxReplyBytes = qint64(32) << 20;

    HttpVerb verb = HttpVerb::Get;
    /// Percent-encoded. Absolute ("https://..."), or a path that ApiClient puts behind the server's base URL.
    QByteArray url = {};
    QByteArray body = {};
    QByteArray contentType = "application/json";
    bool authenticated = true; ///< ApiClient adds the token
    bool idempotent = false;   ///< may be repeated as it is: GET, or PUT with a transaction id
    bool longPoll = false;     ///< waits at the server: not counted among the requests in flight
    /// Longest silence, and longest time altogether but for what a slow line needs for the bytes that came.
    int timeoutMs = defaultTimeoutMs;
    qint64 maxReplyBytes = defaultMaxReplyBytes; ///< of the decompressed body
    std::shared_ptr<const Secret> bearer = {};   ///< the token; set by ApiClient alone
    CancelToken cancel = {};                     ///< answers kind Cancelled, and closes the stream
    /// Sent in place of `body`, piece by piece, from its start on each try. Open, of a known size; who asks
    /// leaves it alone until the answer.
    std::shared_ptr<QIODevice> upload = {};
    /// Takes the body of a 2xx answer, piece by piece, in place of HttpReply::body; emptied before each try.
    /// Open for writing. What it holds after an error is worth nothing.
    std::shared_ptr<QFileDevice> download = {};
    /// Of `upload` or `download`, in bytes; total is -1 where the server does not say. May cancel the
    /// request.
    std::function<void(qint64 done, qint64 total)> progress = {};
};

struct HttpHeader {
    QByteArray name;
    QByteArray value;
};

/// What the server said, whatever the status: 4xx and 5xx are replies, not errors.
struct HttpReply {
    int status = 0;
    QByteArray body = {};
    QList<HttpHeader> headers = {};
    QByteArray url = {}; ///< where the answer came from, after redirects

    [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
    /// The first header of that name, whatever its case; empty if there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
    /// A web page, whatever its status: what portals and misdirected names answer.
    [[nodiscard]] bool isHtml() const;
};

/// The one way out to a server. Core thread. The real one owns the QNetworkAccessManager.
///
/// Errors: kinds Network, Tls, Timeout, TooLarge, Protocol, Cancelled, and of files Storage, with the codes
/// of docs/errors.md.
class Http
{
public:
    virtual ~Http() = default;
    [[nodiscard]] virtual Task<HttpReply> send(const HttpRequest &request) = 0;
};

/// True for this computer itself, by name or address.
[[nodiscard]] bool isLoopback(const QString &host);
/// True for https, and for http to this computer itself.
[[nodiscard]] bool mayConnect(QByteArrayView absoluteUrl);

} // namespace parvis

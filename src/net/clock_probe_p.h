// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"

#include <QNetworkAccessManager>
#include <QSslConfiguration>
#include <QSslError>
#include <QUrl>

namespace parvis {

/// Asks a server for the time after its certificate was found good but for its dates, so that the person
/// hears "your clock is wrong" where it is. Only these very errors are passed over, on a connection of its
/// own that is thrown away; nothing is sent but an empty question, nothing is used but the Date header.
class ClockProbe : public QObject
{
public:
    static constexpr int timeoutMs = 10'000;
    static constexpr qint64 toleratedMs = 60 * 60'000;

    explicit ClockProbe(QObject *parent) : QObject(parent) {}

    /// The server's clock minus ours, in milliseconds. Deletes itself after the answer.
    [[nodiscard]] Task<qint64> ask(const QUrl &url, const QSslConfiguration &tls,
                                   QNetworkProxyFactory *proxies, const QList<QSslError> &dateErrors);

private:
    QNetworkAccessManager m_manager;
};

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QNetworkAccessManager>

namespace parvis::bench {

/// The long poll of a Matrix client, and nothing else: what comes is read for its position alone.
class LongPoll
{
public:
    explicit LongPoll(QString server) : m_server(std::move(server)) {}

    void start();

private:
    void taken(const QByteArray &body);

    QString m_server;
    QString m_since;
    QNetworkAccessManager m_network;
};

} // namespace parvis::bench

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "long_poll.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace parvis::bench {

void LongPoll::start()
{
    // The first answer would be the whole account: the position behind it is known.
    const QString since = m_since.isEmpty() ? u"s0"_s : m_since;
    QNetworkReply *reply = m_network.get(
        QNetworkRequest(QUrl(m_server + u"/_matrix/client/v3/sync?timeout=30000&since="_s + since)));
    QObject::connect(reply, &QNetworkReply::finished, reply, [this, reply] {
        reply->deleteLater();
        taken(reply->readAll());
    });
}

void LongPoll::taken(const QByteArray &body)
{
    const QString next = QJsonDocument::fromJson(body)["next_batch"_L1].toString();
    if (next.isEmpty())
        std::exit(1); // no server: whoever measures sees that this has ended
    m_since = next;
    start();
}

} // namespace parvis::bench

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/shared_history.h"
#include "engine/engine.h"
#include "net/delay.h"

namespace parvis {

/// Fetches the keys of rooms' pasts that came with accepted invitations (MSC4268). What is open is in
/// keys.db; a start goes on with it, and what fails is tried again, less and less often. Core thread.
class HistoryKeys : public QObject
{
    Q_OBJECT

public:
    /// The first wait before a bundle is fetched anew, doubled each time, and the longest.
    static constexpr int firstWaitMs = 15'000;
    static constexpr int longestWaitMs = 3'600'000;

    HistoryKeys(Engine &engine, Delay &delay);

    /// The person accepted an invitation here.
    void accepted(const RoomId &room, const UserId &inviter);
    /// Fetches what is wanted by now, not on its way and not waiting after a failure.
    void look();
    /// The same without regard to failures: there is a connection again.
    void lookAgain();

private:
    using Place = std::pair<RoomId, UserId>;

    /// The machine knows whose invitations there are.
    void follow(const QList<RoomId> &rooms);
    void fetch(const crypto::BundleRecord &bundle);
    void opened(const crypto::BundleRecord &bundle, const Result<crypto::OpenedBundle> &keys);
    void finish(const crypto::BundleRecord &bundle, const Result<void> &done);
    void retryLater(const crypto::BundleRecord &bundle);

    struct Retry {
        crypto::BundleRecord bundle;
        int waitMs = 0;
        int plan = 0;
        bool waits = false;
    };
    Engine &m_engine;
    Delay &m_delay;
    QSet<Place> m_underWay;
    QHash<Place, Retry> m_retries;
    int m_plans = 0; ///< a wait of an older plan that ends is nothing any more
};

} // namespace parvis

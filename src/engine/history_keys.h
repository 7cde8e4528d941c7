// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/shared_history.h"
#include "engine/engine.h"

namespace parvis {

/// Fetches the keys of rooms' pasts that came with accepted invitations (MSC4268). What is open is in
/// keys.db; a start goes on with it. Core thread.
class HistoryKeys : public QObject
{
    Q_OBJECT

public:
    explicit HistoryKeys(Engine &engine);

    /// The person accepted an invitation here.
    void accepted(const RoomId &room, const UserId &inviter);
    /// Fetches what is wanted by now and not on its way.
    void look();

private:
    using Place = std::pair<RoomId, UserId>;

    void fetch(const crypto::BundleRecord &bundle);
    [[nodiscard]] Task<crypto::OpenedBundle> open(const crypto::BundleRecord &bundle);
    void opened(const crypto::BundleRecord &bundle, const Result<crypto::OpenedBundle> &keys);

    Engine &m_engine;
    QSet<Place> m_underWay;
};

} // namespace parvis

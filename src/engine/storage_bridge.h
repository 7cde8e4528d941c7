// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/storage_port.h"
#include "engine/core_link.h"

namespace parvis {

/// StoragePort over the core. UI thread.
class StorageBridge final : public QObject, public StoragePort
{
public:
    explicit StorageBridge(CoreLink link) : m_link(link) {}

    [[nodiscard]] Task<StorageFigures> figures() override;

private:
    CoreLink m_link;
};

} // namespace parvis

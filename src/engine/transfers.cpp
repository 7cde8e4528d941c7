// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/transfers.h"

#include <algorithm>

namespace parvis {

namespace {

constexpr qint64 stepBytes = qint64(1) << 20; ///< where the total is not known

bool isSame(const FileTransfer &one, const FileTransfer &other)
{
    return one.room == other.room && one.txn == other.txn && one.event == other.event;
}

/// What somebody sees of it.
qint64 shown(const FileTransfer &transfer)
{
    return transfer.total > 0 ? transfer.done * 100 / transfer.total : transfer.done / stepBytes;
}

} // namespace

void Transfers::show(FileTransfer transfer)
{
    transfer.total = std::max<qint64>(transfer.total, 0);
    auto now = m_all.get();
    const auto it =
        std::find_if(now.begin(), now.end(), [&](const FileTransfer &one) { return isSame(one, transfer); });
    if (it == now.end())
        now.append(transfer);
    else if (shown(*it) == shown(transfer) && it->total == transfer.total)
        return;
    else
        *it = transfer;
    m_all.set(now);
}

void Transfers::end(const FileTransfer &transfer)
{
    auto now = m_all.get();
    now.removeIf([&](const FileTransfer &one) { return isSame(one, transfer); });
    m_all.set(now);
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_value.h"
#include "client/media_port.h"

#include <QList>

namespace parvis {

/// The files on their way, for whoever shows how far they are. Tells no more often than there is something to
/// see. Core thread.
class Transfers
{
public:
    /// Begins it, or says how far it is; @p transfer.total may be 0 or less where it is not known.
    void show(FileTransfer transfer);
    /// It has ended, however.
    void end(const FileTransfer &transfer);

    [[nodiscard]] ObservableValue<QList<FileTransfer>> &all() { return m_all; }

private:
    ObservableValue<QList<FileTransfer>> m_all;
};

} // namespace parvis

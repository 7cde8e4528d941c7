// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// What the lines of joined files say.
#include "models/file_kind.h"
#include "models/file_size.h"
#include "models/file_tray_model.h"

using namespace Qt::StringLiterals;

namespace parvis {

QString FileTrayModel::noticeText() const
{
    return m_tooMany ? tr("No more than %n file(s) at once: the others were not joined.", "", mostFiles)
                     : QString();
}

int FileTrayModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(entries().size());
}

QString FileTrayModel::details(const Entry &entry)
{
    switch (entry.step) {
    case Checking:
        return tr("Being looked at…");
    case Taking:
        return tr("Being prepared…");
    case Ready:
    case Refused:
        break;
    }
    return entry.facts.bytes > 0 ? fileSize(entry.facts.bytes) : QString();
}

QString FileTrayModel::errorText(const Entry &entry)
{
    return entry.error ? ErrorText::of(*entry.error, ErrorText::During::Sending) : QString();
}

QVariant FileTrayModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &entry = entries().at(index.row());
    switch (Role(role)) {
    case FileIdRole:
        return entry.id;
    case NameRole:
        return entry.facts.name;
    case DetailsRole:
        return details(entry);
    case IconNameRole:
        return fileIcon(entry.facts.mediaType);
    case StepRole:
        return entry.step;
    case ErrorTextRole:
        return errorText(entry);
    case SpokenRole:
        //: A joined file as a screen reader says it. 1: its name, 2: its size, or what is wrong with it
        return tr("%1, %2").arg(entry.facts.name, entry.error ? errorText(entry) : details(entry));
    }
    return {};
}

QHash<int, QByteArray> FileTrayModel::roleNames() const
{
    return {{FileIdRole, "fileId"},     {NameRole, "name"}, {DetailsRole, "details"},
            {IconNameRole, "iconName"}, {StepRole, "step"}, {ErrorTextRole, "errorText"},
            {SpokenRole, "spoken"}};
}

} // namespace parvis

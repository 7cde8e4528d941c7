// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/file_kind.h"
#include "models/timeline_model.h"

namespace parvis {

namespace {

TimelineModel::Tone toneOf(ItemKind kind)
{
    switch (kind) {
    case ItemKind::Notice:
        return TimelineModel::NoticeTone;
    case ItemKind::Emote:
        return TimelineModel::EmoteTone;
    case ItemKind::Redacted:
    case ItemKind::Unknown:
        return TimelineModel::Faint;
    case ItemKind::Text:
    case ItemKind::Poll:
    case ItemKind::Location:
    case ItemKind::Image:
    case ItemKind::File:
    case ItemKind::Audio:
    case ItemKind::Video:
    case ItemKind::State:
    case ItemKind::Unreadable:
        return TimelineModel::Plain;
    }
    Q_UNREACHABLE();
    return TimelineModel::Plain;
}

QVariant itemField(const TimelineItem &item, TimelineModel::Role role)
{
    switch (role) {
    case TimelineModel::KeyRole:
        return item.key;
    case TimelineModel::EventIdRole:
        return item.eventId.toString();
    case TimelineModel::TxnIdRole:
        return item.txnId.toString();
    case TimelineModel::SenderRole:
        return item.sender.toString();
    case TimelineModel::SenderNameRole:
        return item.senderName;
    case TimelineModel::OrganisationRole:
        return item.senderOrganisation;
    case TimelineModel::ExternalRole:
        return item.senderExternal;
    case TimelineModel::OwnRole:
        return item.own;
    case TimelineModel::BodyRole:
        return item.hasMedia() ? item.media.caption : item.body;
    case TimelineModel::FileNameRole:
        return item.media.name;
    case TimelineModel::FileIconRole:
        return fileIcon(item.media.mediaType);
    case TimelineModel::FilePercentRole:
        return item.media.percent;
    case TimelineModel::ToneRole:
        return toneOf(item.kind);
    case TimelineModel::DeliveryRole:
        return int(item.state);
    case TimelineModel::ShieldRole:
        return int(item.shield);
    case TimelineModel::EditedRole:
        return item.edited;
    case TimelineModel::EditableRole:
        return item.editable;
    case TimelineModel::MentionRole:
        return item.mention;
    default:
        return {};
    }
}

} // namespace

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &row = item(index);
    switch (Role(role)) {
    case BlockRole:
        return int(row.block);
    case RichRole:
        return row.rich;
    case LineRole:
        return row.line;
    case FromRole:
        return row.from;
    case RemedyTextRole:
        return row.remedyText;
    case OffersRemedyRole:
        return row.offersRemedy;
    case TimeTextRole:
        return row.timeText;
    case FullTimeRole:
        return row.fullTime;
    case DayTextRole:
        return row.dayText;
    case NewLineRole:
        return row.newLine;
    case FirstOfGroupRole:
        return row.firstOfGroup;
    case ErrorTextRole:
        return row.errorText;
    case ShieldTextRole:
        return row.shieldText;
    case InitialsRole:
        return row.initials;
    case ColourRole:
        return row.colour;
    case SpokenRole:
        return row.spoken;
    case FileStepRole:
        return int(row.fileStep);
    case FileLabelRole:
        return row.fileLabel;
    case FileTextRole:
        return row.fileText;
    case FileNoteRole:
        return row.fileNoteText;
    case FileWrongRole:
        return row.fileNote.error.has_value();
    case FileAsksRole:
        return row.fileNote.asks();
    default:
        return itemField(row.item, Role(role));
    }
}

QHash<int, QByteArray> TimelineModel::roleNames() const
{
    return {{KeyRole, "key"},
            {EventIdRole, "eventId"},
            {TxnIdRole, "txnId"},
            {BlockRole, "block"},
            {SenderRole, "sender"},
            {SenderNameRole, "senderName"},
            {OrganisationRole, "organisation"},
            {ExternalRole, "external"},
            {OwnRole, "own"},
            {BodyRole, "body"},
            {RichRole, "rich"},
            {LineRole, "line"},
            {FromRole, "from"},
            {RemedyTextRole, "remedyText"},
            {OffersRemedyRole, "offersRemedy"},
            {ToneRole, "tone"},
            {TimeTextRole, "timeText"},
            {FullTimeRole, "fullTime"},
            {DayTextRole, "dayText"},
            {NewLineRole, "newLine"},
            {FirstOfGroupRole, "firstOfGroup"},
            {DeliveryRole, "delivery"},
            {ErrorTextRole, "errorText"},
            {ShieldRole, "shield"},
            {ShieldTextRole, "shieldText"},
            {EditedRole, "edited"},
            {EditableRole, "editable"},
            {MentionRole, "mention"},
            {InitialsRole, "initials"},
            {ColourRole, "colour"},
            {SpokenRole, "spoken"},
            {FileNameRole, "fileName"},
            {FileLabelRole, "fileLabel"},
            {FileTextRole, "fileText"},
            {FileIconRole, "fileIcon"},
            {FileStepRole, "fileStep"},
            {FilePercentRole, "filePercent"},
            {FileNoteRole, "fileNote"},
            {FileWrongRole, "fileWrong"},
            {FileAsksRole, "fileAsks"}};
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Qt.labs.qmlmodels
import Parvis.Models

/// The delegate for each block of a conversation; what is wanted of a line goes up as a signal.
DelegateChooser {
    id: root

    required property ListView view

    signal menuWanted(Item item, point at)
    signal pointed(Item line)
    signal retryWanted(string txnId)
    signal cancelWanted(string txnId)
    signal linkWanted(string url)
    signal detailsWanted(MessageFrame line)
    signal changesWanted(string key)
    signal helpWanted(string key)
    signal fileWanted(string eventId, string name, int act)

    role: "block"

    DelegateChoice {
        roleValue: TimelineModel.MessageBlock

        MessageDelegate {
            view: root.view
            onMenuWanted: (item, at) => root.menuWanted(item, at)
            onPointed: line => root.pointed(line)
            onLinkWanted: url => root.linkWanted(url)
            onDetailsWanted: line => root.detailsWanted(line)
        }
    }

    DelegateChoice {
        roleValue: TimelineModel.UnreadableBlock

        UnreadableDelegate {
            view: root.view
            onHelpWanted: key => root.helpWanted(key)
            onMenuWanted: (item, at) => root.menuWanted(item, at)
            onPointed: line => root.pointed(line)
        }
    }

    DelegateChoice {
        roleValue: TimelineModel.FoldedBlock

        FoldedDelegate {
            view: root.view
            onHelpWanted: key => root.helpWanted(key)
        }
    }

    DelegateChoice {
        roleValue: TimelineModel.ChangesBlock

        ChangesDelegate {
            view: root.view
            onChangesWanted: key => root.changesWanted(key)
        }
    }

    DelegateChoice {
        roleValue: TimelineModel.StateBlock

        StateDelegate {
            view: root.view
        }
    }

    DelegateChoice {
        roleValue: TimelineModel.FailedBlock

        FailedDelegate {
            view: root.view
            onMenuWanted: (item, at) => root.menuWanted(item, at)
            onPointed: line => root.pointed(line)
            onLinkWanted: url => root.linkWanted(url)
            onDetailsWanted: line => root.detailsWanted(line)
            onRetryWanted: txnId => root.retryWanted(txnId)
            onCancelWanted: txnId => root.cancelWanted(txnId)
        }
    }

    DelegateChoice {
        roleValue: TimelineModel.FileBlock

        FileDelegate {
            view: root.view
            onMenuWanted: (item, at) => root.menuWanted(item, at)
            onPointed: line => root.pointed(line)
            onLinkWanted: url => root.linkWanted(url)
            onFileWanted: act => root.fileWanted(eventId, fileName, act)
            onRetryWanted: txnId => root.retryWanted(txnId)
            onCancelWanted: txnId => root.cancelWanted(txnId)
        }
    }
}

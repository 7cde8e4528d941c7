// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "models/error_table_p.h"

namespace parvis {

/// The same for files that are sent and fetched. In alphabetical order.
inline constexpr std::array fileErrorTable{
    ErrorEntry{
        "PARVIS_ATTACHMENT_TOO_LARGE",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "The server sends more than this file has, so it was not fetched to its end. "
                          "Ask for it to be sent again.")},
    ErrorEntry{
        "PARVIS_FILE_CHANGED",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "This file has changed since it was joined. Remove it here and join it again "
                          "if it is to be sent as it is now.")},
    ErrorEntry{"PARVIS_FILE_EMPTY",
               QT_TRANSLATE_NOOP("parvis::ErrorText", "This file is empty: there is nothing to send.")},
    ErrorEntry{"PARVIS_FILE_EXISTS",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "There is a file of this name already. Choose another name or folder.")},
    ErrorEntry{"PARVIS_FILE_IS_FOLDER",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This is a folder. Make one file of it, an archive for example, and send "
                                 "that.")},
    ErrorEntry{"PARVIS_FILE_NOT_JOINED",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This file is joined no longer: it was sent or removed already.")},
    ErrorEntry{"PARVIS_FILE_TOO_LARGE",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "This file is larger than the server takes. Send it in parts, or by another "
                                 "way.")},
    ErrorEntry{"PARVIS_MEDIA_GONE",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "The server no longer has this file. Ask for it to be sent again.")},
    ErrorEntry{
        "PARVIS_NOT_FORWARDABLE",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "This cannot be forwarded there: it is no message, or its file would lose its "
                          "encryption. Write it anew instead.")},
    ErrorEntry{"PARVIS_NO_ATTACHMENT",
               QT_TRANSLATE_NOOP("parvis::ErrorText",
                                 "There is no file in this message, or it cannot be read yet.")},
    ErrorEntry{
        "PARVIS_OUTGOING_FILE_GONE",
        QT_TRANSLATE_NOOP("parvis::ErrorText",
                          "The copy of this file that waited to be sent is gone or damaged. Delete the "
                          "message and send the file again.")},
};

} // namespace parvis

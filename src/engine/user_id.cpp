// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/user_id.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace parvis {

bool isUserId(const UserId &user)
{
    static const QRegularExpression grammar(uR"(\A@[\x21-\x39\x3b-\x7e]*:[A-Za-z0-9.\-\[\]:]+\z)"_s);
    return user.toString().size() <= 255 && grammar.match(user.toString()).hasMatch();
}

} // namespace parvis

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QStringList>
#include <QUrl>

namespace parvis {

/// What a link of Matrix leads to: matrix: URIs, matrix.to, and the administration's own permalinks. A
/// stranger's word: nobody joins or writes by it unasked.
struct MatrixLink {
    enum class Kind { NotMatrix, Invalid, User, RoomAlias, Room, EventInAlias, EventInRoom };
    /// Why it is Invalid.
    enum class Problem { None, TooLong, BadEncoding, UnknownKind, BadId, BadEvent };

    static constexpr qsizetype longest = 8192; ///< UTF-16 units of a whole URI
    static constexpr qsizetype mostVia = 20;   ///< more servers than that are not tried

    Kind kind = Kind::NotMatrix;
    Problem problem = Problem::None;
    QString id = {};      ///< of the person or room, with its sigil
    QString event = {};   ///< of the Event kinds, with its sigil
    QStringList via = {}; ///< servers that may know the room; those that are no server names are left out
    QString action = {};  ///< "join" or "chat": what the person is to be asked about; else empty

    bool operator==(const MatrixLink &) const = default;
};

/// Percent-encoding is undone once, and only after the parts were told apart. @p permalinkPrefix is the
/// administration's, such as "https://exemple.gouv"; empty: none. Any thread; linear.
[[nodiscard]] MatrixLink parseLink(const QString &uri, const QString &permalinkPrefix = {});

/// The link that others are given for a person, a room or an address.
[[nodiscard]] QString matrixToLink(const QString &id);

/// Only what a browser or a mail program opens: never file:, never a scheme of some other program.
[[nodiscard]] bool mayOpen(const QUrl &url);

/// The address of a link in a message, as it may be followed: absolute, of a scheme that the specification
/// lists, of a host and of no user. Empty: the text stays, the link goes.
[[nodiscard]] QString followable(const QString &href);

/// The host in ASCII (letters of other alphabets that look like Latin ones stand there as "xn--…"); of a mail
/// address the part behind the @. Empty where there is none.
[[nodiscard]] QString trueHost(const QUrl &url);

/// The text of a link shows another host than the one it leads to, or the host is not in plain letters.
[[nodiscard]] bool isDoubtful(const QUrl &url, QStringView shown);

/// An address in plain text.
struct WebAddress {
    qsizetype at = 0;
    qsizetype length = 0; ///< without the full stop or the bracket behind it
    QUrl url = {};
};

/// The http and https addresses in @p plain that may be opened, the first @p most of them.
[[nodiscard]] QList<WebAddress> webAddressesIn(const QString &plain, qsizetype most);

} // namespace parvis

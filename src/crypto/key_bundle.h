// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_store.h"
#include "crypto/key_import.h"

#include <QByteArrayView>
#include <QList>

/// The contents of a key bundle (MSC4268): the keys of a room's past that may be shared, and the names of
/// those that may not. Pure functions, any thread.
namespace parvis::crypto {

/// No bundle that is larger is read, or made: servers take files of 50 to 100 MiB at most.
constexpr qint64 maxBundleBytes = qint64(64) << 20;
constexpr qint64 maxMadeBundleBytes = qint64(48) << 20;
/// Keys out of one bundle that are taken: years of a busy room, and no more work than that for whoever is
/// invited.
constexpr qsizetype maxBundleKeys = 20'000;
/// Hints out of one bundle that are remembered.
constexpr qsizetype maxBundleHints = 1000;

/// What was in a bundle of one room, ready to be taken in.
struct OpenedBundle {
    QList<InboundSessionRecord> keys;
    QList<SessionId> withheld; ///< without those that are among the keys
};

/// PARVIS_KEY_BUNDLE for what is none. Keys of other rooms, and those that are not what they say they are,
/// are left out.
[[nodiscard]] Result<OpenedBundle> openBundle(QByteArrayView json, const RoomId &room, const UserId &sender,
                                              const KeyImporter &importer);

/// The bundle of a room: the keys that may be shared, and which may not. Empty where there is no key to
/// share. Holds keys: wipe() it.
[[nodiscard]] Result<QByteArray> makeBundle(CryptoStore &store, const Secret &pickleKey, const RoomId &room);

} // namespace parvis::crypto

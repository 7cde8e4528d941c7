# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The refusals of what is said in rooms, and around what is said: see refusal_list.py."""
from refusal import never, refusal

EDIT = "src/events/edit.cpp"
EDITS = "test_hostile_rooms.py::Edits.test_editsThatAreNone"

ROOMS = (
    never("edit: of another sender", EDIT, "original.event.sender != edit.event.sender", "events", EDITS),
    never("edit: in clear, of what was encrypted", EDIT, "original.isEncrypted() && !edit.isEncrypted()", "events", EDITS,
          "test_hostile_rooms.py::Edits.test_editsOfTheServersMaking"),
    refusal("edit: of another kind", EDIT, "original.type() != edit.type() || !original", "!original", "events", EDITS),
    never("edit: of an edit", EDIT, """relationOf(original.event.content()).kind == RelationKind::Replace
        || relationOf(original.content()).kind == RelationKind::Replace""", "events"),
    never("edit: without new content", EDIT, '!edit.content()["m.new_content"_L1].isObject()', "events", EDITS),
    refusal("address: what is none", "src/media/mxc.cpp", "if (!match.hasMatch())\n        return std::nullopt;",
            """if (!match.hasMatch())
        return MxcUri{.server = uri.section(u'/', 2, 2), .mediaId = uri.section(u'/', 3)};""", "mxc",
            "test_files.py::Addresses.test_addressesThatLeadElsewhere"),
    refusal("ignored: their invitations", "src/rooms/room_list.cpp",
            "room.membership == MemberState::Invite && m_ignored.contains(room.inviter)", "false", "room_list",
            "test_strangers.py::Strangers.test_peopleWhoAreIgnored"),
    never("ignored: what they said last", "src/rooms/room_list.cpp", "m_ignored.contains(summary->last.sender)", "room_list",
          "test_strangers.py::Strangers.test_peopleWhoAreIgnored"),
    refusal("ignored: what they say in a room", "src/timeline/item_factory.cpp", "    if (ignores(item.sender))\n        return {};\n", "",
            "ignored"),
    refusal("ignored: their reactions", "src/timeline/item_reader.cpp", "    annotations->removeIf(unheard);\n", "", "ignored"),
    refusal("ignored: found by searching", "src/engine/search_shields.cpp", " || ignored.contains(hit.sender)", "",
            "test_strangers.py::Strangers.test_peopleWhoAreIgnored"),
    refusal("ignored: their requests", "src/engine/verification_desk.cpp", "message && !isIgnored(message->sender)", "message",
            "verification_desk", "test_strangers.py::Strangers.test_peopleWhoAreIgnored"),
    refusal("invitation: whose it is", "src/engine/open_room.cpp", "splitPersonName(room->inviterName).name, true);",
            "splitPersonName(room->inviterName).name, false);", "open_room"),
    refusal("rights: no larger than their type", "src/engine/member_cards.cpp", "std::clamp(level, -most, most)",
            "(most == 0 ? most : level)", "test_hostile_rooms.py::Around.test_rightsThatNobodyCanMean"),
    never("reactions: without measure", "src/timeline/reactions.cpp",
          "key.trimmed().isEmpty() || key.size() > longestReactionKey",
          "test_hostile_rooms.py::Around.test_reactionsWithoutMeasure"),
    never("reactions: too many", "src/timeline/reactions.cpp", "reactions.size() >= mostReactionKeys",
          "test_hostile_rooms.py::Around.test_reactionsWithoutMeasure"),
    never("pages: without end", "src/timeline/pagination.cpp", "++m_emptyPages >= mostEmptyPages", "room_timeline",
          "test_hostile_rooms.py::Around.test_pagesThatLeadInACircle"),
    never("names: what is not seen", "src/events/plain_text.cpp", "isInvisible(c)", "events",
          "test_hostile_rooms.py::Around.test_namesThatDeceive"),
    refusal("names: letters that look the same", "src/rooms/members.cpp", "at < 0 ? letter : latin[at]",
            "at < -1 ? latin[0] : letter", "room_name", "test_hostile_rooms.py::Around.test_namesThatDeceive"),
    never("names: like an address", "src/rooms/members.cpp", "ambiguous || likeAnId.match(name).hasMatch()", "room_name",
          "test_hostile_rooms.py::Around.test_namesThatDeceive"),
    refusal("old copy: is noticed", "src/session/profile_generation.cpp", "return here < inVault;", "return here > inVault + 9;",
            "profile_generation"),
    refusal("old copy: ratchets of before", "src/crypto/crypto_machine.cpp", "step.changes.ratchetsRetired = true;", "",
            "late_keys", "test_old_copy.py::OldCopy.test_aCopyThatWasPutBack"),
    refusal("late key: of a device that went meanwhile", "src/crypto/room_key_sharing.cpp",
            "!share.withheldCode.isEmpty() && share.withheldCode != noOlm", "!share.withheldCode.isEmpty()", "late_keys"),
    refusal("late key: of a device that was blocked meanwhile", "src/crypto/room_key_delivery.cpp",
            "&& (share.withheldCode.isEmpty() || share.withheldCode == RoomKeySharing::noOlm);", ";", "late_keys"),
    refusal("link: a host in letters that look the same", "src/models/rich_text.cpp",
            "return foreign ? url.host(QUrl::FullyEncoded) : QString();", "return {};", "texts"),
)

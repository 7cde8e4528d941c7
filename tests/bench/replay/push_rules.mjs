// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The rules that a server gives a new account (specification 13.13.1), those that matter here.
import { ME } from "./people.mjs";

const rule = (rule_id, actions, conditions, enabled = true) => ({ rule_id, default: true, enabled, conditions, actions });
const match = (key, pattern) => ({ kind: "event_match", key, pattern });
const notify = ["notify", { set_tweak: "sound", value: "default" }];
const highlight = ["notify", { set_tweak: "highlight" }];
const shout = [...notify, { set_tweak: "highlight" }];
const two = { kind: "room_member_count", is: "2" };

export const PUSH_RULES = { global: {
    override: [
        rule(".m.rule.master", [], [], false),
        rule(".m.rule.suppress_notices", [], [match("content.msgtype", "m.notice")]),
        rule(".m.rule.invite_for_me", notify,
            [match("type", "m.room.member"), match("content.membership", "invite"), match("state_key", ME)]),
        rule(".m.rule.member_event", [], [match("type", "m.room.member")]),
        rule(".m.rule.is_user_mention", shout,
            [{ kind: "event_property_contains", key: "content.m\\.mentions.user_ids", value: ME }]),
        rule(".m.rule.is_room_mention", highlight,
            [{ kind: "event_property_is", key: "content.m\\.mentions.room", value: true },
                { kind: "sender_notification_permission", key: "room" }]),
        rule(".m.rule.tombstone", highlight, [match("type", "m.room.tombstone"), match("state_key", "")]),
        rule(".m.rule.reaction", [], [match("type", "m.reaction")]),
        rule(".m.rule.room.server_acl", [], [match("type", "m.room.server_acl"), match("state_key", "")]),
        rule(".m.rule.suppress_edits", [],
            [{ kind: "event_property_is", key: "content.m\\.relates_to.rel_type", value: "m.replace" }]),
    ],
    content: [], room: [], sender: [],
    underride: [
        rule(".m.rule.call", ["notify", { set_tweak: "sound", value: "ring" }], [match("type", "m.call.invite")]),
        rule(".m.rule.encrypted_room_one_to_one", notify, [two, match("type", "m.room.encrypted")]),
        rule(".m.rule.room_one_to_one", notify, [two, match("type", "m.room.message")]),
        rule(".m.rule.message", ["notify"], [match("type", "m.room.message")]),
        rule(".m.rule.encrypted", ["notify"], [match("type", "m.room.encrypted")]),
    ],
} };

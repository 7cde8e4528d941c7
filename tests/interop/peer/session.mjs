// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// Accounts, login, syncing.
import { api, client, crypto, event, sdk, setClient, setPassword, setSecretStorageKey, ssss, until } from "./state.mjs";
import { watchMessages } from "./history.mjs";
import { watchVerification } from "./verification.mjs";

async function open(baseUrl, userId, accessToken, deviceId) {
    setClient(sdk.createClient({
        baseUrl, userId, accessToken, deviceId,
        timelineSupport: true,
        disableVoip: true,
        cryptoCallbacks: {
            getSecretStorageKey: async ({ keys }) =>
                ssss && (ssss[0] === null || ssss[0] in keys) ? [ssss[0] ?? Object.keys(keys)[0], ssss[1]] : null,
            cacheSecretStorageKey: (keyId, _info, key) => setSecretStorageKey([keyId, key]),
        },
        verificationMethods: ["m.sas.v1", "m.qr_code.show.v1", "m.qr_code.scan.v1", "m.reciprocate.v1"],
    }));
    client.on(sdk.ClientEvent.Sync, (s) => event("sync", { state: s }));
    client.on(sdk.RoomMemberEvent.Membership, (_e, m) => event("membership", { room: m.roomId, user: m.userId, membership: m.membership }));
    client.on(sdk.ClientEvent.ReceivedToDeviceMessage, ({ message: m }) => {
        if (m.type === "m.room_key.withheld") event("withheld", { from: m.sender, code: m.content.code, session: m.content.session_id });
    });
    watchMessages();
}

function watchCrypto() {
    const E = api.CryptoEvent;
    client.on(E.VerificationRequestReceived, watchVerification);
    client.on(E.KeyBackupStatus, (on) => event("backup", { enabled: on }));
    client.on(E.DehydratedDeviceUploaded, () => event("dehydratedUploaded", {}));
    client.on(E.RehydrationCompleted, () => event("rehydrated", {}));
    client.on(E.RehydrationProgress, (keys, toDevice) => event("rehydrating", { keys, toDevice }));
    client.on(E.RehydrationError, (e) => event("rehydrationError", { error: String(e) }));
}

/** {method, path, query?, body?, prefix?}: any other request, with this account's token. */
export async function raw({ method, path, query, body, prefix = "/_matrix/client/v3" }) {
    return client.http.authedRequest(method, path, query, body, { prefix });
}

export const sessionCommands = {
    raw,
    /** {baseUrl, user, password}: makes an account, does not log in. */
    async register({ baseUrl, user, password: pw }) {
        const tmp = sdk.createClient({ baseUrl });
        const r = await tmp.registerRequest({ username: user, password: pw, auth: { type: "m.login.dummy" }, inhibit_login: true });
        return { userId: r.user_id };
    },
    /** {baseUrl, user, password, deviceName?, crypto?=true, start?=true} logs in, starts crypto and syncing. */
    async login({ baseUrl, user, password: pw, deviceName, start = true, syncLimit, crypto: withCrypto = true }) {
        const tmp = sdk.createClient({ baseUrl });
        const r = await tmp.loginRequest({
            type: "m.login.password", identifier: { type: "m.id.user", user }, password: pw,
            initial_device_display_name: deviceName ?? "peer (matrix-js-sdk)",
        });
        setPassword(pw);
        await open(baseUrl, r.user_id, r.access_token, r.device_id);
        if (withCrypto) await client.initRustCrypto({ useIndexedDB: false });
        watchCrypto();
        if (start) await sessionCommands.start({ syncLimit });
        const keys = withCrypto ? await crypto().getOwnDeviceKeys() : undefined;
        return { userId: r.user_id, deviceId: r.device_id, accessToken: r.access_token, keys, crypto: crypto()?.getVersion() };
    },
    /** {baseUrl, accessToken, password?, start?}: take over a session made elsewhere (SSO, OAuth); its device must be new. */
    async attach({ baseUrl, accessToken, password: pw, start = true }) {
        const who = await sdk.createClient({ baseUrl, accessToken }).whoami();
        setPassword(pw);
        await open(baseUrl, who.user_id, accessToken, who.device_id);
        await client.initRustCrypto({ useIndexedDB: false });
        watchCrypto();
        if (start) await sessionCommands.start({});
        return { userId: who.user_id, deviceId: who.device_id, keys: await crypto().getOwnDeviceKeys(), crypto: crypto().getVersion() };
    },
    /** {syncLimit?}: how many events of a room one sync may bring; more arrive as a gap. */
    async start({ timeout = 30000, syncLimit = 30 }) {
        await client.startClient({ initialSyncLimit: syncLimit, lazyLoadMembers: false, threadSupport: true, pollTimeout: 10000 });
        await until("first sync", timeout, () => client.isInitialSyncComplete());
        return {};
    },
    async stop() { client.stopClient(); return {}; },
    async logout() { await client.logout(true); return {}; },
    whoami: async () => ({ userId: client.getUserId(), deviceId: client.getDeviceId() }),
};

// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// Cross-signing, secret storage, key backup, exported keys, trust.
import { readFile, writeFile } from "node:fs/promises";
import { api, client, crypto, sdk, setSecretStorageKey, ssss, uia, until, wasm } from "./state.mjs";
import { raw } from "./session.mjs";

export const keyCommands = {
    /** {passphrase?} cross-signing + secret storage + key backup from nothing; gives the recovery key. */
    async bootstrap({ passphrase } = {}) {
        const c = crypto();
        let made;
        await c.bootstrapCrossSigning({ authUploadDeviceSigningKeys: uia });
        await c.bootstrapSecretStorage({
            setupNewSecretStorage: true, setupNewKeyBackup: true,
            createSecretStorageKey: async () => {
                made = await c.createRecoveryKeyFromPassphrase(passphrase);
                setSecretStorageKey([null, made.privateKey]);
                return made;
            },
        });
        await c.checkKeyBackupAndEnable();
        return { recoveryKey: made.encodedPrivateKey, backupVersion: await c.getActiveSessionBackupVersion(), ready: await c.isCrossSigningReady() };
    },
    /** {}: gives up the account's identity, whoever made it, for a new one. */
    async resetIdentity() {
        await crypto().bootstrapCrossSigning({ authUploadDeviceSigningKeys: uia, setupNewCrossSigning: true });
        return { ready: await crypto().isCrossSigningReady() };
    },
    /** {recoveryKey | passphrase}: what a user does on a new device: unlock secret storage, sign this device, restore. */
    async recover({ recoveryKey, passphrase }) {
        const c = crypto();
        await c.userHasCrossSigningKeys(client.getUserId(), true); // else: "importCrossSigningKeys failed"
        const [keyId, info] = (await client.secretStorage.getKey()) ?? [];
        if (!keyId) throw new Error("no secret storage");
        const key = recoveryKey ? api.decodeRecoveryKey(recoveryKey)
            : await api.deriveRecoveryKeyFromPassphrase(passphrase, info.passphrase.salt, info.passphrase.iterations, info.passphrase.bits);
        if (!(await client.secretStorage.checkKey(key, info))) throw new Error("wrong recovery key");
        setSecretStorageKey([keyId, key]);
        await c.bootstrapCrossSigning({ authUploadDeviceSigningKeys: uia });
        await c.loadSessionBackupPrivateKeyFromSecretStorage();
        await c.checkKeyBackupAndEnable();
        const r = await c.restoreKeyBackup();
        return { imported: r.imported, total: r.total, ready: await c.isCrossSigningReady(), backupVersion: await c.getActiveSessionBackupVersion() };
    },
    async waitBackedUp({ timeout = 30000, count }) {
        return until("backup", timeout, async () => {
            // not getKeyBackupInfo(), which the SDK caches from when the version was made
            const i = await raw({ method: "GET", path: "/room_keys/version" });
            return i && i.count >= count ? { version: i.version, count: i.count, etag: i.etag } : undefined;
        });
    },
    status: async () => ({ crossSigning: await crypto().getCrossSigningStatus(), secretStorage: await crypto().isSecretStorageReady(),
        backup: await crypto().getActiveSessionBackupVersion(), ready: await crypto().isCrossSigningReady() }),
    /** {passphrase, path?}: room keys in the usual encrypted export format. */
    async exportKeys({ passphrase, path, rounds = 10000 }) {
        const json = await crypto().exportRoomKeysAsJson();
        const data = wasm.OlmMachine.encryptExportedRoomKeys(json, passphrase, rounds);
        if (path) await writeFile(path, data);
        return { count: JSON.parse(json).length, data: path ? undefined : data };
    },
    async importKeys({ passphrase, path, data }) {
        const json = wasm.OlmMachine.decryptExportedRoomKeys(data ?? (await readFile(path, "utf8")), passphrase);
        await crypto().importRoomKeysAsJson(json);
        return { count: JSON.parse(json).length };
    },
    /** {user?}: devices and how far they are trusted. */
    async devices({ user = client.getUserId() }) {
        const map = (await crypto().getUserDeviceInfo([user], true)).get(user) ?? new Map();
        const u = await crypto().getUserVerificationStatus(user);
        const devices = [];
        for (const [id, d] of map) {
            const v = await crypto().getDeviceVerificationStatus(user, id);
            devices.push({ id, name: d.displayName, dehydrated: d.dehydrated || undefined, ed25519: d.getFingerprint(), curve25519: d.getIdentityKey(), verified: v?.isVerified(),
                crossSigned: v?.crossSigningVerified, signedByOwner: v?.signedByOwner, local: v?.localVerified });
        }
        return { user, verified: u.isVerified(), wasVerified: u.wasCrossSigningVerified(), needsApproval: u.needsUserApproval, devices };
    },
    /** {user, device?}: trust follows "Done" only after the signatures went up and came back by /keys/query. */
    async waitTrusted({ user = client.getUserId(), device, timeout = 15000 }) {
        await until(`${user} ${device ?? ""} to be trusted`, timeout, async () =>
            device ? (await crypto().getDeviceVerificationStatus(user, device))?.crossSigningVerified
                   : (await crypto().getUserVerificationStatus(user)).isVerified());
        return keyCommands.devices({ user });
    },
    /** {user, device, timeout?}: until the device is known as signed by its owner, whoever that is. */
    async waitSigned({ user, device, timeout = 15000 }) {
        await until(`${user} ${device} to be signed`, timeout, async () => {
            await crypto().getUserDeviceInfo([user], true);
            return (await crypto().getDeviceVerificationStatus(user, device))?.signedByOwner;
        });
        return {};
    },
    /** {event}: what this device's keys make of an event as the server has it, whoever brings it: the device may be signed
     *  out. `withheld`: what the sender said of the key, which the SDK tells of some events only. */
    async opens({ event }) {
        try {
            return { body: (await crypto().decryptEvent(new sdk.MatrixEvent(event))).clearEvent.content.body };
        } catch (e) {
            const settings = new wasm.DecryptionSettings(wasm.TrustRequirement.Untrusted);
            const refused = await crypto().olmMachine.decryptRoomEvent(JSON.stringify(event), new wasm.RoomId(event.room_id), settings)
                .then(() => undefined, (inner) => inner);
            return { refused: e.code ?? String(e), withheld: refused?.maybe_withheld };
        }
    },
    /** {user, device, on?=true}: no key goes to this device any more (the SDK has no word for it, its engine has). */
    async block({ user, device, on = true }) {
        const d = await crypto().olmMachine.getDevice(new wasm.UserId(user), new wasm.DeviceId(device));
        await d.setLocalTrust(on ? wasm.LocalTrust.BlackListed : wasm.LocalTrust.Unset);
        return {};
    },
    async isolation({ mode }) {
        crypto().setDeviceIsolationMode(mode === "signed" ? new api.OnlySignedDevicesIsolationMode() : new api.AllDevicesIsolationMode(false));
        return {};
    },
    async discardSession({ room: id }) { await crypto().forceDiscardSession(id); return {}; },
    async dehydrate(opts) { await crypto().startDehydration(opts); return {}; },
};

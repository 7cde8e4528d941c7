// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// setup.sh copies this file beside node_modules in the cache: imports are looked for from where a file is.
export * as sdk from "matrix-js-sdk";
export * as api from "matrix-js-sdk/lib/crypto-api/index.js";
export * as wasm from "@matrix-org/matrix-sdk-crypto-wasm";

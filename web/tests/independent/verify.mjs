#!/usr/bin/env node
// Reads the picture of a certificate's QR code and checks it with libraries that know nothing of this project:
//   node tests/independent/verify.mjs code.png keys.json
// keys.json is a JWK set. Prints {"text","keyId","claims"} with the CWT claims by number, or ends with 1 and says why.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { decode as decodeBase45 } from 'base45';
import cbor from 'cbor';
import cose from 'cose-js';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';

const prefix = 'AC1:';

/** @param {Buffer} picture */
export function readQr(picture) {
  const { data, width, height } = PNG.sync.read(picture);
  const read = /** @type {any} */ (jsqr).default ?? jsqr;
  const code = read(new Uint8ClampedArray(data), width, height);
  if (!code) throw new Error('no QR code in the picture');
  return /** @type {string} */ (code.data);
}

/**
 * @param {string} text
 * @param {{ keys: { kid: string, x: string, y: string }[] }} keySet
 */
export async function verify(text, keySet) {
  if (!text.startsWith(prefix)) throw new Error(`the text does not start with ${prefix}`);
  const message = Buffer.from(decodeBase45(text.slice(prefix.length)));
  const [protectedHeader] = cbor.decodeFirstSync(message).value;
  const keyId = cbor.decodeFirstSync(protectedHeader).get(4).toString('base64url');
  const payload = await verifyWithAny(
    message,
    keySet.keys.filter(({ kid }) => kid === keyId),
  );
  return { text, keyId, claims: plain(cbor.decodeFirstSync(payload)) };
}

/**
 * @param {Buffer} message
 * @param {{ x: string, y: string }[]} candidates
 */
async function verifyWithAny(message, candidates) {
  /** @type {unknown} */
  let failure = new Error('no key of this id');
  for (const { x, y } of candidates) {
    const key = { x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') };
    try {
      return await cose.sign.verify(message, { key });
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** Maps become objects, bytes become hexadecimal. @param {unknown} value @returns {unknown} */
function plain(value) {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, entry]) => [key, plain(entry)]));
  if (Buffer.isBuffer(value) || value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  // a map whose keys are all texts comes as an object already
  return value;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , picture, keys] = process.argv;
  if (!picture || !keys) throw new Error('usage: verify.mjs code.png keys.json');
  try {
    const keySet = JSON.parse(readFileSync(keys, 'utf8'));
    console.log(JSON.stringify(await verify(readQr(readFileSync(picture)), keySet)));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

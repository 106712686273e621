// Reads pushes as a browser does (RFC 8291): one JSON line in, {privateKey, auth, body}; one out, {text} or {error}. All bytes are base64url.
import { createECDH } from 'node:crypto';
import { createInterface } from 'node:readline';
import ece from 'http_ece';

for await (const line of createInterface({ input: process.stdin })) {
  const { privateKey, auth, body } = JSON.parse(line);
  let answer;
  try {
    const key = createECDH('prime256v1');
    key.setPrivateKey(privateKey, 'base64url');
    const text = ece.decrypt(Buffer.from(body, 'base64url'), { version: 'aes128gcm', privateKey: key, authSecret: auth });
    answer = { text: text.toString('base64url') };
  } catch (failure) {
    answer = { error: failure.message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

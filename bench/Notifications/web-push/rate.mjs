// How many requests web-push makes. The subscription and the keys come as one JSON argument; each line in is a number of milliseconds, each line out the requests a second.
import { createInterface } from 'node:readline';
import webPush from 'web-push';

const { subscription, text, vapidDetails } = JSON.parse(process.argv[2]);
const payload = Buffer.from(text);
for await (const line of createInterface({ input: process.stdin })) {
  const began = performance.now();
  const until = began + Number(line);
  let count = 0;
  while (performance.now() < until) {
    const { body, headers } = webPush.generateRequestDetails(subscription, payload, { vapidDetails, TTL: 60 });
    if (body.length < payload.length || !headers.Authorization) throw new Error('web-push made no request');
    count++;
  }
  process.stdout.write(`${(count * 1000) / (performance.now() - began)}\n`);
}

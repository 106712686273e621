/** Bytes of a base64url text. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const base64 = text.replace(/-/g, '+').replace(/_/g, '/');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Whether a subscription was made with this key. */
export function isMadeWith(subscription: PushSubscription, key: string): boolean {
  const made = subscription.options.applicationServerKey;
  if (made === null) return false;
  const [one, other] = [new Uint8Array(made), bytesOf(key)];
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

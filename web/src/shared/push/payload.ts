/** A button of a notification. */
export interface PushAction {
  readonly action: string;
  readonly title: string;
  readonly url: string | null;
}

/** What a push carries. */
export interface PushPayload {
  readonly id: string;
  readonly tag: string;
  /** Whether it only takes a notification away. */
  readonly remove: boolean;
  readonly summary: string;
  readonly body: string;
  readonly url: string | null;
  readonly icon: string | null;
  readonly image: string | null;
  readonly locale: string;
  readonly actions: readonly PushAction[];
}

/** Reads a push; null when it is none of ours. */
export function readPayload(text: string): PushPayload | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof json !== 'object' || json === null) return null;
  const fields = json as Readonly<Record<string, unknown>>;
  const id = textOf(fields['id']);
  if (id === '') return null;
  return {
    id,
    tag: textOf(fields['tag']) || id,
    remove: fields['remove'] === true,
    summary: textOf(fields['summary']),
    body: textOf(fields['body']),
    url: linkOf(fields['url']),
    icon: linkOf(fields['icon']),
    image: linkOf(fields['image']),
    locale: textOf(fields['locale']),
    actions: actionsOf(fields['actions']),
  };
}

/** The address that a click opens, or null where it is none of the web. */
export function openable(url: string | null, base: string): string | null {
  if (url === null) return null;
  try {
    const address = new URL(url, base);
    return address.protocol === 'https:' || address.protocol === 'http:' ? address.href : null;
  } catch {
    return null;
  }
}

function actionsOf(value: unknown): PushAction[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly unknown[])
    .filter((item) => typeof item === 'object' && item !== null)
    .map((item) => item as Readonly<Record<string, unknown>>)
    .map((item) => ({
      action: textOf(item['action']),
      title: textOf(item['title']),
      url: linkOf(item['url']),
    }))
    .filter((action) => action.action !== '' && action.title !== '');
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const linkOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

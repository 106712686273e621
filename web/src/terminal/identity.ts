const storageKey = 'actors.terminal';

/** What this kiosk is. */
export interface Identity {
  readonly token: string;
  readonly name: string;
  /** Nothing comes out on paper: its sheets are shown. */
  readonly simulate: boolean;
  /** The printer uses both sides of every sheet. */
  readonly duplex: boolean;
}

export function saveIdentity(identity: Identity): void {
  localStorage.setItem(storageKey, JSON.stringify(identity));
}

export function forgetIdentity(): void {
  localStorage.removeItem(storageKey);
}

export function storedIdentity(): Identity | null {
  try {
    const { token, name, simulate, duplex } = JSON.parse(localStorage.getItem(storageKey) ?? '') as Identity;
    return typeof token === 'string' && token !== ''
      ? { token, name: String(name ?? ''), simulate: simulate === true, duplex: duplex === true }
      : null;
  } catch {
    return null;
  }
}

/** What the address says of the printer, for a kiosk that is still to be paired. */
export function printerOf(hash: string): Pick<Identity, 'simulate' | 'duplex'> {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  return { simulate: flagOf(said, 'simulate') ?? false, duplex: flagOf(said, 'duplex') ?? false };
}

/** `&duplex` and `&duplex=yes` turn it on, `&duplex=no` off; undefined when nothing is said of it. */
function flagOf(said: URLSearchParams, flag: string): boolean | undefined {
  const value = said.get(flag);
  return value === null ? undefined : value !== 'no';
}

/** `#token=…&simulate&duplex&name=…`; what is not said stays as it was. */
export function identityOf(hash: string, before: Identity | null): Identity | null {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const token = said.get('token') ?? before?.token;
  if (!token) return null;
  const isNew = token !== before?.token;
  return {
    token,
    name: said.get('name') ?? (isNew ? '' : (before?.name ?? '')),
    simulate: flagOf(said, 'simulate') ?? (!isNew && before?.simulate === true),
    duplex: flagOf(said, 'duplex') ?? (!isNew && before?.duplex === true),
  };
}

/** Takes the identity out of the address, so that nobody photographs the token. */
export function takeIdentity(): Identity | null {
  const identity = identityOf(location.hash, storedIdentity());
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
  if (identity) saveIdentity(identity);
  return identity;
}

/** The name by which the staff know it, asked of the server where the kiosk does not know it. */
export async function askName(token: string): Promise<string> {
  try {
    const answer = await fetch('/auth/me', {
      headers: { authorization: `Bearer ${token}` },
      cache: 'no-store',
    });
    const said = answer.ok ? ((await answer.json()) as { name?: unknown }) : {};
    return typeof said.name === 'string' ? said.name : '';
  } catch {
    return '';
  }
}

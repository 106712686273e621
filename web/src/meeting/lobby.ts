/** A meeting as the server tells it. */
export interface Lobby {
  readonly name: string;
  readonly start: string | null;
  readonly duration: number | null;
  readonly place: string | null;
  readonly prepare: readonly string[];
  readonly opens: string | null;
  readonly closes: string | null;
  readonly over: boolean;
  readonly running: boolean;
  readonly participants: number;
  readonly asksName: boolean;
  readonly joinUrl: string;
  /** As whom the visitor comes in, when his link is his own. */
  readonly person: string | null;
  /** Whether he has to wait though somebody is in it already. */
  readonly opensStrictly: boolean;
  readonly now: string;
}

/** What a page is told while it is open. */
export type LobbyChange = Pick<Lobby, 'running' | 'participants' | 'opens' | 'closes' | 'over'>;

export type LobbyState = 'other-day' | 'early' | 'waiting' | 'running' | 'over';

/** Where the meeting is at a moment of the server's clock; days are the visitor's own. */
export function stateOf(lobby: Lobby, now: number): LobbyState {
  const opensLater = lobby.opens !== null && now < Date.parse(lobby.opens);
  if (lobby.running && !(lobby.opensStrictly && opensLater)) return 'running';
  if (lobby.over || (lobby.closes !== null && now > Date.parse(lobby.closes))) return 'over';
  if (!opensLater) return 'waiting';
  const day = new Date(lobby.opensStrictly ? lobby.opens : (lobby.start ?? lobby.opens));
  return isSameDay(day, new Date(now)) ? 'early' : 'other-day';
}

/** Whether the visitor may come in. */
export const isOpen = (state: LobbyState): boolean => state === 'waiting' || state === 'running';

/** `1:05:09`, `5:09`; nothing once it has come. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours, minutes, rest] = parts as [number, number, number];
  const two = (part: number) => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The meeting after a change; the times of a link of one's own stay. */
export const changed = (lobby: Lobby, change: LobbyChange): Lobby =>
  lobby.person === null
    ? { ...lobby, ...change }
    : { ...lobby, ...change, opens: lobby.opens, closes: lobby.closes };

/** The key of a link of one's own, behind the # of the address. */
export const keyOf = (fragment: string): string =>
  new URLSearchParams(fragment.replace(/^#/, '')).get('link') ?? '';

/** The link with the visitor's name, where he gave one. */
export function linkOf(joinUrl: string, fullName: string): string {
  const name = fullName.trim();
  if (name === '') return joinUrl;
  const link = new URL(joinUrl);
  link.searchParams.set('fullName', name);
  return link.toString();
}

const isSameDay = (one: Date, other: Date): boolean =>
  one.getFullYear() === other.getFullYear() &&
  one.getMonth() === other.getMonth() &&
  one.getDate() === other.getDate();

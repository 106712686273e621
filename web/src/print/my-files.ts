import type { Owner } from './api';

/** A file that was sent from this device. */
export interface MyFile {
  readonly pin: string;
  readonly name: string;
  /** When the server forgets it, in milliseconds of the epoch. */
  readonly expiresAt: number;
}

const filesKey = 'actors.print.files';
const ownerKey = 'actors.print.owner';
const maxFiles = 50;

/** The newest first, without those that the server has forgotten. */
export function myFiles(now: number): readonly MyFile[] {
  return read<readonly unknown[]>(filesKey, Array.isArray, [])
    .filter(isMyFile)
    .filter((file) => file.expiresAt > now)
    .slice(0, maxFiles);
}

export function rememberFile(file: MyFile, now: number): void {
  const others = myFiles(now).filter(({ pin }) => pin !== file.pin);
  write(filesKey, [file, ...others].slice(0, maxFiles));
}

export function forgetFile(pin: string, now: number): void {
  write(
    filesKey,
    myFiles(now).filter((file) => file.pin !== pin),
  );
}

export function rememberedOwner(): Owner | null {
  return read<Owner | null>(ownerKey, isOwner, null);
}

export function rememberOwner(owner: Owner): void {
  write(ownerKey, owner);
}

/** Forgets who printed here and what. */
export function forgetAll(): void {
  localStorage.removeItem(ownerKey);
  localStorage.removeItem(filesKey);
}

function isMyFile(value: unknown): value is MyFile {
  const file = value as Partial<MyFile> | null;
  return typeof file?.pin === 'string' && typeof file.name === 'string' && typeof file.expiresAt === 'number';
}

function isOwner(value: unknown): boolean {
  const owner = value as Partial<Owner> | null;
  return typeof owner?.surname === 'string' && typeof owner.number === 'string';
}

function read<T>(key: string, isRight: (value: unknown) => boolean, otherwise: T): T {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return isRight(value) ? (value as T) : otherwise;
  } catch {
    return otherwise;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // no room, or a browser that keeps nothing: then it is known until the page is closed
  }
}

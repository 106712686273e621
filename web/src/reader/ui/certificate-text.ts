const nameKeys = [
  'name',
  'nom complet',
  'full name',
  'fullname',
  'display_name',
  'nom',
  'last_name',
  'title',
  'titre',
];
const givenKeys = ['prénom', 'prenom', 'first_name', 'firstname', 'given_name', 'given name'];

export interface CertificateText {
  readonly name: string;
  readonly entries: readonly (readonly [string, string])[];
}

/** The name to show large, and the rest; without a known name, the first entry is it. */
export function splitData(data: Readonly<Record<string, string>>): CertificateText {
  const all = Object.entries(data).filter(([, value]) => value.trim() !== '');
  const find = (keys: readonly string[]) => all.find(([key]) => keys.includes(key.trim().toLowerCase()));
  const given = find(givenKeys);
  const family = find(nameKeys) ?? (given ? undefined : all[0]);
  const parts = [given?.[1], family?.[1]].filter((part) => part !== undefined);
  return { name: parts.join(' '), entries: all.filter((entry) => entry !== given && entry !== family) };
}

/** For comparing names as people type them: no case, no accents. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

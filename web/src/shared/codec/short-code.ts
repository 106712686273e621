const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 8;

/** The code printed under a QR code; whoever holds the uuid can compute it. */
export async function shortCodeOf(certificate: string): Promise<string> {
  const text = new TextEncoder().encode(`actors-code:${certificate.toLowerCase()}`);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  let bits = hash.slice(0, 5).reduce((value, byte) => value * 256 + byte, 0);
  let code = '';
  for (let i = 0; i < codeLength; i++) {
    code = alphabet.charAt(bits % 32) + code;
    bits = Math.floor(bits / 32);
  }
  return code;
}

/** A typed code: case, dashes and blanks do not matter, I and L are read as 1, O as 0; null when it is none. */
export function parseShortCode(typed: string): string | null {
  const code = typed.replace(/[-\s]/g, '').toUpperCase().replace(/[IL]/g, '1').replace(/O/g, '0');
  return code.length === codeLength && [...code].every((character) => alphabet.includes(character))
    ? code
    : null;
}

export const formatShortCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

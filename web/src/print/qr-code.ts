/** The terminal's code as it goes to the server: scanned texts as they are, typed ones without what people put in between. */
export function typedCode(text: string, prefix: string): string {
  const trimmed = text.trim();
  if (prefix !== '' && trimmed.startsWith(prefix)) return trimmed;
  return trimmed.replace(/[\s-]/g, '').toUpperCase();
}

/** A terminal may show an address of this page, with the code behind it. */
export function scannedCode(text: string): string {
  return /^https?:/i.test(text) ? (linkedCode(text.slice(text.indexOf('#') + 1)) ?? text) : text;
}

/** The code of `/print#qr=…`, or null. */
export function linkedCode(hash: string): string | null {
  const code = new URLSearchParams(hash.replace(/^#/, '')).get('qr')?.trim() ?? '';
  return code === '' ? null : code;
}

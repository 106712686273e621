const path = /^\/qrcode\/([^/]+)\/open-reader\/([0-9a-fA-F-]{32,36})\/?$/;

export interface ReaderAddress {
  readonly campaign: string;
  readonly reader: string;
}

/** Which reader this page is; the uuid in the address is its capability. */
export function parseReaderPath(pathname: string): ReaderAddress | null {
  const [, campaign, reader] = path.exec(pathname) ?? [];
  if (campaign === undefined || reader === undefined) return null;
  const hex = reader.replaceAll('-', '').toLowerCase();
  if (hex.length !== 32) return null;
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { campaign: decodeURIComponent(campaign), reader: uuid };
}

export const manifestPath = ({ campaign, reader }: ReaderAddress): string =>
  `/qrcode/${encodeURIComponent(campaign)}/reader/${reader}/manifest.webmanifest`;

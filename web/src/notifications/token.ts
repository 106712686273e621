const tokenKey = 'actors.user-token';

/** The user's token: given behind the # of the address, kept for this tab, and taken out of the address at once. */
export function takeToken(): string {
  const given = new URLSearchParams(location.hash.replace(/^#/, '')).get('token');
  if (given) {
    sessionStorage.setItem(tokenKey, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(tokenKey) ?? '';
}

export const dropToken = (): void => sessionStorage.removeItem(tokenKey);

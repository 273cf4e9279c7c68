/** Where single sign-on leads back to in a tab of its own, while the work waits in another. */
export const signedInPath = '/signed-in';

const entries = ['/sign-in', '/invite/'];

/** Where signing in leads back to: a path of this studio, or its first page when the address names anything else. */
export function returnPath(search: string): string {
  const wanted = new URLSearchParams(search).get('return') ?? '/';
  const isOwn = /^\/(?![/\\])/.test(wanted) && !entries.some((entry) => wanted.startsWith(entry));
  return isOwn ? wanted : '/';
}

/** The sign-in page that leads back to where somebody wanted to go. */
export function signInPath(wanted: string): string {
  return wanted === '/' || wanted === '' ? '/sign-in' : `/sign-in?return=${encodeURIComponent(wanted)}`;
}

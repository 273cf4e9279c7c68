const storageKey = 'waybill.admin-token';

/** The bearer token for `/api`, where the server asks for one. Kept for this tab only. */
export function readAdminToken(): string | null {
  return window.sessionStorage.getItem(storageKey);
}

export function writeAdminToken(token: string): void {
  window.sessionStorage.setItem(storageKey, token);
}

export function forgetAdminToken(): void {
  window.sessionStorage.removeItem(storageKey);
}

/** Headers every call to `/api` carries. */
export function adminHeaders(): Record<string, string> {
  const token = readAdminToken();
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

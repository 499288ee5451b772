import { sessionDays } from '@renderer/customers';

const name = 'customer';

/** The token of whoever is signed in; null for a cookie that we did not make. */
export function customerToken(cookieHeader: string | undefined): string | null {
  return /(?:^|;\s*)customer=([\w-]{20,100})(?:;|$)/.exec(cookieHeader ?? '')?.[1] ?? null;
}

/** Keeps a browser signed in; host-only, so that no other store hears of it. */
export function signedInCookie(token: string, secure: boolean): string {
  return cookie(token, sessionDays * 24 * 60 * 60, secure);
}

/** Signs a browser out. */
export function signedOutCookie(secure: boolean): string {
  return cookie('', 0, secure);
}

function cookie(value: string, age: number, secure: boolean): string {
  return `${name}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

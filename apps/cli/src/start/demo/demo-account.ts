import { randomBytes, randomInt } from 'node:crypto';
import { ApiRefusal, type DemoApi } from './demo-api';
import { type DemoState, readDemoState, writeDemoState } from './demo-state';

const store = { name: 'Atelier', currency: 'EUR', country: 'DE', locale: 'en' };

/** A demo account that is signed in. */
export interface SignedIn {
  state: DemoState;
  token: string;
}

/**
 * Signs in with the account that an earlier start made, or signs up.
 * @throws ApiRefusal
 */
export async function enterDemo(api: DemoApi, home: string): Promise<SignedIn> {
  const state = readDemoState(home);
  if (state !== null) {
    const token = await signIn(api, state);
    if (token !== null) return { state, token };
  }
  return signUp(api, home);
}

/** Null when nobody has this account any more: the database is another one, or the password was changed. */
async function signIn(api: DemoApi, { email, password }: DemoState): Promise<string | null> {
  try {
    return (await api.post<{ token: string }>('/sign-in', { email, password })).token;
  } catch (error) {
    if (error instanceof ApiRefusal && error.code.startsWith('identity.')) return null;
    throw error;
  }
}

/** The plain names first; when a database that was given has them already, ones with a number. */
async function signUp(api: DemoApi, home: string): Promise<SignedIn> {
  const password = randomBytes(12).toString('base64url');
  for (let attempt = 1; ; attempt += 1) {
    const name = attempt === 1 ? 'demo' : `demo-${randomInt(1000, 10_000)}`;
    const email = `${name}@caravel.example`;
    try {
      const made = await api.post<{ token: string; store: { id: string; handle: string } }>(
        '/sign-up',
        { email, password, name: 'Demo Merchant', store: { ...store, handle: name } },
      );
      const { id: storeId, handle } = made.store;
      const state: DemoState = { email, password, storeId, handle, done: [] };
      writeDemoState(home, state);
      return { state, token: made.token };
    } catch (error) {
      const taken = error instanceof ApiRefusal && /taken|conflict|409/.test(error.code);
      if (!taken || attempt === 5) throw error;
    }
  }
}

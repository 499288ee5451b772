import { CliError, exitCodes } from '../cli-error';
import { cliEnvironment } from '../environment';
import type { Output } from '../output';
import { Api } from './api';
import { chooseServer, listStores, signedInApi } from './connect';
import { readCredentials, writeCredentials } from './credentials';
import { ask, readInput } from './prompt';

/** Flags of `caravel login`. */
export interface LoginOptions {
  server?: string;
  store?: string;
  email?: string;
  passwordStdin?: boolean;
  tokenStdin?: boolean;
}

interface Me {
  user: { email: string; name: string };
}

/** `caravel login`: signs in and keeps the token. @throws CliError, ApiRefusal */
export async function login(options: LoginOptions, output: Output): Promise<void> {
  const server = await chooseServer(options.server);
  const token = await obtainToken(new Api(server), options);
  const api = new Api(server, token);
  const { user } = await api.get<Me>('/me');
  const stores = await listStores(api);
  const store = options.store ?? (stores.length === 1 ? (stores[0]?.handle ?? null) : null);
  if (options.store !== undefined && !stores.some(({ handle }) => handle === store)) {
    const handles = stores.map(({ handle }) => handle).join(', ') || 'none';
    const sentence = `--store: you have no store “${options.store}”; yours are: ${handles}.`;
    throw new CliError(sentence, exitCodes.unusable, 'cli.which-store');
  }
  const kept = await readCredentials();
  kept.servers[server] = { email: user.email, token, store };
  await writeCredentials({ ...kept, current: server });
  const handles = stores.map(({ handle }) => handle);
  output.result(
    { server, email: user.email, store, stores: handles },
    `Signed in to ${server} as ${user.email}.${store === null ? '' : ` Commands mean the store ${store}.`}`,
  );
}

async function obtainToken(api: Api, options: LoginOptions): Promise<string> {
  if (options.tokenStdin) return checkToken(await readInput());
  const given = cliEnvironment().token;
  if (given !== undefined && options.email === undefined) return checkToken(given);
  const email = options.email ?? (await ask('E-mail'));
  const password = options.passwordStdin
    ? await readInput()
    : await ask('Password', { secret: true });
  return (await api.post<{ token: string }>('/sign-in', { email, password })).token;
}

function checkToken(token: string): string {
  if (/^[\x21-\x7e]{20,200}$/.test(token)) return token;
  const sentence = 'The token is not one: it has 20 to 200 characters and no spaces.';
  throw new CliError(sentence, exitCodes.unusable, 'cli.bad-token');
}

/** `caravel logout`: ends the session on the server, where it still is one, and forgets the token. */
export async function logout(options: { server?: string }, output: Output): Promise<void> {
  const server = await chooseServer(options.server);
  const kept = await readCredentials();
  const account = kept.servers[server];
  if (account) {
    // A token that ended already is gone as well; a server that is down must not keep anybody signed in here.
    await new Api(server, account.token).post('/sign-out').catch(() => undefined);
    const { [server]: _gone, ...servers } = kept.servers;
    await writeCredentials({ current: kept.current === server ? null : kept.current, servers });
  }
  const sentence = account ? `Signed out of ${server}.` : `You were not signed in to ${server}.`;
  output.result({ server, signedOut: account !== undefined }, sentence);
}

/** `caravel whoami`: who the server says that one is. @throws CliError, ApiRefusal */
export async function whoami(options: { server?: string }, output: Output): Promise<void> {
  const server = await chooseServer(options.server);
  const { api, account } = await signedInApi(server);
  const me = await api.get<Me>('/me');
  const stores = (await listStores(api)).map(({ handle }) => handle);
  const { email, name } = me.user;
  const store = account?.store ?? null;
  const text = `${email} (${name}) on ${server}\nstores: ${stores.join(', ') || 'none'}${store === null ? '' : `\ncommands mean: ${store}`}`;
  output.result({ server, email, name, store, stores }, text);
}

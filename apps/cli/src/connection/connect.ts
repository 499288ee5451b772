import { CliError, exitCodes } from '../cli-error';
import { cliEnvironment } from '../environment';
import { Api } from './api';
import { type Account, readCredentials } from './credentials';

/** Flags that every command which talks to a server takes. */
export interface ConnectionOptions {
  server?: string;
  store?: string;
}

/** A store that a command works on. */
export interface StoreConnection {
  api: Api;
  /** The server's origin. */
  server: string;
  storeId: string;
  handle: string;
}

/** A store as the API lists it. */
export interface StoreEntry {
  id: string;
  handle: string;
  name: string;
}

/** What a folder says of where it was pushed to or pulled from. */
export interface Remembered {
  server: string;
  storeId: string;
}

/** Where the API is when nobody says so: that of `npm start`. */
const localServer = 'http://localhost:4000';

/**
 * The server to talk to: the flag, the environment, what the folder remembers, the last sign-in, this machine.
 * @throws CliError when what is given is no address
 */
export async function chooseServer(given?: string, remembered?: string): Promise<string> {
  const { current } = await readCredentials();
  const text = given ?? cliEnvironment().server ?? remembered ?? current ?? localServer;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    const sentence = `--server: “${text}” is not an address such as https://api.example.com.`;
    throw new CliError(sentence, exitCodes.unusable, 'cli.bad-server');
  }
  return url.origin;
}

/**
 * The API as whoever is signed in.
 * @throws CliError when nobody is
 */
export async function signedInApi(server: string): Promise<{ api: Api; account: Account | null }> {
  const { token } = cliEnvironment();
  const account = (await readCredentials()).servers[server] ?? null;
  const used = token ?? account?.token;
  if (used === undefined) {
    throw new CliError(
      `You are not signed in to ${server}: run \`caravel login --server ${server}\`, or set CARAVEL_TOKEN.`,
      exitCodes.unusable,
      'cli.not-signed-in',
    );
  }
  return { api: new Api(server, used), account };
}

/**
 * The store that a command means: the flag, the environment, the folder's, the account's, or the only one there is.
 * @param remembered what the theme's folder says, if anything
 * @throws CliError that names the stores to choose from
 */
export async function connect(
  options: ConnectionOptions,
  remembered?: Remembered | null,
): Promise<StoreConnection> {
  const server = await chooseServer(options.server, remembered?.server);
  const { api, account } = await signedInApi(server);
  const stores = await listStores(api);
  const given = options.store ?? cliEnvironment().store;
  const folder = remembered?.server === server ? remembered.storeId : undefined;
  const wanted = given ?? folder ?? account?.store ?? undefined;
  const found =
    wanted === undefined
      ? stores.length === 1
        ? stores[0]
        : undefined
      : stores.find(({ id, handle }) => id === wanted || handle === wanted);
  if (found) return { api, server, storeId: found.id, handle: found.handle };
  const handles = stores.map(({ handle }) => handle).join(', ') || 'none';
  const sentence =
    wanted === undefined
      ? `--store: say which store is meant; yours are: ${handles}.`
      : `--store: you have no store “${wanted}”; yours are: ${handles}.`;
  throw new CliError(sentence, exitCodes.unusable, 'cli.which-store');
}

/** Every store of whoever is signed in. */
export async function listStores(api: Api): Promise<StoreEntry[]> {
  return listAll<StoreEntry>(api, '/stores');
}

/** All pages of a list. */
export async function listAll<T>(api: Api, path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: '100', ...(cursor === null ? {} : { cursor }) });
    const page: { items: T[]; nextCursor: string | null } = await api.get(
      `${path}?${String(query)}`,
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

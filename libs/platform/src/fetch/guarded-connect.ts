import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import { fetchErrors } from './fetch.errors';
import { isPublicAddress } from './public-address';

/** Which connections are let through. */
export interface ConnectRules {
  /** Lets private addresses pass, for development and tests. */
  allowPrivate: boolean;
  /** Name to addresses; the system's resolver unless a test gives another. */
  resolve?: (host: string) => Promise<string[]>;
}

/**
 * A connector for undici that resolves a name once, refuses it if any of its addresses is private, and connects to an
 * address that was checked: between check and use there is no second look-up that could answer otherwise.
 * A `lookup` hook would not do: undici never calls it for an address that is written as a number.
 */
export function guardedConnect(rules: ConnectRules): buildConnector.connector {
  const connect = buildConnector({ timeout: 10_000 });
  return (options, callback) => {
    addressesOf(options.hostname, rules).then(
      (addresses) => tryInTurn(addresses),
      // oxlint-disable-next-line promise/no-callback-in-promise -- undici's connectors are callbacks by contract
      (error: Error) => callback(error, null),
    );
    function tryInTurn([address, ...others]: string[]): void {
      const servername = options.servername ?? nameOf(options.hostname);
      const target = { ...options, hostname: address ?? '', ...(servername ? { servername } : {}) };
      connect(target, (...result) => {
        if (result[0] && others.length > 0) tryInTurn(others);
        else callback(...result);
      });
    }
  };
}

async function addressesOf(
  hostname: string,
  { allowPrivate, resolve = resolveBySystem }: ConnectRules,
): Promise<string[]> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [host] : await resolve(host).catch(() => []);
  if (addresses.length === 0) throw fetchErrors.error('unresolved', { host });
  if (!allowPrivate && !addresses.every(isPublicAddress)) {
    throw fetchErrors.error('private-address', { host });
  }
  return addresses;
}

async function resolveBySystem(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}

/** TLS wants a name to ask for, and refuses an address in its place. */
function nameOf(hostname: string): string | undefined {
  return isIP(hostname.replace(/^\[|\]$/g, '')) ? undefined : hostname;
}

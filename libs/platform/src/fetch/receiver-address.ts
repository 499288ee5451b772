import { isIP } from 'node:net';
import { isPublicAddress } from './public-address';

/**
 * An address to which we may send what a merchant wants to be told, as it is kept. Where its name leads is looked at
 * again at each connection.
 * @param allowPrivate lets plain http, other ports and private addresses pass, for development
 * @returns what is wrong with it as `fault`, a half sentence that begins with "it"
 */
export function receiverAddress(
  text: string,
  allowPrivate: boolean,
): { address: string } | { fault: string } {
  if (!URL.canParse(text)) return { fault: 'it is not a web address' };
  const url = new URL(text);
  const protocols = allowPrivate ? ['https:', 'http:'] : ['https:'];
  if (!protocols.includes(url.protocol)) return { fault: 'it must begin with https://' };
  if (url.username || url.password) return { fault: 'it carries a user name or password' };
  if (url.hash) return { fault: 'it has a part after #, which is never sent' };
  if (allowPrivate) return { address: url.href };
  if (url.port) return { fault: 'only the usual port of https is reached' };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const inside = isIP(host) ? !isPublicAddress(host) : /(^|\.)localhost$/i.test(host);
  return inside ? { fault: 'it is not on the public internet' } : { address: url.href };
}

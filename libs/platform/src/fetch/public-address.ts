import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IANA's special-purpose registry for IPv4 (RFC 6890), multicast and the future-use block. */
const special4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Azure's host agent has this public-looking address on every machine there.
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** What is special inside 2000::/3, the only block from which public IPv6 addresses are given out (RFC 4291). */
const special6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  // 6to4 carries an IPv4 address of anybody's choice; it has been given up (RFC 7526).
  ['2002::', 16],
  ['3fff::', 20],
];

const refused = new BlockList();
for (const [net, prefix] of special4) refused.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of special6) refused.addSubnet(net, prefix, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
/** Both carry an IPv4 address in the last 32 bits, which then decides: mapped (RFC 4291), NAT64 (RFC 6052). */
const carrying = new BlockList();
carrying.addSubnet('::ffff:0:0', 96, 'ipv6');
carrying.addSubnet('64:ff9b::', 96, 'ipv6');

/**
 * Whether an address can belong to a server on the public internet.
 * @param address an IP address in canonical form, as `dns.lookup` and `URL` give it; anything else is not public
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !refused.check(address, 'ipv4');
  // A zone (`%eth0`) names a link of this machine.
  if (!isIPv6(address) || address.includes('%')) return false;
  if (carrying.check(address, 'ipv6')) return isPublicAddress(lastFourBytes(address));
  return global6.check(address, 'ipv6') && !refused.check(address, 'ipv6');
}

function lastFourBytes(address: string): string {
  const tail = address.slice(address.lastIndexOf(':') + 1);
  if (isIPv4(tail)) return tail;
  const written = address.split('::').at(-1)?.split(':') ?? [];
  const [high, low] = ['0', '0', ...written].slice(-2).map((group) => parseInt(group || '0', 16));
  return [(high ?? 0) >> 8, (high ?? 0) & 255, (low ?? 0) >> 8, (low ?? 0) & 255].join('.');
}

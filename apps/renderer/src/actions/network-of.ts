import { isIPv6 } from 'node:net';

/**
 * The network that tries are counted for. An address of IPv6 is one of the 2^64 that its owner was given, so that counting
 * them one by one would count nothing.
 * @returns an address of IPv4 as it is, of IPv6 its first 64 bits
 */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  const [address = ''] = ip.split('%');
  if (!isIPv6(address)) return ip;
  const [front = '', back] = address.toLowerCase().split('::');
  const head = groups(front);
  const tail = back === undefined ? [] : groups(back);
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  const whole = [...head, ...zeros, ...tail].map((group) => group.replace(/^0+(?=.)/, ''));
  return `${whole.slice(0, 4).join(':')}::/64`;
}

/** An address of IPv4 at the end stands for two groups. */
function groups(part: string): string[] {
  const list = part === '' ? [] : part.split(':');
  return list.flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
}

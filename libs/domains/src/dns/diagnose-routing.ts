import { isIP } from 'node:net';
import { isWithin } from '../hostname/parse-hostname';
import { finding, type Finding } from './finding';
import type { Lookup } from './lookup';
import type { Observation } from './observe';

export interface RoutingExpectation {
  /** The store's own CNAME target. */
  target: string;
  /** Zone of all stores' targets. */
  edgeZone: string;
  /** Our public addresses, both families. */
  addresses: readonly string[];
  kind: 'apex' | 'sub';
}

/** `unknown` means that nobody could be asked; it never changes a state. */
export type RoutingStatus = 'ok' | 'wrong' | 'unknown';

export interface RoutingVerdict {
  status: RoutingStatus;
  findings: Finding[];
}

/** Longer chains are cut by some resolvers, the authority's among them. */
const MAX_CHAIN = 8;
/** Where names often still point after a move; only the wording depends on it. */
const KNOWN_PLACES: readonly [RegExp, string][] = [
  [/^23\.227\.38\.|(^|\.)myshopify\.com$/, 'Shopify'],
  [/^185\.230\.6[0-3]\.|(^|\.)wixdns\.net$/, 'Wix'],
  [/^198\.(185\.159|49\.23)\.|(^|\.)squarespace\.com$/, 'Squarespace'],
  [/(^|\.)(parkingcrew|sedoparking|bodis)\.(net|com)$/, 'a parking page'],
];

/** Judges where a host leads: pure; takes what was seen and what should have been. */
export function diagnoseRouting(seen: Observation, wanted: RoutingExpectation): RoutingVerdict {
  if (seen.address.status === 'failed') return couldNotAsk(seen);
  const reachesTarget = seen.address.chain.includes(wanted.target);
  const findings = [
    ...chainFindings(seen, wanted),
    ...(reachesTarget ? [] : addressFindings(seen, wanted)),
  ];
  if (!findings.some((found) => found.blocking)) findings.unshift(success(seen, wanted));
  return { status: findings.some((found) => found.blocking) ? 'wrong' : 'ok', findings };
}

function success(seen: Observation, wanted: RoutingExpectation): Finding {
  const details = { blocking: false, found: [...seen.address.chain, ...seen.address.values] };
  return seen.address.chain.includes(wanted.target)
    ? finding('OK_CNAME', `${seen.host} points to your store.`, details)
    : finding('OK_A', `${seen.host} points to our address.`, details);
}

function couldNotAsk(seen: Observation): RoutingVerdict {
  const { host } = seen;
  if (seen.servfail === 'loop') {
    const action = 'Remove one of the CNAME records, so that the chain ends.';
    const message = `The CNAME records of ${host} lead in a circle.`;
    return { status: 'wrong', findings: [finding('CNAME_LOOP', message, { action })] };
  }
  if (seen.servfail === 'bogus-signatures') {
    const message = `The DNSSEC signatures of ${host} are broken, often after a change of name servers.`;
    const action =
      'Remove the DS record at your registrar, or let your DNS provider sign the zone.';
    return { status: 'wrong', findings: [finding('DNSSEC_BOGUS', message, { action })] };
  }
  // "Could not ask" says nothing about the records, so it never blocks what already works.
  const details = { blocking: false, action: 'We ask again by ourselves; nothing to do yet.' };
  const { why } = seen.address;
  const found =
    why === 'servfail'
      ? finding('SERVFAIL', `The name servers of ${host} answer with an error.`, details)
      : why === 'refused'
        ? finding('REFUSED', `The name servers of ${host} refuse to answer.`, details)
        : finding('TIMEOUT', `The name servers of ${host} do not answer.`, details);
  return { status: 'unknown', findings: [found] };
}

function chainFindings(seen: Observation, wanted: RoutingExpectation): Finding[] {
  const { host, address } = seen;
  const findings: Finding[] = [];
  if (address.chain.length === 0) return findings;
  const details = { expected: [wanted.target], found: address.chain };
  if (wanted.kind === 'apex') {
    const message = `${host} is the top of its zone and must not be a CNAME.`;
    const action = `Replace the CNAME by A records: ${v4(wanted.addresses).join(', ')}.`;
    findings.push(finding('CNAME_AT_APEX', message, { ...details, action }));
  }
  if (address.chain.length > MAX_CHAIN) {
    const message = `${host} leads through ${address.chain.length} CNAME records; more than ${MAX_CHAIN} fail.`;
    const action = `Point ${host} straight to ${wanted.target}.`;
    findings.push(finding('CHAIN_LONG', message, { ...details, action }));
  }
  return findings;
}

function addressFindings(seen: Observation, wanted: RoutingExpectation): Finding[] {
  const { host, address } = seen;
  const action = howToRoute(host, wanted);
  const expected = wanted.kind === 'apex' ? v4(wanted.addresses) : [wanted.target];
  const other = address.chain.find((name) => isWithin(name, wanted.edgeZone));
  if (other !== undefined) {
    const message = `${host} points to the address of a different store.`;
    return [finding('OTHER_STORE_TARGET', message, { expected, found: [other], action })];
  }
  if (address.status === 'found') return foundAddresses(seen, wanted, expected);
  if (address.chain.length > 0) {
    const last = address.chain.at(-1) ?? host;
    const message = `${host} leads to ${last}, which has no address.`;
    return [finding('CHAIN_DANGLING', message, { expected, found: address.chain, action })];
  }
  if (address.status === 'nxdomain' && seen.zone === 'missing') {
    const message = `The domain of ${host} is not registered, or has no name servers.`;
    const register = 'Register the domain, or set its name servers at your registrar.';
    return [finding('ZONE_MISSING', message, { expected, action: register })];
  }
  if (address.status === 'nxdomain') {
    return [finding('NXDOMAIN', `There is no record for ${host} yet.`, { expected, action })];
  }
  const message = `${host} exists but has neither an A nor a CNAME record.`;
  return [finding('NO_ADDRESS', message, { expected, found: seen.aaaa.values, action })];
}

function foundAddresses(
  seen: Observation,
  wanted: RoutingExpectation,
  expected: string[],
): Finding[] {
  const { host, address, aaaa } = seen;
  const foreign = address.values.filter((value) => !wanted.addresses.includes(value));
  if (foreign.length === address.values.length) {
    const found = [...address.chain, ...address.values];
    const message = `${host} points to ${placeName(address) ?? found[0]} instead of your store.`;
    return [
      finding('WRONG_TARGET', message, { expected, found, action: howToRoute(host, wanted) }),
    ];
  }
  if (foreign.length > 0) {
    const message = `${host} has several addresses and some are not ours; visitors reach one by chance.`;
    const action = `Delete the A records ${foreign.join(', ')}.`;
    return [finding('MIXED_A', message, { expected, found: address.values, action })];
  }
  const foreignV6 = aaaa.values.filter((value) => !wanted.addresses.includes(value));
  if (foreignV6.length === 0) return [];
  const message = `${host} has an IPv6 address that is not ours; certificate checks prefer IPv6.`;
  const action = `Delete the AAAA record ${foreignV6.join(', ')}.`;
  return [finding('AAAA_CONFLICT', message, { expected, found: foreignV6, action })];
}

function howToRoute(host: string, wanted: RoutingExpectation): string {
  return wanted.kind === 'apex'
    ? `Set an A record of ${host} to ${v4(wanted.addresses).join(' and ')}.`
    : `Set a CNAME record of ${host} to ${wanted.target}.`;
}

function placeName(address: Lookup): string | null {
  const places = [...address.chain, ...address.values];
  return KNOWN_PLACES.find(([pattern]) => places.some((place) => pattern.test(place)))?.[1] ?? null;
}

/** The IPv4 ones of a list of addresses: what an A record takes. */
export function v4(addresses: readonly string[]): string[] {
  return addresses.filter((address) => isIP(address) === 4);
}

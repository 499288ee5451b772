import { registrableDomain } from '../hostname/parse-hostname';
import type { DnsClient } from './dns-client';
import { readCaa, readLookup, type CaaRecord, type Lookup } from './lookup';

export type CaaSighting =
  | { status: 'none' }
  | { status: 'set'; name: string; records: CaaRecord[] }
  | { status: 'failed'; name: string };

/** Everything that was seen of one host in one check; no judgement in it. */
export interface Observation {
  host: string;
  /** The first resolver that answered, else the first. */
  address: Lookup;
  aaaa: Lookup;
  txt: Lookup;
  /** Under the name that provider forms make when they append the zone to a full name. */
  txtDoubled: Lookup;
  /** What each resolver said: a proof wants two that agree. */
  witnesses: { address: Lookup; txt: Lookup }[];
  zone: 'exists' | 'missing' | 'unknown';
  caa: CaaSighting;
  /** What stands behind a SERVFAIL of the address question. */
  servfail: 'loop' | 'bogus-signatures' | 'plain' | null;
}

export const TXT_LABEL = '_shopverify';
/** More resolvers than this say nothing new. */
const MAX_WITNESSES = 3;
const MAX_WALK = 16;

/** Looks a host up in every way that a diagnosis needs. Takes lower-case ASCII; never throws. */
export async function observe(dns: DnsClient, host: string): Promise<Observation> {
  const zone = registrableDomain(host) ?? host;
  const txtName = `${TXT_LABEL}.${host}`;
  const [witnesses, aaaa, txtDoubled, zoneReply, caa] = await Promise.all([
    Promise.all(
      dns.resolvers.slice(0, MAX_WITNESSES).map((resolver) => witness(dns, resolver, host)),
    ),
    dns.ask(host, 'AAAA').then((reply) => readLookup(host, 'AAAA', reply)),
    dns
      .ask(`${txtName}.${zone}`, 'TXT')
      .then((reply) => readLookup(`${txtName}.${zone}`, 'TXT', reply)),
    dns.ask(zone, 'NS'),
    climbCaa(dns, host),
  ]);
  const address = firstAnswered(witnesses.map((seen) => seen.address));
  const failed = address.status === 'failed' && address.why === 'servfail';
  return {
    host,
    address,
    aaaa,
    txt: firstAnswered(witnesses.map((seen) => seen.txt)),
    txtDoubled,
    witnesses,
    zone: zoneReply.ok ? (zoneReply.exists ? 'exists' : 'missing') : 'unknown',
    caa,
    servfail: failed ? await explainServfail(dns, host) : null,
  };
}

async function witness(dns: DnsClient, resolver: string, host: string) {
  const txtName = `${TXT_LABEL}.${host}`;
  const [address, txt] = await Promise.all([
    dns.askOne(resolver, host, 'A'),
    dns.askOne(resolver, txtName, 'TXT'),
  ]);
  return { address: readLookup(host, 'A', address), txt: readLookup(txtName, 'TXT', txt) };
}

function firstAnswered(lookups: Lookup[]): Lookup {
  const nothing: Lookup = { status: 'failed', why: 'unreachable', chain: [], values: [] };
  return lookups.find((lookup) => lookup.status !== 'failed') ?? lookups[0] ?? nothing;
}

/** RFC 8659: from the host up to the top-level domain, the first name with records decides. */
async function climbCaa(dns: DnsClient, host: string): Promise<CaaSighting> {
  const labels = host.split('.');
  const names = labels.map((_, index) => labels.slice(index).join('.'));
  const replies = await Promise.all(names.map((name) => dns.ask(name, 'CAA')));
  for (const [index, reply] of replies.entries()) {
    const name = names[index] ?? host;
    const records = readCaa(reply);
    if (records === null) return { status: 'failed', name };
    if (records.length > 0) return { status: 'set', name, records };
  }
  return { status: 'none' };
}

/** A resolver says SERVFAIL to loops and to broken signatures alike: walk the aliases, then ask without checks. */
async function explainServfail(dns: DnsClient, host: string): Promise<Observation['servfail']> {
  if (await walksInCircles(dns, host)) return 'loop';
  const [resolver = ''] = dns.resolvers;
  const unchecked = await dns.askOne(resolver, host, 'A', true);
  return unchecked.ok ? 'bogus-signatures' : 'plain';
}

async function walksInCircles(dns: DnsClient, host: string): Promise<boolean> {
  const seen = new Set<string>();
  let name = host;
  while (seen.size < MAX_WALK) {
    if (seen.has(name)) return true;
    seen.add(name);
    const [next] = readLookup(name, 'CNAME', await dns.ask(name, 'CNAME')).chain;
    if (next === undefined) return false;
    name = next;
  }
  return true;
}

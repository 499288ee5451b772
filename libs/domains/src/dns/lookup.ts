import type * as dnsPacket from 'dns-packet';
import type { DnsFailure, DnsReply, DnsType } from './dns-client';

/** One question's outcome in the terms of a diagnosis. */
export interface Lookup {
  status: 'found' | 'nodata' | 'nxdomain' | 'failed';
  /** Set when `status` is `failed`. */
  why: DnsFailure | null;
  /** Names after the asked one, in order, that CNAMEs led to; lower-case. */
  chain: string[];
  /** Addresses, or texts with their pieces joined. */
  values: string[];
}

export interface CaaRecord {
  critical: boolean;
  tag: string;
  value: string;
}

/** Reads an answer to `name`: follows its CNAMEs and takes the records at their end. */
export function readLookup(name: string, type: DnsType, reply: DnsReply): Lookup {
  if (!reply.ok) return { status: 'failed', why: reply.why, chain: [], values: [] };
  const { chain, end } = followChain(name, reply.answers);
  const values = reply.answers
    .filter((answer) => answer.type === type && nameOf(answer) === end)
    .map(textOf);
  const status = values.length > 0 ? 'found' : reply.exists ? 'nodata' : 'nxdomain';
  return { status, why: null, chain, values };
}

/** The CAA records of an answer, those of a CNAME's end included; null when it failed. */
export function readCaa(reply: DnsReply): CaaRecord[] | null {
  if (!reply.ok) return null;
  return reply.answers.flatMap((answer) =>
    answer.type === 'CAA'
      ? [
          {
            critical: answer.data.issuerCritical === true,
            tag: answer.data.tag.toLowerCase(),
            value: answer.data.value,
          },
        ]
      : [],
  );
}

function followChain(name: string, answers: readonly dnsPacket.Answer[]) {
  const chain: string[] = [];
  let end = name.toLowerCase();
  for (;;) {
    const next = answers.find((answer) => answer.type === 'CNAME' && nameOf(answer) === end);
    const target = next ? textOf(next).toLowerCase().replace(/\.$/, '') : null;
    if (target === null || chain.includes(target)) return { chain, end };
    chain.push(target);
    end = target;
  }
}

function nameOf(answer: dnsPacket.Answer): string {
  return answer.name.toLowerCase().replace(/\.$/, '');
}

function textOf(answer: dnsPacket.Answer): string {
  if (answer.type === 'TXT') {
    const pieces = Array.isArray(answer.data) ? answer.data : [answer.data];
    return pieces.map((piece) => piece.toString()).join('');
  }
  return 'data' in answer && typeof answer.data === 'string' ? answer.data : '';
}

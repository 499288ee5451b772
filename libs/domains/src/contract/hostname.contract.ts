import { z } from 'zod';

export const hostnameInput = z
  .object({ hostname: z.string().min(1).max(500) })
  .meta({ id: 'HostnameInput' });

/** A record that the merchant sets at the DNS provider. */
export const dnsRecord = z
  .object({
    type: z.enum(['A', 'CNAME', 'TXT']),
    name: z.string(),
    value: z.string(),
    purpose: z.enum(['routing', 'ownership']),
    /** False for a proof that is not needed while the CNAME record proves the same. */
    required: z.boolean(),
  })
  .meta({ id: 'DnsRecord' });

export const dnsFinding = z
  .object({
    code: z.string(),
    message: z.string(),
    expected: z.array(z.string()),
    found: z.array(z.string()),
    action: z.string().nullable(),
    blocking: z.boolean(),
  })
  .meta({ id: 'DnsFinding' });

export const hostnameState = z.enum([
  'awaiting_dns',
  'conflict',
  'expired',
  'verified',
  'issuing',
  'active',
  'blocked',
  'releasing',
  'released',
]);

const certificateProblem = z
  .object({ type: z.string(), detail: z.string(), at: z.string() })
  .nullable();

export const hostname = z
  .object({
    id: z.uuid(),
    /** A-labels, as the DNS knows it. */
    hostname: z.string(),
    /** For display. */
    unicode: z.string(),
    state: hostnameState,
    ownership: z.object({
      status: z.enum(['pending', 'verified', 'conflict']),
      method: z.enum(['txt', 'cname']).nullable(),
      verifiedAt: z.iso.datetime().nullable(),
    }),
    routing: z.object({
      status: z.enum(['ok', 'wrong', 'unknown']),
      checkedAt: z.iso.datetime().nullable(),
    }),
    certificate: z.object({
      status: z.enum(['none', 'pending', 'valid', 'expired', 'failed', 'blocked']),
      notAfter: z.iso.datetime().nullable(),
      issuer: z.string().nullable(),
      /** Why the last order failed, in the authority's words. */
      problem: certificateProblem,
      /** When the next order may be made, after a failure or at the authority's wish. */
      retryAt: z.iso.datetime().nullable(),
    }),
    records: z.array(dnsRecord),
    findings: z.array(dnsFinding),
    primary: z.boolean(),
    nextCheckAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Hostname' });

export const hostnameList = z
  .object({ items: z.array(hostname), nextCursor: z.string().nullable() })
  .meta({ id: 'HostnameList' });

export type HostnameView = z.infer<typeof hostname>;
export type DnsRecord = z.infer<typeof dnsRecord>;

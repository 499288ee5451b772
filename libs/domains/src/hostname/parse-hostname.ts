import { isIP } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';
import { parse } from 'tldts';

/** Why a name cannot be connected; each has its own sentence in `domains.errors.ts`. */
export type HostnameProblem =
  | 'malformed'
  | 'address'
  | 'too-long'
  | 'too-few-labels'
  | 'too-many-labels'
  | 'reserved'
  | 'public-suffix'
  | 'unknown-suffix'
  | 'platform';

export interface ParsedHostname {
  /** Lower-case A-labels without a closing dot: what is stored, compared and sent to the authority. */
  ascii: string;
  /** The same name with U-labels, for display only. */
  unicode: string;
  /** The part under the public suffix, private section included: the unit of the authority's limits. */
  registrable: string;
  kind: 'apex' | 'sub';
}

export type HostnameVerdict =
  { ok: true; hostname: ParsedHostname } | { ok: false; problem: HostnameProblem };

export interface HostnameRules {
  /** Zones of the platform itself: neither they nor anything under them can be connected. */
  ownZones: readonly string[];
  /** Lets names under reserved suffixes (`.test`) and unlisted ones through; for tests and development. */
  testMode: boolean;
}

/** `domainToASCII` drops, decodes or lets pass all of these; separators and wildcards are no part of a name. */
const FORBIDDEN = /[/\\:@%?#*_[\]\s\p{Cc}\p{Cf}]/u;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** RFC 1035: 255 octets on the wire, 253 written. */
const MAX_LENGTH = 253;
/** Let's Encrypt (Boulder) refuses names of more than ten labels. */
const MAX_LABELS = 10;
/** RFC 6761, 6762, 7686, 8375, 9476 and ICANN's `.internal`: names that never resolve publicly. */
const RESERVED = new Set(
  'test localhost onion invalid example local internal alt arpa lan home corp'.split(' '),
);

/**
 * Reads a name as a merchant types it. Takes the raw text and the platform's own zones; returns the
 * normalised name or the first problem. Never throws.
 */
export function parseHostname(input: string, rules: HostnameRules): HostnameVerdict {
  const typed = input.trim();
  if (isIP(typed) !== 0) return { ok: false, problem: 'address' };
  if (typed === '' || FORBIDDEN.test(typed)) return { ok: false, problem: 'malformed' };

  const ascii = domainToASCII(typed.endsWith('.') ? typed.slice(0, -1) : typed).toLowerCase();
  const problem = shapeProblem(ascii) ?? suffixProblem(ascii, rules);
  if (problem) return { ok: false, problem };

  const registrable = registrableDomain(ascii) ?? ascii;
  return {
    ok: true,
    hostname: {
      ascii,
      unicode: domainToUnicode(ascii),
      registrable,
      kind: registrable === ascii ? 'apex' : 'sub',
    },
  };
}

/** The registrable domain of an ASCII name with the suffix list's private section, or null for a suffix itself. */
export function registrableDomain(ascii: string): string | null {
  return parse(ascii, { allowPrivateDomains: true }).domain;
}

/** True when `host` is `zone` or lies under it; both lower-case ASCII. */
export function isWithin(host: string, zone: string): boolean {
  return host === zone || host.endsWith(`.${zone}`);
}

function shapeProblem(ascii: string): HostnameProblem | null {
  if (ascii === '') return 'malformed';
  // A dotted number ("1.2.3", "0x7f.1") has become an address here.
  if (isIP(ascii) !== 0) return 'address';
  if (ascii.length > MAX_LENGTH) return 'too-long';
  const labels = ascii.split('.');
  if (!labels.every((label) => LABEL.test(label))) return 'malformed';
  if (labels.length < 2) return 'too-few-labels';
  if (labels.length > MAX_LABELS) return 'too-many-labels';
  return /^\d+$/.test(labels.at(-1) ?? '') ? 'address' : null;
}

function suffixProblem(ascii: string, rules: HostnameRules): HostnameProblem | null {
  if (rules.ownZones.some((zone) => isWithin(ascii, zone.toLowerCase()))) return 'platform';
  const facts = parse(ascii, { allowPrivateDomains: true });
  const topLevel = ascii.slice(ascii.lastIndexOf('.') + 1);
  if (RESERVED.has(topLevel) && !rules.testMode) return 'reserved';
  if (facts.domain === null) return 'public-suffix';
  const listed = facts.isIcann === true || facts.isPrivate === true;
  return listed || rules.testMode ? null : 'unknown-suffix';
}

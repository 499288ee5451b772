import { z } from 'zod';

/** What a browser refused to load on a page of the checkout. */
export interface PolicyViolation {
  /** The rule of the page's policy that it broke, such as `script-src-elem`. */
  directive: string;
  /** From where: a host with its scheme, or the browser's word for what has none, such as `inline`. */
  blocked: string;
  /** Of which page, without what opens it. */
  page: string;
}

const text = z.string().max(4_096).catch('');

/** A report as `report-uri` sends it (CSP level 2). */
const single = z.object({
  'csp-report': z.object({
    'document-uri': text,
    'violated-directive': text,
    'effective-directive': text,
    'blocked-uri': text,
  }),
});

/** Reports as `report-to` sends them (Reporting API). */
const list = z.array(
  z.object({
    type: z.string(),
    body: z.object({ documentURL: text, effectiveDirective: text, blockedURL: text }).nullish(),
  }),
);

/** More in one request are not of a page of ours. */
const mostReports = 20;

/**
 * Reads what a browser tells of a page's policy, in either of the two shapes.
 * @returns null for what is neither
 */
export function readPolicyReports(body: Buffer): PolicyViolation[] | null {
  const value = parsed(body);
  const one = single.safeParse(value);
  if (one.success) {
    const report = one.data['csp-report'];
    const rule = report['effective-directive'] || report['violated-directive'];
    return [violation(rule, report['blocked-uri'], report['document-uri'])];
  }
  const many = list.max(mostReports).safeParse(value);
  if (!many.success) return null;
  return many.data.flatMap(({ type, body: told }) =>
    type === 'csp-violation' && told
      ? [violation(told.effectiveDirective, told.blockedURL, told.documentURL)]
      : [],
  );
}

function violation(rule: string, blocked: string, page: string): PolicyViolation {
  const [directive = ''] = rule.split(' ');
  return {
    directive: /^[a-z][a-z-]{0,40}$/.test(directive) ? directive : 'other',
    blocked: originOf(blocked),
    page: pageOf(page),
  };
}

/** Paths and queries may say who somebody is; hosts say what was to be loaded. */
function originOf(blocked: string): string {
  if (/^[a-z-]{1,30}$/.test(blocked)) return blocked;
  const url = URL.parse(blocked);
  if (url === null) return 'other';
  return url.origin === 'null' ? url.protocol : url.origin;
}

/** The token of a checkout or an order opens it, so it stays out of logs. */
function pageOf(page: string): string {
  const path = URL.parse(page)?.pathname ?? '';
  return path.replace(/\/[\w-]{20,}/g, '/…').slice(0, 200);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

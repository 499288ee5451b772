import type { CaaRecord } from './lookup';

export interface CaaQuestion {
  /** Names under which our authority is listed, e.g. `letsencrypt.org`. */
  issuers: readonly string[];
  /** URL of our account; null while there is none. */
  accountUri: string | null;
}

export type CaaVerdict = { allowed: true } | { allowed: false; because: string };

/**
 * Whether one name's CAA records (the first non-empty set on the way up, RFC 8659) let our authority issue by
 * http-01, with the account and method parameters of RFC 8657.
 */
export function caaVerdict(records: readonly CaaRecord[], question: CaaQuestion): CaaVerdict {
  const known = new Set([
    'issue',
    'issuewild',
    'iodef',
    'issuemail',
    'contactemail',
    'contactphone',
  ]);
  const strange = records.find((record) => record.critical && !known.has(record.tag));
  if (strange) return { allowed: false, because: `unknown critical tag "${strange.tag}"` };
  const issue = records.filter((record) => record.tag === 'issue');
  if (issue.length === 0) return { allowed: true };

  const reasons: string[] = [];
  for (const { value } of issue) {
    const reason = refusal(value, question);
    if (reason === null) return { allowed: true };
    reasons.push(reason);
  }
  return { allowed: false, because: reasons.join('; ') };
}

function refusal(value: string, question: CaaQuestion): string | null {
  const [issuer = '', ...parts] = value.split(';').map((part) => part.trim());
  if (issuer === '') return 'nobody may issue';
  if (!question.issuers.includes(issuer.toLowerCase())) return `only ${issuer} may issue`;
  const parameters = new Map(
    parts.filter(Boolean).map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()] as const;
    }),
  );
  const account = parameters.get('accounturi');
  // Without an account yet there is nothing to compare: the authority itself will decide.
  if (account !== undefined && question.accountUri !== null && account !== question.accountUri) {
    return `only the account ${account} may issue`;
  }
  const methods = parameters.get('validationmethods');
  if (methods !== undefined && !methods.split(',').some((method) => method.trim() === 'http-01')) {
    return `only ${methods} validation is allowed`;
  }
  return null;
}

/** Stable codes of the diagnosis; what each means to a merchant stands where it is made. */
export type FindingCode =
  | 'OK_CNAME'
  | 'OK_A'
  | 'NXDOMAIN'
  | 'ZONE_MISSING'
  | 'NO_ADDRESS'
  | 'WRONG_TARGET'
  | 'OTHER_STORE_TARGET'
  | 'MIXED_A'
  | 'AAAA_CONFLICT'
  | 'CNAME_AT_APEX'
  | 'CNAME_LOOP'
  | 'CHAIN_DANGLING'
  | 'CHAIN_LONG'
  | 'CAA_FORBIDS'
  | 'CAA_ERROR'
  | 'DNSSEC_BOGUS'
  | 'SERVFAIL'
  | 'TIMEOUT'
  | 'REFUSED'
  | 'TXT_MISSING'
  | 'TXT_WRONG';

/** One thing that a check saw: cause, what was expected and found, what to do about it. */
export interface Finding {
  code: FindingCode;
  message: string;
  expected: string[];
  found: string[];
  /** The one next step; null when there is nothing to do. */
  action: string | null;
  blocking: boolean;
}

/** Makes a finding that blocks unless it says otherwise. */
export function finding(
  code: FindingCode,
  message: string,
  details: Partial<Omit<Finding, 'code' | 'message'>> = {},
): Finding {
  return { code, message, expected: [], found: [], action: null, blocking: true, ...details };
}

import { finding, type Finding } from './finding';
import type { Lookup } from './lookup';
import { TXT_LABEL, type Observation } from './observe';

export interface OwnershipExpectation {
  /** The store's own CNAME target, which nobody else was given. */
  target: string;
  /** The store's token for this host. */
  token: string;
  /** Another store claims the host or once held it: where a CNAME leads may be a leftover, so only TXT counts. */
  contested: boolean;
}

export interface OwnershipVerdict {
  /** `unknown`: nobody could be asked. */
  proof: 'txt' | 'cname' | 'none' | 'unknown';
  findings: Finding[];
}

/**
 * Judges whether the store's merchant rules the host's zone: pure. Only a TXT record with the store's token or a
 * CNAME to the store's own target prove it; addresses never do. Two resolvers must agree where two are configured.
 */
export function diagnoseOwnership(
  seen: Observation,
  wanted: OwnershipExpectation,
): OwnershipVerdict {
  const byTxt = agree(
    seen.witnesses.map(({ txt }) => holds(txt, () => txt.values.includes(wanted.token))),
  );
  if (byTxt === true) return { proof: 'txt', findings: [] };
  const byCname = agree(
    seen.witnesses.map(({ address }) =>
      holds(address, () => address.chain.includes(wanted.target)),
    ),
  );
  if (byCname === true && !wanted.contested) return { proof: 'cname', findings: [] };
  if (byTxt === null || (byCname === null && !wanted.contested)) {
    return { proof: 'unknown', findings: [] };
  }
  return { proof: 'none', findings: [txtFinding(seen, wanted)] };
}

/** What one resolver's answer says; null when it gave none. */
function holds(lookup: Lookup, test: () => boolean): boolean | null {
  return lookup.status === 'failed' ? null : test();
}

/**
 * True when two resolvers (the only one, where only one is configured) saw the proof and none that answered missed it;
 * false when one that answered missed it; null when too few answered.
 */
function agree(votes: (boolean | null)[]): boolean | null {
  const cast = votes.filter((vote) => vote !== null);
  if (cast.includes(false)) return false;
  return cast.length >= Math.min(2, votes.length) && cast.length > 0 ? true : null;
}

function txtFinding(seen: Observation, wanted: OwnershipExpectation): Finding {
  const name = `${TXT_LABEL}.${seen.host}`;
  const expected = [wanted.token];
  if (seen.txtDoubled.values.includes(wanted.token)) {
    const message = 'The TXT record exists, but your DNS provider appended the domain once more.';
    const action = `Rename the TXT record so that its full name is ${name}.`;
    return finding('TXT_WRONG', message, { expected, found: seen.txtDoubled.values, action });
  }
  const action = `Add a TXT record ${name} with the value ${wanted.token}.`;
  if (seen.txt.values.length > 0) {
    const message = `The TXT record ${name} has a different value.`;
    return finding('TXT_WRONG', message, { expected, found: seen.txt.values, action });
  }
  const message = wanted.contested
    ? 'Another store knows this hostname: only a TXT record proves that it is yours.'
    : 'We have not yet seen that this hostname is yours.';
  return finding('TXT_MISSING', message, { expected, action });
}

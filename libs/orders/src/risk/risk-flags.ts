import { isDisposableEmailDomain } from 'disposable-email-domains-js';
import type { Address } from '../orders/snapshot';

/** Why somebody should look at an order before it is sent. Advice: nothing is refused or cancelled for it. */
export type RiskFlag =
  /** The money came after the checkout's time was over. */
  | 'late'
  /** The bill goes to another country than the goods. */
  | 'countries_differ'
  /** Paying was tried so often that somebody may have been trying cards. */
  | 'many_attempts'
  /** The address of the mail is thrown away after use. */
  | 'disposable_email'
  /** The goods go to somebody who sends them on. */
  | 'reshipper'
  /** The payment is disputed at the bank, and not won back. */
  | 'disputed';

/** What is known of an order when it is placed. */
export interface RiskFacts {
  email: string | null;
  shippingAddress: Address | null;
  billingAddress: Address | null;
  /** How many payments were begun for it. */
  attempts: number;
}

/** So many payments are begun by shoppers who mistype a card or change their minds. */
const usualAttempts = 3;

/** Names under which parcels are forwarded, as they are written into addresses. */
const reshippers =
  /\b(my ?us|shipito|forward2me|stackry|planet ?express|reship(per|ping)?|parcel ?forward(er|ing)|package ?forward(er|ing)|freight ?forward(er|ing)|mail ?forward(er|ing)|borderlinx|viabox|qwintry|meest|aramex shop|mailboxde|logoix|parcl)\b/i;

/** What speaks for a closer look. Pure; the order of the flags is always the same. */
export function riskFlags(facts: RiskFacts): RiskFlag[] {
  const rules: [RiskFlag, boolean][] = [
    ['countries_differ', countriesDiffer(facts)],
    ['many_attempts', facts.attempts > usualAttempts],
    ['disposable_email', isDisposable(facts.email)],
    ['reshipper', isForwarded(facts.shippingAddress)],
  ];
  return rules.filter(([, holds]) => holds).map(([flag]) => flag);
}

function countriesDiffer({ shippingAddress, billingAddress }: RiskFacts): boolean {
  if (!shippingAddress || !billingAddress) return false;
  return shippingAddress.country !== billingAddress.country;
}

/** A domain below one that is known is thrown away as well. */
function isDisposable(email: string | null): boolean {
  const labels = (email?.split('@').at(-1) ?? '').toLowerCase().split('.');
  return labels.some((_, at) => {
    const domain = labels.slice(at).join('.');
    return domain.includes('.') && isDisposableEmailDomain(domain);
  });
}

function isForwarded(address: Address | null): boolean {
  if (!address) return false;
  const { name, company = '', address1, address2 = '' } = address;
  return [name, company, address1, address2].some((line) => reshippers.test(line));
}

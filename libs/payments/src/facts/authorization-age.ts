import type { ProviderCode } from '../payment-views';
import type { Fact } from './fact';

/** Until when what is authorized can be captured. */
export interface AuthorizationAge {
  /** ISO 8601; after it the provider lets the money go. */
  expiresAt: string;
  /** Until when the provider stands by it; a merchant is to capture before. Never after `expiresAt`. */
  dueAt: string;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * How long providers keep an authorization that says nothing of its end, days: a card's about seven at Stripe; 29 at
 * PayPal, which honours it for three (docs.stripe.com, developer.paypal.com).
 */
const terms: Partial<Record<ProviderCode, { kept: number; honoured?: number }>> = {
  stripe: { kept: 7 },
  paypal: { kept: 29, honoured: 3 },
};

/**
 * The age of what is authorized, of several the one that ends first. Pure.
 * @returns null when nothing is authorized, or no end is known
 */
export function authorizationAge(
  provider: ProviderCode,
  facts: readonly Fact[],
): AuthorizationAge | null {
  const ages = facts
    .filter(({ kind, status }) => kind === 'auth' && status === 'authorized')
    .flatMap((fact) => ageOf(fact, terms[provider]) ?? []);
  return ages.reduce<AuthorizationAge | null>(
    (first, age) => (first === null || age.dueAt < first.dueAt ? age : first),
    null,
  );
}

function ageOf(
  { at, dueAt }: Fact,
  term: { kept: number; honoured?: number } | undefined,
): AuthorizationAge | null {
  const after = (days: number): string => new Date(Date.parse(at) + days * dayMs).toISOString();
  const expiresAt = dueAt ?? (term && after(term.kept));
  if (expiresAt === undefined) return null;
  const honoured = term?.honoured === undefined ? expiresAt : after(term.honoured);
  return { expiresAt, dueAt: honoured < expiresAt ? honoured : expiresAt };
}

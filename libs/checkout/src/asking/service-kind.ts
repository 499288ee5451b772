import type { SignedFor } from '@platform/secrets';

/** A kind of systems of others that are asked at the checkout, and where what is known of them stands. */
export interface ServiceKind {
  /** What a person calls it, and what the audit log does with `-service` behind it. */
  name: 'rate' | 'tax';
  /** Of the request. */
  userAgent: string;
  /** The table of the services, whose rows are signed for. */
  signed: SignedFor;
  /** The table of what they answered lately; it goes with its service. */
  answers: string;
}

/** They say what sending costs. */
export const rateKind: ServiceKind = {
  name: 'rate',
  userAgent: 'Caravel-Rates/1',
  signed: { table: 'rate_services', key: 'service_id', purpose: 'rates', prefix: 'rates' },
  answers: 'rate_answers',
};

/** They say which taxes are levied. */
export const taxKind: ServiceKind = {
  name: 'tax',
  userAgent: 'Caravel-Taxes/1',
  signed: { table: 'tax_services', key: 'service_id', purpose: 'taxes', prefix: 'taxes' },
  answers: 'tax_answers',
};

import type { TaxTerms } from '../quote';

/** Taxes of a cart: none are computed before somebody says where it goes. */
export const withoutTaxes: TaxTerms = {
  regime: {
    scheme: 'unregistered',
    registration: null,
    rates: {},
    taxed: false,
    importLimit: null,
    notice: null,
  },
  included: true,
  level: 'document',
  rounding: 'half-away-from-zero',
  shipping: 'none',
  home: null,
};

import type { ShippingSettings } from '../contract';

/** What counts until a merchant decides otherwise. */
export const defaultShippingSettings: Omit<ShippingSettings, 'version'> = {
  thresholds: 'after_discounts',
  handling: { minDays: 0, maxDays: 1 },
  cutoff: '12:00',
};

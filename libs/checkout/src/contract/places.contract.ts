import { z } from 'zod';

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** A country by ISO 3166-1. */
export const countryCode = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: 'must be two capitals of ISO 3166-1', abort: true })
  .refine((code) => code !== 'ZZ' && names.of(code) !== undefined, 'is no country of ISO 3166-1');

/** A state or province, without its country. */
export const provinceCode = z
  .string()
  .regex(/^[A-Z0-9]{1,3}$/, 'must be the part of ISO 3166-2 after the hyphen');

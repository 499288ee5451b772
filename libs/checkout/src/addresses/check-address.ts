import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';
import { isEmail, isPostalCode } from 'validator';
import type { Address } from '../checkouts/checkout';
import { type AddressField, addressFields, hasZipPattern } from './address-fields';
import { isCountry } from './countries';

/** What is wrong with a field. */
export type FieldFault = 'required' | 'invalid' | 'too-long';

/** What was typed into an address, by field; `country` among them. */
export type TypedAddress = Partial<Record<AddressField | 'country', string>>;

/** An address that can be written on a parcel, or what is wrong with it. */
export type CheckedAddress =
  { address: Address } | { faults: Partial<Record<AddressField | 'country', FieldFault>> };

/** Longer than any address, short enough for a label. */
const longest = 255;

/** Checks an address by the rules of its country; what its post does not know is left out. */
export function checkAddress(typed: TypedAddress): CheckedAddress {
  const country = (typed.country ?? '').trim().toUpperCase();
  if (!isCountry(country)) return { faults: { country: country === '' ? 'required' : 'invalid' } };
  const faults: Partial<Record<AddressField | 'country', FieldFault>> = {};
  const values: Partial<Record<AddressField, string>> = {};
  for (const { field, required, choices } of addressFields(country)) {
    const value = tidy(typed[field] ?? '', field);
    const fault = faultOf(value, required, choices) ?? formatFault(field, value, country);
    if (fault) faults[field] = fault;
    else if (value !== '')
      values[field] = field === 'phone' ? (checkPhone(value, country) ?? value) : value;
  }
  if (Object.keys(faults).length > 0) return { faults };
  const { name = '', address1 = '', ...rest } = values;
  // Where the post writes no town, the province is one: Dubai, Hong Kong's districts.
  return { address: { ...rest, name, address1, city: rest.city ?? rest.province ?? '', country } };
}

/** A telephone number in E.164; null for what is none. @param country whose numbers need no prefix */
export function checkPhone(text: string, country: string): string | null {
  const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined;
  const number = parsePhoneNumberFromString(text, home);
  return number?.isValid() ? number.number : null;
}

/** An e-mail address as it is kept; null for what is none. */
export function checkEmail(text: string): string | null {
  const email = text.trim();
  return email.length <= 254 && isEmail(email, { allow_utf8_local_part: true }) ? email : null;
}

function faultOf(
  value: string,
  required: boolean,
  choices: { code: string }[] | null,
): FieldFault | null {
  if (value === '') return required ? 'required' : null;
  if ([...value].length > longest) return 'too-long';
  return choices && !choices.some(({ code }) => code === value) ? 'invalid' : null;
}

/** What only the country's own rules know; nothing is wrong with what was left out. */
function formatFault(field: AddressField, value: string, country: string): FieldFault | null {
  if (value === '') return null;
  if (field === 'zip' && !isZip(value, country)) return 'invalid';
  return field === 'phone' && checkPhone(value, country) === null ? 'invalid' : null;
}

function isZip(zip: string, country: string): boolean {
  return !hasZipPattern(country) || isPostalCode(zip, country as 'any');
}

/** Spaces as on a label; no line may be smuggled in. */
function tidy(text: string, field: AddressField): string {
  const line = text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return field === 'zip' ? line.toUpperCase() : line;
}

import type { CustomerAddress } from '@renderer/customers';
import { type FormFault, isEmail } from '../actions/forms/read-form';
import type { Input } from '../actions/read-input';

/** Characters that a field takes; addresses and names need no more. */
const longest = 200;
const longestPassword = 1_000;

/** The texts of `customer[...]` or `address[...]`; passwords keep their spaces. */
export function textsOf(input: Input, group: 'customer' | 'address'): Record<string, string> {
  const fields = input[group];
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return {};
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) =>
      typeof value === 'string'
        ? [[field, field.startsWith('password') ? value : value.trim()]]
        : [],
    ),
  );
}

/** What is wrong with an address of a mailbox. */
export function emailFaults({ email = '' }: Record<string, string>): FormFault[] {
  if (email === '') return [{ field: 'email', reason: 'missing' }];
  return isEmail(email) ? [] : [{ field: 'email', reason: 'email' }];
}

/** What is wrong with a password that is set; one that was typed twice has to be the same. */
export function passwordFaults(texts: Record<string, string>): FormFault[] {
  const { password = '', password_confirmation: again = password } = texts;
  if (password === '') return [{ field: 'password', reason: 'missing-field' }];
  if (password.length > longestPassword)
    return [{ field: 'password', reason: 'too-long', limit: longestPassword }];
  return again === password ? [] : [{ field: 'password_confirmation', reason: 'unequal' }];
}

/** What is too long. */
export function lengthFaults(texts: Record<string, string>): FormFault[] {
  return Object.entries(texts)
    .filter(([field, text]) => !field.startsWith('password') && text.length > longest)
    .map(([field]) => ({ field, reason: 'too-long', limit: longest }));
}

const needed = ['last_name', 'address1', 'city', 'country'] as const;

/** Reads an entry of the address book; what a country asks for beyond that is the checkout's to ask. */
export function readAddress(texts: Record<string, string>): {
  faults: FormFault[];
  address: CustomerAddress;
} {
  const missing = needed
    .filter((field) => !texts[field])
    .map((field): FormFault => ({ field, reason: 'missing-field' }));
  const country = (texts['country'] ?? '').toUpperCase();
  const unknown: FormFault[] =
    country !== '' && !/^[A-Z]{2}$/.test(country)
      ? [{ field: 'country', reason: 'missing-field' }]
      : [];
  const text = (field: string): string => texts[field] ?? '';
  return {
    faults: [...missing, ...unknown, ...lengthFaults(texts)],
    address: {
      firstName: text('first_name'),
      lastName: text('last_name'),
      company: text('company'),
      address1: text('address1'),
      address2: text('address2'),
      zip: text('zip'),
      city: text('city'),
      province: text('province'),
      country,
      phone: text('phone'),
    },
  };
}

import { type TypedAddress, addressFieldNames } from '@renderer/checkout';
import type { Input } from '../actions/read-input';
import type { ShopRequest } from '../shop-request';

/** Longer than any field; what is more is cut before it is looked at. */
const longest = 1_000;

/** A text of a form; empty when it was not sent. */
export function textOf(input: Input, name: string): string {
  const value = input[name];
  return typeof value === 'string' ? value.replaceAll('\0', '').slice(0, longest) : '';
}

/** The fields of an address as they were typed. @param group before their names */
export function typedAddress(input: Input, group: 'shipping' | 'billing'): TypedAddress {
  return Object.fromEntries(
    addressFieldNames.map((name) => [name, textOf(input, `${group}_${name}`)]),
  );
}

/** What an address says behind its question mark. */
export function queryOf({ target }: ShopRequest): URLSearchParams {
  return new URLSearchParams(target.split('?').slice(1).join('?'));
}

import {
  type TypedAddress,
  addressFieldNames,
  checkAddress,
  checkEmail,
  namedCountries,
  provinceNamed,
} from '@renderer/checkout';

/** What a link says of whoever follows it, by Shopify's names; nobody has looked at it yet. */
export type Prefill = ReadonlyMap<string, string>;

/** What can be filled in beforehand, as the parameters of Shopify's cart permalinks are named. */
const emailName = 'checkout[email]';
const addressNames = [
  'first_name',
  'last_name',
  'address1',
  'address2',
  'city',
  'province',
  'zip',
  'country',
] as const;

/** Longer than any field. */
const longest = 255;

const inAddress = (name: (typeof addressNames)[number]) => `checkout[shipping_address][${name}]`;

const known = [emailName, ...addressNames.map(inAddress)];

/** Reads `checkout[email]` and `checkout[shipping_address][…]`; what is empty, too long or unknown is left out. */
export function readPrefill(query: URLSearchParams): Prefill {
  return new Map(
    known.flatMap((name): [string, string][] => {
      const value = (query.get(name) ?? '')
        .replace(/\p{Cc}+/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      return value === '' || value.length > longest ? [] : [[name, value]];
    }),
  );
}

/** The same as a query, with its question mark, for the next address on the way; empty for nothing. */
export function prefillQuery(prefill: Prefill): string {
  return prefill.size === 0 ? '' : `?${new URLSearchParams([...prefill]).toString()}`;
}

/** The e-mail address that a link names; empty where it is none. */
export function prefilledEmail(prefill: Prefill): string {
  return checkEmail(prefill.get(emailName) ?? '') ?? '';
}

/**
 * The address that a link names, without what its country does not know or does not allow.
 * @param lang in whose words a country may be named, beside English and its code
 * @param home the country of a link that names none
 */
export function prefilledAddress(
  prefill: Prefill,
  { lang, home }: { lang: string; home: string },
): TypedAddress {
  const text = (name: (typeof addressNames)[number]) => prefill.get(inAddress(name)) ?? '';
  const country = countryOf(text('country'), lang) ?? home;
  const typed: TypedAddress = {
    country,
    name: `${text('first_name')} ${text('last_name')}`.trim(),
    address1: text('address1'),
    address2: text('address2'),
    city: text('city'),
    province: provinceNamed(country, text('province')),
    zip: text('zip'),
  };
  const checked = checkAddress(typed);
  // What is only missing has an empty value already.
  const faults = 'faults' in checked ? checked.faults : {};
  return Object.fromEntries(
    addressFieldNames.flatMap((name) => {
      const value = typed[name] ?? '';
      return value === '' || name in faults ? [] : [[name, value]];
    }),
  );
}

/** The code of a country that is named by it, or in English or the shopper's words; null for none. */
function countryOf(text: string, lang: string): string | null {
  const wanted = text.toLocaleLowerCase();
  if (wanted === '') return null;
  const named = [...namedCountries(lang), ...namedCountries('en')];
  const found = named.find(
    ({ code, name }) => code === text.toUpperCase() || name.toLocaleLowerCase() === wanted,
  );
  return found?.code ?? null;
}

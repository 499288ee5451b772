import { type Address as PostalParts, formatAddress } from 'localized-address-format';
import { isPostalCodeLocales } from 'validator';
import { provincesOf } from './countries';

/** The fields of an address, by their names in forms. */
export type AddressField =
  'name' | 'company' | 'address1' | 'address2' | 'zip' | 'city' | 'province' | 'phone';

/** Every field of any address. */
export const addressFieldNames = [
  'country',
  'name',
  'company',
  'address1',
  'address2',
  'zip',
  'city',
  'province',
  'phone',
] as const;

/** A field as the form of a country shows it. */
export interface FieldShape {
  field: AddressField;
  required: boolean;
  /** What may be chosen; null is typed freely. */
  choices: { code: string; name: string }[] | null;
}

/** Marks that no address contains, one for each part of a format. */
const marks = {
  administrativeArea: '\u0001',
  locality: '\u0002',
  postalCode: '\u0003',
  organization: '\u0004',
  name: '\u0005',
  addressLines: ['\u0006'],
} satisfies PostalParts;

const fieldsOfMarks: Readonly<Record<string, AddressField[]>> = {
  '\u0001': ['province'],
  '\u0002': ['city'],
  '\u0003': ['zip'],
  '\u0004': ['company'],
  '\u0005': ['name'],
  '\u0006': ['address1', 'address2'],
};

/** Where the post cannot do without a province (Google's address data, `require` with S). */
const needsProvince = new Set(
  `AE AU BR BS CA CN CO EG ES HK ID IN IT JP KR MX MY NG PH RU SO TR TW UA US VE VN`.split(' '),
);

/** Codes that exist and are often left out. */
const optionalZip = new Set(['IE', 'HK', 'AE', 'BS', 'JM', 'HN']);

/** The order of the fields, name first: people look for their own name at the top. */
const lead: AddressField[] = ['name', 'company'];

/**
 * The fields that a country's addresses have, in the order in which they are written there, with the Latin order for
 * countries that begin with the largest part.
 * @param country ISO 3166-1 alpha-2
 */
export function addressFields(country: string): FieldShape[] {
  const lines = formatAddress({ postalCountry: country, ...marks }, 'latin').join('');
  const found = [...lines].flatMap((sign) => fieldsOfMarks[sign] ?? []);
  const rest = found.filter((field) => !lead.includes(field));
  const ordered = [...lead, ...new Set(rest), 'phone' as const];
  return ordered.map((field) => ({
    field,
    required: isRequired(field, country),
    choices: field === 'province' ? provincesOf(country) : null,
  }));
}

/** Whether the field's pattern is known for the country, so that a wrong code can be told. */
export function hasZipPattern(country: string): boolean {
  return (isPostalCodeLocales as readonly string[]).includes(country);
}

function isRequired(field: AddressField, country: string): boolean {
  if (field === 'zip') return hasZipPattern(country) && !optionalZip.has(country);
  if (field === 'province') return needsProvince.has(country);
  return field === 'name' || field === 'address1' || field === 'city';
}

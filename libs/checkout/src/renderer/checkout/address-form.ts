import { type AddressField, addressFields } from '../../addresses/address-fields';
import type { FieldFault, TypedAddress } from '../../addresses/check-address';
import { countryName } from './format';
import { type Field, field } from './fields';
import { type Html, html } from './html';
import type { Faults, PageSetting } from './page-input';
import { type Words, say } from './words';

/** An address as a form shows it. */
export interface AddressForm {
  /** Before the names of its fields: `shipping` or `billing`. */
  group: 'shipping' | 'billing';
  typed: TypedAddress;
  faults: Faults;
  countries: readonly { code: string; name: string }[];
}

const autocomplete: Record<AddressField | 'country', string> = {
  name: 'name',
  company: 'organization',
  address1: 'address-line1',
  address2: 'address-line2',
  zip: 'postal-code',
  city: 'address-level2',
  province: 'address-level1',
  phone: 'tel',
  country: 'country',
};

/** The fields of an address for the country that is chosen. */
export function addressForm(form: AddressForm, { words }: PageSetting): Html {
  const { group, typed, faults, countries } = form;
  const country = typed.country ?? '';
  const shapes = addressFields(country);
  const row = shapes.filter(({ field: name }) => ['zip', 'city', 'province'].includes(name));
  const width = row.length === 3 ? ('third' as const) : ('half' as const);
  const shown = shapes.map(({ field: name, required, choices }): Field => {
    const id = `${group}_${name}`;
    const isPhone = name === 'phone';
    return {
      id,
      label: fieldLabel(name, country, words),
      value: typed[name] ?? '',
      required,
      choices,
      autocomplete: `${group} ${autocomplete[name]}`,
      fault: faults[id],
      ...(isPhone ? { type: 'tel', dir: 'ltr', hint: words.phoneHint } : {}),
      ...(row.length > 1 && row.some((one) => one.field === name) ? { width } : {}),
    };
  });
  const place: Field = {
    id: `${group}_country`,
    label: words.country,
    value: country,
    required: true,
    choices: countries,
    autocomplete: `${group} ${autocomplete.country}`,
    fault: faults[`${group}_country`],
  };
  return html`<div class="country" data-country>
      ${field(place, words)}
      <button class="quiet" type="submit" name="intent" value="country" formnovalidate>
        ${words.changeCountry}
      </button>
    </div>
    <div class="fields">${shown.map((one) => field(one, words))}</div>`;
}

/** What a field is called where the country has a word of its own. */
export function fieldLabel(name: AddressField | 'country', country: string, words: Words): string {
  const own = `${name}.${country}` as keyof Words;
  return words[own] ?? words[name];
}

/** What a shopper is told of a field. */
export function addressFault(
  name: AddressField | 'country',
  fault: FieldFault,
  { words, lang, country }: { words: Words; lang: string; country: string },
): string {
  if (fault === 'invalid' && name === 'zip')
    return say(words['fault.zip'], { country: countryName(country, lang) });
  if (fault === 'invalid' && name === 'phone') return words['fault.phone'];
  return say(words[`fault.${fault}`], { field: fieldLabel(name, country, words) });
}

import * as jsvat from 'jsvat-next';
import { memberStates } from '@libs/kernel';

/** A VAT number as it is written: the country's letters first, nothing between. */
export interface VatNumber {
  /** Of the member state, ISO 3166-1 alpha-2. */
  country: string;
  /** Without the country's letters. */
  digits: string;
  /** The whole of it, as invoices print it. */
  text: string;
}

/** Greece writes EL where ISO says GR. */
const letters: Readonly<Record<string, string>> = { GR: 'EL' };

const rules = [
  jsvat.austria,
  jsvat.belgium,
  jsvat.bulgaria,
  jsvat.croatia,
  jsvat.cyprus,
  jsvat.czechRepublic,
  jsvat.denmark,
  jsvat.estonia,
  jsvat.finland,
  jsvat.france,
  jsvat.germany,
  jsvat.greece,
  jsvat.hungary,
  jsvat.ireland,
  jsvat.italy,
  jsvat.latvia,
  jsvat.lithuania,
  jsvat.luxembourg,
  jsvat.malta,
  jsvat.netherlands,
  jsvat.poland,
  jsvat.portugal,
  jsvat.romania,
  jsvat.slovakiaRepublic,
  jsvat.slovenia,
  jsvat.spain,
  jsvat.sweden,
];

/**
 * Reads a VAT number of the European Union by the form and the check digits of its country, asking nobody.
 * @param typed as a shopper types it; dots, dashes and blanks do not count
 * @param country whose letters are put before a number that has none
 * @returns null for what cannot be one
 */
export function readVatNumber(typed: string, country: string): VatNumber | null {
  const plain = typed.toUpperCase().replaceAll(/[\s.\-/]/g, '');
  return parse(plain) ?? parse(`${letters[country] ?? country}${plain}`);
}

function parse(text: string): VatNumber | null {
  if (!/^[A-Z]{2}[A-Z0-9+*]{2,13}$/.test(text)) return null;
  const country = text.startsWith('EL') ? 'GR' : text.slice(0, 2);
  if (!memberStates.includes(country)) return null;
  return jsvat.checkVAT(text, rules).isValid ? { country, digits: text.slice(2), text } : null;
}

import type { VatNumber } from './vat-number';

/** What a register says of a number; `unreachable` when it says nothing in time. */
export interface VatAnswer {
  check: 'valid' | 'invalid' | 'unreachable';
  /** The register's proof that it was asked (VIES calls it the consultation number); only for who gave a number too. */
  consultation: string | null;
  /** The name that the register has for it, where the country tells. */
  name: string | null;
}

/** A number with what the register said of it, as a checkout and its order keep it. */
export interface CheckedVatNumber extends VatAnswer {
  /** With the country's letters. */
  number: string;
  country: string;
  /** When it was asked, ISO 8601. */
  checkedAt: string;
}

/** A register of VAT numbers, such as VIES. Never throws: what it cannot tell is `unreachable`. */
export abstract class VatRegister {
  /** @param requester the store's own number, which makes the answer a proof; null where it has none */
  abstract ask(number: VatNumber, requester: VatNumber | null): Promise<VatAnswer>;
}

/** Nobody could be asked, so that nothing is known. */
export const noAnswer: VatAnswer = { check: 'unreachable', consultation: null, name: null };

import { Inject, Injectable } from '@nestjs/common';
import { memberStates } from '@libs/kernel';
import { Db } from '@platform/database';
import { readVatNumber } from './vat-number';
import { type CheckedVatNumber, VatRegister } from './vat-register';

/** What became of a VAT number that a shopper typed. */
export type VatOutcome =
  /** Its form or its check digits are wrong. */
  { kind: 'misspelt' } | { kind: 'checked'; number: CheckedVatNumber };

/** Checks the VAT numbers of companies that buy. */
@Injectable()
export class VatNumbers {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(VatRegister) private readonly register: VatRegister,
  ) {}

  /** Whether a number changes anything for a sale: between two member states, where the store is in one of them. */
  matters(from: string, to: string | undefined): boolean {
    return (
      to !== undefined && from !== to && memberStates.includes(from) && memberStates.includes(to)
    );
  }

  /**
   * Reads a number and asks the register, outside of transactions.
   * @param country of the address, for a number without letters
   */
  async check(storeId: string, typed: string, country: string): Promise<VatOutcome> {
    const number = readVatNumber(typed, country);
    if (!number) return { kind: 'misspelt' };
    const own = await this.db.read(storeId, (store) =>
      store.query<{ number: string; country: string }>(
        `SELECT r.number, r.country FROM tax_registrations r JOIN stores s USING (store_id)
         WHERE r.store_id = $1 AND r.scheme = 'local' AND r.country = s.country
           AND r.valid_from <= now() AND (r.valid_to IS NULL OR r.valid_to > now())
         ORDER BY r.valid_from LIMIT 1`,
        [storeId],
      ),
    );
    const requester = own[0] ? readVatNumber(own[0].number, own[0].country) : null;
    const answer = await this.register.ask(number, requester);
    const checkedAt = new Date().toISOString();
    const { text, country: of } = number;
    return { kind: 'checked', number: { ...answer, number: text, country: of, checkedAt } };
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import type { Checkout } from '../checkouts/checkout';
import { VatNumbers } from '../taxes/vat-numbers/vat-numbers.service';
import { draftsErrors } from './drafts.errors';
import { Drafts, type DraftWish } from './drafts.service';

/** What staff write, with a VAT number as it is typed. */
export type TypedDraftWish = Omit<DraftWish, 'vatNumber'> & { vatNumber?: string | null };

/** The VAT numbers of companies for which staff put an order together. */
@Injectable()
export class DraftVatNumbers {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(VatNumbers) private readonly numbers: VatNumbers,
  ) {}

  /**
   * Has a number checked, outside of transactions; one that is known to be valid is not asked for again. A register that
   * says nothing leaves the number unchecked, and the order bears tax.
   * @param draftId the draft that is changed; null for a new one
   * @throws drafts.vat-number, drafts.draft-not-found
   */
  async checked<Wish extends TypedDraftWish>(
    storeId: string,
    draftId: string | null,
    { vatNumber, ...wish }: Wish,
  ): Promise<Omit<Wish, 'vatNumber'> & Pick<DraftWish, 'vatNumber'>> {
    if (vatNumber === undefined) return wish;
    if (vatNumber === null) return { ...wish, vatNumber };
    const draft =
      draftId === null
        ? null
        : await this.db.read(storeId, (store) => this.drafts.get(store, draftId));
    const known = draft?.vatNumber ?? null;
    if (known?.check === 'valid' && known.number === vatNumber)
      return { ...wish, vatNumber: known };
    const country = countryOf(wish) ?? (draft && countryOf(draft)) ?? '';
    const outcome = await this.numbers.check(storeId, vatNumber, country);
    if (outcome.kind === 'misspelt' || outcome.number.check === 'invalid')
      throw draftsErrors.error('vat-number', {}, { field: 'vatNumber' });
    return { ...wish, vatNumber: outcome.number };
  }
}

function countryOf(said: Partial<Pick<Checkout, 'shippingAddress' | 'billingAddress'>>) {
  return (said.shippingAddress ?? said.billingAddress)?.country;
}

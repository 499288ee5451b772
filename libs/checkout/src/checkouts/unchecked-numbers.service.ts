import { Inject, Injectable } from '@nestjs/common';
import { faultPoint } from '@platform/config';
import { Db, type StoreWriter } from '@platform/database';
import { VatNumbers } from '../taxes/vat-numbers/vat-numbers.service';
import type { CheckedVatNumber } from '../taxes/vat-numbers/vat-register';
import { CheckoutQuotes } from './checkout-quotes.service';
import { lockCheckout, saveCheckout } from './checkout-rows.queries';
import { noteChecked, readUnchecked, type UncheckedNumber } from './unchecked-numbers.queries';

/** Asks again for VAT numbers of open checkouts and drafts that no register answered for. */
@Injectable()
export class UncheckedNumbers {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(VatNumbers) private readonly numbers: VatNumbers,
    @Inject(CheckoutQuotes) private readonly quotes: CheckoutQuotes,
  ) {}

  /** Asks for a checkout's number where that is due, outside of transactions. Whoever is killed on the way is asked anew. */
  async ask(storeId: string, checkoutId: string): Promise<void> {
    const known = await this.db.read(storeId, (store) => readUnchecked(store, checkoutId));
    if (!known?.due) return;
    const outcome = await this.numbers.check(storeId, known.number, known.country);
    // It was read once already.
    if (outcome.kind === 'misspelt')
      throw new Error(`${checkoutId} has a VAT number of no country.`);
    faultPoint('checkout.vat-answered');
    await this.quotes.answers.write(storeId, (store) => this.note(store, known, outcome.number));
  }

  /**
   * A shopper's checkout keeps the amounts that its page shows, so that whoever pays them is told of both; a draft is
   * priced at once, since staff may note it as paid without looking at another page.
   */
  private async note(
    store: StoreWriter,
    known: UncheckedNumber,
    answer: CheckedVatNumber,
  ): Promise<void> {
    if (!(await lockCheckout(store, known.checkoutId))) return;
    if (!(await noteChecked(store, known, answer)) || answer.check !== 'valid') return;
    const checkout = await lockCheckout(store, known.checkoutId);
    if (checkout?.terms?.kind !== 'draft') return;
    const { checkout: priced } = await this.quotes.price(store, checkout);
    await saveCheckout(store, priced);
  }
}

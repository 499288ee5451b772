import { Inject, Injectable } from '@nestjs/common';
import { Orders } from '@libs/orders';
import { faultPoint } from '@platform/config';
import { Db, type StoreReader, type StoreWriter } from '@platform/database';
import { VatNumberConfirmed } from '../../checkouts/checkout.events';
import { VatNumbers } from './vat-numbers.service';
import { noteAnswer, readRecheck, type VatRecheck } from './vat-rechecks.queries';
import type { CheckedVatNumber } from './vat-register';

type Sold = Awaited<ReturnType<Orders['lock']>>;

/** Asks again for VAT numbers of orders that bore VAT because no register answered. No money is moved by it. */
@Injectable()
export class VatRechecks {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(VatNumbers) private readonly numbers: VatNumbers,
    @Inject(Orders) private readonly orders: Orders,
  ) {}

  /** What is known of an order's number by now; null where it was checked when the order was placed. */
  find(store: StoreReader, orderId: string): Promise<VatRecheck | null> {
    return readRecheck(store, orderId);
  }

  /** Asks for an order's number where that is due, outside of transactions. Whoever is killed on the way is asked anew. */
  async ask(storeId: string, orderId: string): Promise<void> {
    const known = await this.db.read(storeId, (store) => readRecheck(store, orderId));
    if (!known?.due) return;
    const { number, country } = known;
    const outcome = await this.numbers.check(storeId, number, country);
    // It was read once already.
    if (outcome.kind === 'misspelt') throw new Error(`${orderId} has a VAT number of no country.`);
    faultPoint('checkout.vat-answered');
    await this.db.write(storeId, (store) => this.note(store, known, outcome.number));
  }

  private async note(
    store: StoreWriter,
    known: VatRecheck,
    answer: CheckedVatNumber,
  ): Promise<void> {
    const { orderId } = known;
    const order = await this.orders.lock(store, orderId);
    const { taxMinor, currency } = order;
    const noted = await noteAnswer(store, known, answer);
    if (!noted || noted.state === 'asking') return;
    const { state, number, consultation, name, checkedAt } = noted;
    const data = { number, check: state, consultation, name, checkedAt, taxMinor, currency };
    await this.orders.noteVatNumber(store, orderId, { checked: state !== 'given_up', data });
    if (state === 'valid' && (await this.boreTaxForNothing(store, order)))
      store.publish(VatNumberConfirmed, { orderId });
    faultPoint('checkout.vat-noted');
  }

  /** Whether an order bears VAT that it would not bear had its number been known. */
  private async boreTaxForNothing(
    store: StoreReader,
    { state, taxMinor, shippingAddress, billingAddress }: Sold,
  ): Promise<boolean> {
    if (state === 'cancelled' || taxMinor === 0) return false;
    const [shop] = await store.query<{ country: string }>(
      'SELECT country FROM stores WHERE store_id = $1',
      [store.storeId],
    );
    return this.numbers.matters(shop?.country ?? '', (shippingAddress ?? billingAddress)?.country);
  }
}

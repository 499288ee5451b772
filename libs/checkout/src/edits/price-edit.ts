import type { StoreReader } from '@platform/database';
import { readSellingFacts, type SellingFacts } from '../assemble/selling-facts.queries';
import { type Quote, quote } from '../quote';
import type { AgreedTaxes } from '../taxes/providers/frozen-taxes';
import type { CheckedVatNumber } from '../taxes/vat-numbers/vat-register';
import type { Sale, SaleLine } from '../sales/sale';
import { saleInput } from '../sales/sale-input';
import { type EditGround, editedSale, type LineEdit, type ShippingEdit } from './edited-sale';

/** What becomes of an order: its lines, new ones, what delivery costs. */
export interface EditChanges {
  lines: readonly LineEdit[];
  added: readonly SaleLine[];
  /** Stays when left out. */
  shipping: ShippingEdit | undefined;
}

/** A sale with its amounts. */
export interface PricedSale {
  sale: Sale;
  quote: Quote;
}

/** The amounts of an order as it shall be: one quote of old and new lines, at the taxes that the old ones agreed on. */
export async function priceEdit(
  store: StoreReader,
  ground: EditGround,
  changes: EditChanges,
): Promise<PricedSale> {
  const { order } = ground;
  const { base } = order;
  const sale = editedSale(ground, changes);
  const selling = await readSellingFacts(store);
  const address = placeOf(ground, selling);
  const { scheme, notices = [] } = (order.reasons['tax'] ?? {}) as Partial<Quote['tax']>;
  const taxService = order.reasons['taxService'] as AgreedTaxes | null | undefined;
  const known = order.reasons['vatNumber'] as Partial<CheckedVatNumber> | null | undefined;
  const company = known?.country ?? address?.country;
  const input = saleInput(sale, {
    selling,
    destination: address && { country: address.country, province: address.province ?? null },
    exchange: base.rate1e10 === null ? null : { base: base.currency, rate1e10: base.rate1e10 },
    storedValue: [],
    // What was sold to a company without tax stays so, and what is added with it; what bore tax goes on bearing it.
    buyer:
      scheme === 'reverse_charge' && company !== undefined
        ? { country: company, check: 'valid' }
        : null,
    agreed: {
      included: order.taxIncluded,
      scheme: scheme ?? ground.taxes[0]?.scheme ?? null,
      untaxed: notices.includes('import_charges_on_delivery'),
      taxes: taxService?.answered === true ? taxService : null,
    },
  });
  return { sale, quote: quote(input) };
}

/** Where the goods are handed over, whose taxes count: what is fetched is taxed where it is fetched. */
function placeOf({ order, charges }: EditGround, { pickups }: SellingFacts) {
  const fetchedAt = charges.map(({ promise }) => promise.pickupLocationId).find(Boolean);
  const point = pickups.find(({ locationId }) => locationId === fetchedAt);
  return point?.address ?? order.shippingAddress ?? order.billingAddress;
}

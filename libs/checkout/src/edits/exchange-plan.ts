import type { Orders } from '@libs/orders';
import type { StoreReader } from '@platform/database';
import { newLines } from '../sales/new-lines';
import type { SaleLine } from '../sales/sale';
import { agreedLine, type EditGround } from './edited-sale';
import { priceEdit, type PricedSale } from './price-edit';

/** Units that come back, with what is sent instead of them. */
export type AgreedUnits = Awaited<ReturnType<Orders['agreeUnits']>>[number];

/** What an exchange comes to. */
export interface ExchangeSums extends Awaited<ReturnType<Orders['exchangeSums']>> {
  /** What the order grows by less what comes back is worth: above 0 the exchange costs more. */
  differenceMinor: number;
  /** The tax in what the order grows by. */
  addedTaxMinor: number;
}

/** An exchange that is worked out: the edit that it is, and its sums. */
export interface PlannedExchange {
  priced: PricedSale;
  /** The line that comes back, and the line of the edit that replaces it. */
  replaces: { lineId: string; by: string }[];
  sums: ExchangeSums;
}

/**
 * Works an exchange out over the order as it is. Looking at one and making one both come here.
 * @throws assemble.line-gone, and what the orders' sums throw
 */
export async function planExchange(
  { store, orders }: { store: StoreReader; orders: Orders },
  ground: EditGround,
  units: readonly AgreedUnits[],
): Promise<PlannedExchange> {
  const { order } = ground;
  const { added, replaces } = await replacementLines(store, ground, units);
  const priced = await priceEdit(store, ground, { lines: [], added, shipping: undefined });
  const { totals } = priced.quote;
  const sums = await orders.exchangeSums(store, order.orderId, {
    units: units.map(({ lineId, quantity, replacement }) => ({
      lineId,
      quantity,
      price: replacement?.price ?? null,
    })),
    addedMinor: totals.totalMinor - order.totalMinor,
  });
  const differenceMinor = sums.addedMinor - sums.creditMinor;
  const addedTaxMinor = totals.taxMinor - order.taxMinor;
  return { priced, replaces, sums: { ...sums, differenceMinor, addedTaxMinor } };
}

/** The lines that replacements become: as many units as come back, at the price that was agreed on. */
async function replacementLines(
  store: StoreReader,
  ground: EditGround,
  units: readonly AgreedUnits[],
): Promise<{ added: SaleLine[]; replaces: { lineId: string; by: string }[] }> {
  const { currency } = ground.order;
  const wanted = units.flatMap(({ lineId, quantity, replacement }) => {
    const line = ground.lines.find(({ id }) => id === lineId);
    return line && replacement && quantity > 0 ? [{ line, quantity, replacement }] : [];
  });
  const made = await newLines(
    store,
    wanted.map(({ line, quantity, replacement: { variantId, unitMinor } }) => ({
      variantId,
      quantity,
      unitMinor: unitMinor ?? line.unitMinor,
    })),
    { currency, field: 'lines' },
  );
  const added = made.map((fresh, at): SaleLine => {
    const { line, replacement } = wanted[at] ?? {};
    if (!line || !replacement || replacement.price === 'agreed') return fresh;
    if (replacement.price === 'listed') return { ...fresh, priceAgreed: false };
    const { given, rates, taxable } = agreedLine(ground, line);
    return { ...fresh, given, rates, taxable };
  });
  const replaces = added.map(({ id }, at) => ({ lineId: wanted[at]?.line.id ?? '', by: id }));
  return { added, replaces };
}

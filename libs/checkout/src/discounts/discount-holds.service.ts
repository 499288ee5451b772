import { Injectable } from '@nestjs/common';
import type { StoreWriter } from '@platform/database';
import type { CheckoutLine } from '../checkouts/checkout';
import { DiscountHolds } from '../checkouts/ports';
import type { Quote } from '../quote';
import { customerKey } from './customer-key';
import {
  type LimitRow,
  giveBack,
  heldUses,
  keepUnlimited,
  limitsOf,
  lockCounters,
  noteUse,
  takeCode,
  takeUnits,
  takeUse,
} from './discount-holds.queries';
import { type HeldUse, type WantedUse, wantedUses } from './hold-plan';

/** Why a discount cannot be held: used up, used by this customer, not running any more. */
export interface GoneDiscount {
  discountId: string;
  reason: 'limit' | 'customer' | 'ended';
}

/** A checkout's discounts are held, or one of them is gone and nothing was changed. */
export type HoldOutcome = { held: true } | { held: false; gone: GoneDiscount[] };

/**
 * Uses of discounts as rows (commerce.md, chapter 5): held when a payment begins, used when the order is placed, released
 * when the checkout expires. Counters are locked in one order by everybody: discounts, codes, units of sales, uses.
 */
@Injectable()
export class StoreDiscountHolds extends DiscountHolds {
  /**
   * Holds what a checkout's quote counts on.
   * @returns which discounts are gone when they cannot be held; nothing is changed then
   */
  async hold(
    store: StoreWriter,
    {
      checkoutId,
      quote,
      lines,
      email,
    }: {
      checkoutId: string;
      quote: Quote;
      lines: readonly Pick<CheckoutLine, 'id' | 'variantId'>[];
      email: string | null;
    },
  ): Promise<{ held: true } | { held: false; discountIds: string[] }> {
    const ids = quote.discounts.map(({ id }) => id);
    const limits = await limitsOf(store, ids);
    const sales = new Set(limits.filter(({ sale }) => sale).map(({ id }) => id));
    const variants = new Map(lines.map(({ id, variantId }) => [id, variantId]));
    const uses = wantedUses(quote, (line) => variants.get(line) ?? line, sales);
    const outcome = await this.holdUses(store, checkoutId, { uses, contact: email });
    if (outcome.held) return outcome;
    return { held: false, discountIds: outcome.gone.map(({ discountId }) => discountId) };
  }

  /**
   * Holds these discounts for a checkout instead of any that it held; all or none. Repeating it changes nothing.
   * @param contact e-mail or telephone, by which discounts once per customer are counted; null for nobody
   */
  async holdUses(
    store: StoreWriter,
    checkoutId: string,
    { uses, contact }: { uses: readonly WantedUse[]; contact: string | null },
  ): Promise<HoldOutcome> {
    const before = await heldUses(store, checkoutId);
    if (uses.length === 0 && before.length === 0) return { held: true };
    await store.execute('SAVEPOINT discount_holds');
    if (before.length > 0) await this.giveUp(store, checkoutId, [...before, ...asHeld(uses)]);
    const gone = await this.take(store, checkoutId, uses, contact);
    const verb = gone === null ? 'RELEASE SAVEPOINT' : 'ROLLBACK TO SAVEPOINT';
    await store.execute(`${verb} discount_holds`);
    return gone === null ? { held: true } : { held: false, gone: [gone] };
  }

  /** The checkout's held uses are the order's; idempotent. */
  async use(store: StoreWriter, checkoutId: string, orderId: string): Promise<void> {
    await store.execute(
      `UPDATE discount_redemptions SET state = 'used', order_id = $3, updated_at = now()
       WHERE store_id = $1 AND checkout_id = $2 AND state = 'held'`,
      [store.storeId, checkoutId, orderId],
    );
  }

  /** Gives the checkout's held uses back; idempotent: whoever changes a row gives back what it took. */
  async release(store: StoreWriter, checkoutId: string): Promise<void> {
    const held = await heldUses(store, checkoutId);
    if (held.length > 0) await this.giveUp(store, checkoutId, held);
  }

  /** Gives the uses of a cancelled order back. */
  async releaseOrder(store: StoreWriter, orderId: string): Promise<void> {
    const used = await store.query<HeldUse>(
      `SELECT discount_id AS "discountId", code_key AS "codeKey", units, counted FROM discount_redemptions
       WHERE store_id = $1 AND order_id = $2 AND state = 'used' ORDER BY discount_id`,
      [store.storeId, orderId],
    );
    if (used.length === 0) return;
    await lockCounters(store, used);
    const released = await store.query<HeldUse>(
      `UPDATE discount_redemptions SET state = 'released', updated_at = now()
       WHERE store_id = $1 AND order_id = $2 AND state = 'used'
       RETURNING discount_id AS "discountId", code_key AS "codeKey", units, counted`,
      [store.storeId, orderId],
    );
    await giveBack(store, released);
  }

  /** @param locked whose counters are locked: those that are given back, and those that are taken next */
  private async giveUp(
    store: StoreWriter,
    checkoutId: string,
    locked: readonly HeldUse[],
  ): Promise<void> {
    await lockCounters(store, locked);
    const released = await store.query<HeldUse>(
      `UPDATE discount_redemptions SET state = 'released', updated_at = now()
       WHERE store_id = $1 AND checkout_id = $2 AND state = 'held'
       RETURNING discount_id AS "discountId", code_key AS "codeKey", units, counted`,
      [store.storeId, checkoutId],
    );
    await giveBack(store, released);
  }

  /** @returns the discount that cannot be held, or null */
  private async take(
    store: StoreWriter,
    checkoutId: string,
    uses: readonly WantedUse[],
    contact: string | null,
  ): Promise<GoneDiscount | null> {
    const sorted = uses.toSorted((a, b) => (a.discountId < b.discountId ? -1 : 1));
    const rows = await limitsOf(
      store,
      sorted.map(({ discountId }) => discountId),
    );
    const limits = new Map(rows.map((row) => [row.id, row]));
    return (
      (await takeDiscounts(store, sorted, limits)) ??
      (await takeCodes(store, sorted)) ??
      (await takeSales(store, sorted)) ??
      (await this.note(store, checkoutId, { uses: sorted, limits, contact }))
    );
  }

  private async note(
    store: StoreWriter,
    checkoutId: string,
    {
      uses,
      limits,
      contact,
    }: {
      uses: readonly WantedUse[];
      limits: ReadonlyMap<string, LimitRow>;
      contact: string | null;
    },
  ): Promise<GoneDiscount | null> {
    await store.execute(
      `DELETE FROM discount_redemptions WHERE store_id = $1 AND checkout_id = $2 AND state = 'released'`,
      [store.storeId, checkoutId],
    );
    for (const use of uses) {
      const { once = false, limited = false } = limits.get(use.discountId) ?? {};
      const key = contact === null ? null : customerKey(store.storeId, contact);
      const { discountId } = use;
      if (once && key === null) return { discountId, reason: 'customer' };
      const row = { ...use, counted: limited, once, customerKey: once ? key : null };
      if (!(await noteUse(store, checkoutId, row))) return { discountId, reason: 'customer' };
    }
    return null;
  }
}

/** @param uses in the order of their ids */
async function takeDiscounts(
  store: StoreWriter,
  uses: readonly WantedUse[],
  limits: ReadonlyMap<string, LimitRow>,
): Promise<GoneDiscount | null> {
  for (const { discountId } of uses) {
    const row = limits.get(discountId);
    if (!row?.enabled || !row.running) return { discountId, reason: 'ended' };
    const taken = row.limited
      ? await takeUse(store, discountId)
      : await keepUnlimited(store, discountId);
    if (!taken) return { discountId, reason: 'limit' };
  }
  return null;
}

async function takeCodes(
  store: StoreWriter,
  uses: readonly WantedUse[],
): Promise<GoneDiscount | null> {
  const coded = uses.flatMap(({ discountId, codeKey }) =>
    codeKey === null ? [] : [{ discountId, codeKey }],
  );
  for (const { discountId, codeKey } of coded.toSorted((a, b) =>
    a.codeKey < b.codeKey ? -1 : 1,
  )) {
    if (!(await takeCode(store, codeKey))) return { discountId, reason: 'limit' };
  }
  return null;
}

async function takeSales(
  store: StoreWriter,
  uses: readonly WantedUse[],
): Promise<GoneDiscount | null> {
  for (const { discountId, units } of uses) {
    for (const [variantId, count] of Object.entries(units).toSorted(([a], [b]) =>
      a < b ? -1 : 1,
    )) {
      if (count === 0) continue;
      if (!(await takeUnits(store, discountId, variantId, count)))
        return { discountId, reason: 'limit' };
    }
  }
  return null;
}

/** Uses that are wanted as if they were held, to be locked with those that are. */
function asHeld(uses: readonly WantedUse[]): HeldUse[] {
  return uses.map((use) => ({ ...use, counted: false }));
}

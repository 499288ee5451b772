import { Inject, Injectable } from '@nestjs/common';
import { Products } from '@libs/catalog';
import { newId } from '@libs/kernel';
import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import type { DiscountInput, DiscountPatch, DiscountView } from '../contract';
import { discountLimits } from '../quote/discounts/screen';
import { checkDiscount } from './check-discount';
import { addCodes } from './discount-codes.queries';
import {
  discountColumns,
  findDiscount,
  momentsOf,
  recount,
  setUnits,
} from './discount-rows.queries';
import { awaitMoments } from './discount-moments';
import { checkTargets } from './discount-targets.queries';
import { discountsErrors } from './discounts.errors';
import { DiscountChanged } from './discounts.events';
import { generalOffer } from './general-offer';

/** What an editor saw, for optimistic locking. */
export interface Seen {
  ifMatch?: string;
  version?: number;
}

/** The merchant's discounts. */
@Injectable()
export class Discounts {
  constructor(@Inject(Products) private readonly products: Products) {}

  /** Newest first. @param before the id that the last page ended with */
  list(
    store: StoreReader,
    { limit, before }: { limit: number; before: string | null },
  ): Promise<DiscountView[]> {
    return store.query<DiscountView>(
      `SELECT ${discountColumns} FROM discounts d
       WHERE d.store_id = $1 AND ($2::uuid IS NULL OR d.discount_id < $2)
       ORDER BY d.discount_id DESC LIMIT $3`,
      [store.storeId, before, limit],
    );
  }

  /** @throws discounts.discount-not-found */
  async get(store: StoreReader, id: string): Promise<DiscountView> {
    const found = await findDiscount(store, id);
    if (!found) throw discountsErrors.error('discount-not-found');
    return found;
  }

  /** @throws discounts.code-missing, discounts.code-taken and what the checks throw */
  async create(store: StoreWriter, input: DiscountInput): Promise<DiscountView> {
    const { method, code, rule } = input;
    if (method === 'code' && code === undefined) {
      throw discountsErrors.error('code-missing', {}, { field: 'code' });
    }
    if (method === 'automatic' && code !== undefined) {
      throw discountsErrors.error('no-codes', {}, { field: 'code' });
    }
    const { currency, moments } = await momentsOf(store, [input.startsAt, input.endsAt]);
    const [startsAt = null, endsAt = null] = moments;
    checkDiscount({ rule, startsAt, endsAt }, currency);
    await checkTargets(store, rule);
    const id = newId();
    await store.execute(
      `INSERT INTO discounts (store_id, discount_id, title, method, enabled, rule, minimum, groups,
         combines_with, starts_at, ends_at, usage_limit, once_per_customer)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        store.storeId,
        id,
        input.title,
        method,
        input.enabled,
        ...wordsOf({ ...input, startsAt, endsAt }),
      ],
    );
    await setUnits(store, id, rule);
    await checkRoom(store);
    if (code !== undefined) await addCodes(store, id, [code], null);
    const made = await this.get(store, id);
    const { title } = made;
    store.record({
      action: 'discount.created',
      target: target(id),
      after: { title, method, rule },
    });
    store.publish(DiscountChanged, { discountId: id });
    awaitMoments(store, made);
    await this.products.setDiscount(store, id, generalOffer(made));
    return made;
  }

  /** @throws discounts.discount-not-found, http.version-conflict, http.version-mismatch and what the checks throw */
  async update(
    store: StoreWriter,
    id: string,
    patch: DiscountPatch,
    seen: Seen,
  ): Promise<DiscountView> {
    const before = await findDiscount(store, id, true);
    if (!before) throw discountsErrors.error('discount-not-found');
    checkVersion(before.version, seen);
    const given = [patch.startsAt ?? null, patch.endsAt ?? null];
    const { currency, moments } = await momentsOf(store, given);
    const next = {
      ...before,
      ...patch,
      startsAt: patch.startsAt === undefined ? before.startsAt : (moments[0] ?? null),
      endsAt: patch.endsAt === undefined ? before.endsAt : (moments[1] ?? null),
    };
    checkDiscount(next, currency);
    if (patch.rule) await checkTargets(store, patch.rule);
    await store.execute(
      `UPDATE discounts SET title = $3, enabled = $4, rule = $5, minimum = $6, groups = $7, combines_with = $8,
         starts_at = $9, ends_at = $10, usage_limit = $11, once_per_customer = $12, updated_at = now(),
         version = version + 1
       WHERE store_id = $1 AND discount_id = $2`,
      [store.storeId, id, next.title, next.enabled, ...wordsOf(next)],
    );
    await recount(store, id, next.rule);
    if (next.enabled && !before.enabled) await checkRoom(store);
    const after = await this.get(store, id);
    const changes = changedFields(plain(before), plain(after));
    store.record({ action: 'discount.updated', target: target(id), ...changes });
    store.publish(DiscountChanged, { discountId: id });
    awaitMoments(store, after);
    await this.products.setDiscount(store, id, generalOffer(after));
    return after;
  }

  /** Takes a discount away with its codes; orders keep what it took off. @throws discounts.discount-not-found */
  async delete(store: StoreWriter, id: string): Promise<void> {
    const { title, method } = await this.get(store, id);
    await store.execute('DELETE FROM discounts WHERE store_id = $1 AND discount_id = $2', [
      store.storeId,
      id,
    ]);
    store.record({ action: 'discount.deleted', target: target(id), before: { title, method } });
    store.publish(DiscountChanged, { discountId: id });
    await this.products.setDiscount(store, id, null);
  }
}

type Words = Pick<
  DiscountView,
  | 'rule'
  | 'minimum'
  | 'groups'
  | 'combinesWith'
  | 'startsAt'
  | 'endsAt'
  | 'usageLimit'
  | 'oncePerCustomer'
>;

function wordsOf(discount: Words): unknown[] {
  const { rule, minimum, groups, combinesWith, startsAt, endsAt, usageLimit, oncePerCustomer } =
    discount;
  return [
    JSON.stringify(rule),
    minimum === null ? null : JSON.stringify(minimum),
    groups,
    JSON.stringify(combinesWith),
    startsAt,
    endsAt,
    usageLimit,
    oncePerCustomer,
  ];
}

/** All of them are compared for every cart. @throws discounts.too-many-automatic */
async function checkRoom(store: StoreWriter): Promise<void> {
  const [row] = await store.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM discounts
     WHERE store_id = $1 AND method = 'automatic' AND enabled AND (ends_at IS NULL OR ends_at > now())`,
    [store.storeId],
  );
  const limit = discountLimits.automatic;
  if ((row?.n ?? 0) > limit) throw discountsErrors.error('too-many-automatic', { limit });
}

function plain({ title, enabled, ...rest }: DiscountView) {
  const { rule, minimum, groups, combinesWith, startsAt, endsAt, usageLimit, oncePerCustomer } =
    rest;
  const times = {
    startsAt: startsAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
  };
  return {
    title,
    enabled,
    rule,
    minimum,
    groups,
    combinesWith,
    ...times,
    usageLimit,
    oncePerCustomer,
  };
}

function target(id: string) {
  return { kind: 'discount', id };
}

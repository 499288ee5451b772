import { Injectable } from '@nestjs/common';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { catalogErrors } from '../catalog.errors';
import { StockChanged } from '../catalog.events';
import { collectionsOf, syncProducts } from '../collections/membership.queries';
import type { InventoryCount, InventoryLevel } from '../contract/inventory.contract';
import { lockLevels } from '../product-write/current-product';
import { moveUnits, type UnitsMove } from './move-units';
import { writeLevels } from './stock-rows.queries';

/** One item in one place. */
export interface Place {
  itemId: string;
  locationId: string;
}

const columns = `v.variant_id AS "itemId", l.location_id AS "locationId", v.variant_id AS "variantId",
  v.product_id AS "productId", p.title || CASE WHEN v.option1 IS NULL THEN ''
    ELSE ' – ' || concat_ws(' / ', v.option1, v.option2, v.option3) END AS title, v.sku,
  l.on_hand AS "onHand", l.committed, l.reserved, l.unavailable, l.incoming,
  jsonb_build_object('damaged', 0, 'quality_control', 0, 'safety_stock', 0)
    || CASE WHEN l.unavailable = 0 THEN '{}' ELSE (
      SELECT coalesce(jsonb_object_agg(m.reason, m.units), '{}') FROM (
        SELECT reason, sum(delta_unavailable)::int AS units FROM stock_movements
        WHERE store_id = l.store_id AND item_id = l.item_id AND location_id = l.location_id
          AND delta_unavailable <> 0 GROUP BY reason) m) END AS "unavailableBy",
  l.on_hand - l.committed - l.reserved - l.unavailable AS available, l.version`;

const tables = `inventory_levels l
  JOIN variants v ON v.store_id = l.store_id AND v.variant_id = l.item_id
  JOIN products p ON p.store_id = v.store_id AND p.product_id = v.product_id`;

/** What is there, counted per item and location. */
@Injectable()
export class InventoryLevels {
  /** Levels in the order of items and places. @param after the place that ended the last page */
  list(
    store: StoreReader,
    filter: { productId?: string; locationId?: string },
    { limit, after }: { limit: number; after: Place | null },
  ): Promise<InventoryLevel[]> {
    return store.query<InventoryLevel>(
      `SELECT ${columns} FROM ${tables}
       WHERE l.store_id = $1 AND ($2::uuid IS NULL OR v.product_id = $2)
         AND ($3::uuid IS NULL OR l.location_id = $3)
         AND ($4::uuid IS NULL OR (l.item_id, l.location_id) > ($4, $5::uuid))
       ORDER BY l.item_id, l.location_id LIMIT $6`,
      [
        store.storeId,
        filter.productId ?? null,
        filter.locationId ?? null,
        after?.itemId ?? null,
        after?.locationId ?? null,
        limit,
      ],
    );
  }

  /** The levels of these items at all places. */
  ofItems(store: StoreReader, itemIds: readonly string[]): Promise<InventoryLevel[]> {
    return store.query<InventoryLevel>(
      `SELECT ${columns} FROM ${tables} WHERE l.store_id = $1 AND l.item_id = ANY ($2::uuid[])
       ORDER BY l.item_id, l.location_id`,
      [store.storeId, itemIds],
    );
  }

  /** @throws catalog.item-not-found */
  async get(store: StoreReader, { itemId, locationId }: Place): Promise<InventoryLevel> {
    const [level] = await store.query<InventoryLevel>(
      `SELECT ${columns} FROM ${tables}
       WHERE l.store_id = $1 AND l.item_id = $2 AND l.location_id = $3`,
      [store.storeId, itemId, locationId],
    );
    if (!level) throw catalogErrors.error('item-not-found');
    return level;
  }

  /**
   * Notes a count: what is on hand now. The difference is a movement. A level that is there already is only counted by
   * who says what they saw of it; a new one is made.
   * @throws catalog.item-not-found, catalog.location-not-found, catalog.stock-promised, catalog.count-unseen and
   * catalog.stock-moved with what is there, http.version-mismatch
   */
  async count(
    store: StoreWriter,
    place: Place,
    { onHand, ...seen }: InventoryCount & { ifMatch?: string },
  ): Promise<InventoryLevel> {
    const { productId, policy } = await this.checkPlace(store, place);
    const levels = await lockLevels(store, [place.itemId]);
    const level = levels.find(({ locationId }) => locationId === place.locationId);
    if (level) checkCounted(await this.get(store, place), seen);
    const { available = 0, promised = 0 } = level ?? {};
    if (policy === 'deny' && onHand >= 0 && onHand < promised)
      throw catalogErrors.error('stock-promised', { promised }, { field: 'onHand' });
    const delta = onHand - available - promised;
    if (level && delta === 0) return this.get(store, place);
    const { itemId, locationId } = place;
    const at = new Date().toISOString();
    const change = { itemId, fresh: !level, delta, oversell: policy === 'continue' };
    await writeLevels(store, [change], { locationId, cause: 'count', at });
    const total = levels.reduce((sum, one) => sum + one.available, 0);
    await this.announce(store, { itemId, productId, crossed: total > 0 !== total + delta > 0 });
    store.record({
      action: 'inventory.counted',
      target: { kind: 'inventory-item', id: itemId },
      before: { locationId, onHand: available + promised },
      after: { locationId, onHand },
    });
    return this.get(store, place);
  }

  /**
   * Moves units between available and unavailable, with the reason, or takes them away.
   * @throws catalog.item-not-found, catalog.location-not-found, catalog.units-not-there with how many are,
   * catalog.stock-moved with what is there
   */
  async move(
    store: StoreWriter,
    place: Place,
    { version, ...move }: UnitsMove & { version?: number },
  ): Promise<InventoryLevel> {
    const { productId } = await this.checkPlace(store, place);
    const levels = await lockLevels(store, [place.itemId]);
    checkSeen(await this.get(store, place), { version });
    const change = await moveUnits(store, place, move);
    const { itemId, locationId } = place;
    if (change !== 0) {
      const isForSale = (delta: number): boolean =>
        levels.some((one) => one.available + (one.locationId === locationId ? delta : 0) > 0);
      const crossed = isForSale(0) !== isForSale(change);
      await this.announce(store, { itemId, productId, crossed });
    }
    const target = { kind: 'inventory-item', id: itemId };
    store.record({ action: 'inventory.moved', target, after: { locationId, ...move } });
    return this.get(store, place);
  }

  private async checkPlace(
    store: StoreWriter,
    { itemId, locationId }: Place,
  ): Promise<{ productId: string; policy: string }> {
    const [variant] = await store.query<{ productId: string; policy: string }>(
      `SELECT product_id AS "productId", inventory_policy AS policy FROM variants
       WHERE store_id = $1 AND variant_id = $2 AND tracked`,
      [store.storeId, itemId],
    );
    if (!variant) throw catalogErrors.error('item-not-found');
    const places = await store.query(
      'SELECT FROM locations WHERE store_id = $1 AND location_id = $2',
      [store.storeId, locationId],
    );
    if (places.length === 0) throw catalogErrors.error('location-not-found');
    return variant;
  }

  private async announce(
    store: StoreWriter,
    { itemId, productId, crossed }: { itemId: string; productId: string; crossed: boolean },
  ): Promise<void> {
    const moved = await syncProducts(store, new Map([[productId, new Set(['inventory'])]]));
    const shown = crossed ? await collectionsOf(store, [productId]) : [];
    const collectionIds = [...new Set([...moved, ...shown])];
    const crossedZero = { productIds: crossed ? [productId] : [], collectionIds };
    store.publish(StockChanged, { itemIds: [itemId], crossedZero });
  }
}

/** What whoever changes a level saw of it before. */
type Seen = Omit<InventoryCount, 'onHand'> & { ifMatch?: string };

/** Who counted on another number has to know this one, to count again or to leave it. */
function checkSeen(level: InventoryLevel, { version, compareOnHand, ifMatch }: Seen): void {
  const { version: current, onHand } = level;
  checkVersion(current, { ifMatch });
  const refuse = (field: string, given: number): never => {
    const said = { onHand, current, given };
    throw catalogErrors.error('stock-moved', said, { field, extensions: numbersOf(level) });
  };
  if (version !== undefined && version !== current) refuse('version', version);
  if (compareOnHand !== undefined && compareOnHand !== onHand)
    refuse('compareOnHand', compareOnHand);
}

/** A count says what is there, not what changed: it would undo another one that nobody saw. */
function checkCounted(level: InventoryLevel, seen: Seen): void {
  if (Object.values(seen).every((said) => said === undefined)) {
    const said = { onHand: level.onHand, current: level.version };
    const extensions = numbersOf(level);
    throw catalogErrors.error('count-unseen', said, { field: 'version', extensions });
  }
  checkSeen(level, seen);
}

/** For whoever tries again. */
function numbersOf({ onHand, version }: InventoryLevel): { onHand: number; version: number } {
  return { onHand, version };
}

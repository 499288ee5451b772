import { Inject, Injectable } from '@nestjs/common';
import { Images } from '@libs/media';
import { merchantHtml, newId, searchVector } from '@libs/kernel';
import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { catalogErrors } from '../catalog.errors';
import { CollectionChanged } from '../catalog.events';
import type {
  Collection,
  CollectionInput,
  CollectionPatch,
  CollectionWritten,
} from '../contract/collections.contract';
import type { CollectionRules } from '../contract/collection-rules.contract';
import { freeHandle, handleFrom, isHandle } from '../handles/handle';
import { handlesLike } from '../product.queries';
import { findCollection, listCollections } from './collection.queries';
import { noteDiscountsNow } from '../pricing/general-discounts.queries';
import { syncCollection } from './membership.queries';
import { conditionsOf, depthOf, fieldsOf, ruleLimits } from './rule-fields';

/** Shopify's number of smart collections a store (product.md, "Numbers"). */
const mostSmartCollections = 5_000;

/** The most characters of a description, as of a product's. */
const htmlLimits = { bodyHtml: 524_288 } as const;

type Words = Omit<CollectionInput, 'rules' | 'handle' | 'published'>;

/** Collections: lists of products that a merchant makes by hand or by rules. */
@Injectable()
export class Collections {
  constructor(@Inject(Images) private readonly images: Images) {}

  /** Collections, newest first. @param before the id that ended the last page */
  list(
    store: StoreReader,
    window: { limit: number; before: string | null },
  ): Promise<Collection[]> {
    return listCollections(store, window);
  }

  /** @throws catalog.collection-not-found */
  async get(store: StoreReader, id: string): Promise<Collection> {
    return found(await findCollection(store, id, false));
  }

  /**
   * @throws catalog.handle-taken, catalog.bad-handle, catalog.bad-rules, catalog.too-many-collections, html.too-long,
   *   html.too-complex
   */
  async create(store: StoreWriter, given: CollectionInput): Promise<CollectionWritten> {
    const { input, warnings } = merchantHtml(given, htmlLimits);
    const { rules, handle, published = true, ...words } = input;
    if (rules) await this.checkRules(store, rules);
    await this.checkImage(store, input.mediaId);
    const id = newId();
    const chosen = await this.chooseHandle(store, handle, input.title, id);
    await store.execute(
      `INSERT INTO collections (store_id, collection_id, kind, handle, rules, published_at, title, body_html,
         sort_order, seo_title, seo_description, template_suffix, media_id, search)
       VALUES ($1, $2, $3, $4, $5, CASE WHEN $6 THEN now() END, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        store.storeId,
        id,
        rules ? 'smart' : 'manual',
        chosen,
        rules ? JSON.stringify(rules) : null,
        published,
        ...columnsOf({ ...blank, ...words }),
      ],
    );
    if (rules) await this.applyRules(store, id, rules);
    const target = { kind: 'collection', id };
    const after = { handle: chosen, title: input.title, rules: rules ?? null };
    store.record({ action: 'collection.created', target, after });
    store.publish(CollectionChanged, { collectionId: id, change: 'created' });
    return { ...(await this.get(store, id)), warnings };
  }

  /**
   * Changes a collection; new rules find its members anew.
   * @throws catalog.collection-not-found, catalog.collection-kind, catalog.handle-taken, catalog.bad-rules,
   *   html.too-long, html.too-complex, http.version-conflict, http.version-mismatch
   */
  async update(
    store: StoreWriter,
    id: string,
    given: CollectionPatch,
    seen: { version?: number; ifMatch?: string },
  ): Promise<CollectionWritten> {
    const before = found(await findCollection(store, id, true));
    checkVersion(before.version, seen);
    const { input: patch, warnings } = merchantHtml(given, htmlLimits);
    const { rules, handle, published, version: _, ...words } = patch;
    if (rules && before.kind === 'manual') throw catalogErrors.error('collection-kind');
    if (rules) checkShape(rules);
    await this.checkImage(store, patch.mediaId);
    const chosen =
      handle === undefined || handle === before.handle
        ? before.handle
        : await this.chooseHandle(store, handle, before.title, id);
    await store.execute(
      `UPDATE collections SET handle = $3, rules = coalesce($4, rules), published_at = CASE
           WHEN $5::boolean IS NULL THEN published_at WHEN $5 THEN coalesce(published_at, now()) END,
         title = $6, body_html = $7, sort_order = $8, seo_title = $9, seo_description = $10,
         template_suffix = $11, media_id = $12, search = $13, version = version + 1, updated_at = now()
       WHERE store_id = $1 AND collection_id = $2`,
      [
        store.storeId,
        id,
        chosen,
        rules ? JSON.stringify(rules) : null,
        published ?? null,
        ...columnsOf({ ...before, ...words }),
      ],
    );
    if (rules) await this.applyRules(store, id, rules);
    return { ...(await this.changed(store, before)), warnings };
  }

  /** @throws catalog.collection-not-found, http.version-conflict, http.version-mismatch */
  async delete(
    store: StoreWriter,
    id: string,
    seen: { version?: number; ifMatch?: string },
  ): Promise<void> {
    const { handle, title, version } = found(await findCollection(store, id, true));
    checkVersion(version, seen);
    const sql = 'DELETE FROM collections WHERE store_id = $1 AND collection_id = $2';
    await store.execute(sql, [store.storeId, id]);
    const target = { kind: 'collection', id };
    store.record({ action: 'collection.deleted', target, before: { handle, title } });
    await noteDiscountsNow(store);
    store.publish(CollectionChanged, { collectionId: id, change: 'deleted' });
  }

  /**
   * Sets the members of a manual collection and their order.
   * @throws catalog.collection-not-found, catalog.collection-kind, catalog.product-not-found
   */
  async setProducts(
    store: StoreWriter,
    id: string,
    productIds: readonly string[],
    seen: { version?: number; ifMatch?: string },
  ): Promise<Collection> {
    const before = found(await findCollection(store, id, true));
    checkVersion(before.version, seen);
    if (before.kind === 'smart') throw catalogErrors.error('collection-kind');
    const wanted = [...new Set(productIds)];
    const sql = 'DELETE FROM collection_products WHERE store_id = $1 AND collection_id = $2';
    await store.execute(sql, [store.storeId, id]);
    const added = await store.execute(
      `INSERT INTO collection_products (store_id, collection_id, product_id, position)
       SELECT $1, $2, p.product_id, w.position
       FROM unnest($3::uuid[]) WITH ORDINALITY AS w (product_id, position)
       JOIN products p ON p.store_id = $1 AND p.product_id = w.product_id`,
      [store.storeId, id, wanted],
    );
    if (added !== wanted.length)
      throw catalogErrors.error('product-not-found', {}, { field: 'productIds' });
    await store.execute(
      `UPDATE collections SET version = version + 1, updated_at = now()
       WHERE store_id = $1 AND collection_id = $2`,
      [store.storeId, id],
    );
    return this.changed(store, before);
  }

  private async changed(store: StoreWriter, before: Collection): Promise<Collection> {
    const after = await this.get(store, before.id);
    const { version: _, updatedAt: __, ...old } = before;
    const { version: ___, updatedAt: ____, ...now } = after;
    const target = { kind: 'collection', id: before.id };
    store.record({ action: 'collection.updated', target, ...changedFields(old, now) });
    store.publish(CollectionChanged, { collectionId: before.id });
    await noteDiscountsNow(store);
    return after;
  }

  private async applyRules(store: StoreWriter, id: string, rules: CollectionRules): Promise<void> {
    const sql = 'DELETE FROM collection_rule_index WHERE store_id = $1 AND collection_id = $2';
    await store.execute(sql, [store.storeId, id]);
    await store.execute(
      `INSERT INTO collection_rule_index (store_id, field, collection_id)
       SELECT $1, field, $2 FROM unnest($3::text[]) AS f (field)`,
      [store.storeId, id, fieldsOf(rules)],
    );
    await syncCollection(store, id, rules);
  }

  private async checkRules(store: StoreWriter, rules: CollectionRules): Promise<void> {
    checkShape(rules);
    const [row] = await store.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM collections WHERE store_id = $1 AND kind = 'smart'`,
      [store.storeId],
    );
    if ((row?.count ?? 0) >= mostSmartCollections)
      throw catalogErrors.error('too-many-collections', { limit: mostSmartCollections });
  }

  private async checkImage(store: StoreReader, mediaId: string | null | undefined): Promise<void> {
    if (mediaId == null) return;
    const images = await this.images.find(store, [mediaId]);
    if (images.length === 0) throw catalogErrors.error('image-not-found', {}, { field: 'mediaId' });
  }

  private async chooseHandle(
    store: StoreWriter,
    asked: string | undefined,
    title: string,
    id: string,
  ): Promise<string> {
    const wanted = asked ?? handleFrom(title, `collection-${id.slice(-12)}`);
    if (!isHandle(wanted)) throw catalogErrors.error('bad-handle', {}, { field: 'handle' });
    const taken = await handlesLike(store, 'collections', wanted);
    if (asked !== undefined && taken.has(wanted))
      throw catalogErrors.error('handle-taken', { handle: wanted }, { field: 'handle' });
    return freeHandle(wanted, taken);
  }
}

const blank = {
  bodyHtml: '',
  sortOrder: 'manual',
  seoTitle: null,
  seoDescription: null,
  templateSuffix: null,
  mediaId: null,
} as const;

function columnsOf(words: Words): unknown[] {
  return [
    words.title,
    words.bodyHtml,
    words.sortOrder,
    words.seoTitle || null,
    words.seoDescription || null,
    words.templateSuffix,
    words.mediaId,
    searchVector(words),
  ];
}

function found(collection: Collection | null): Collection {
  if (!collection) throw catalogErrors.error('collection-not-found');
  return collection;
}

function checkShape(rules: CollectionRules): void {
  const { conditions, depth } = ruleLimits;
  if (conditionsOf(rules).length > conditions || depthOf(rules) > depth)
    throw catalogErrors.error('bad-rules', { ...ruleLimits }, { field: 'rules' });
}

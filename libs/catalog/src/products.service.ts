import { Inject, Injectable } from '@nestjs/common';
import { Images } from '@libs/media';
import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { catalogErrors } from './catalog.errors';
import { ProductsChanged } from './catalog.events';
import { collectionsOf } from './collections/membership.queries';
import type {
  Product,
  ProductFilter,
  ProductInput,
  ProductPatch,
  ProductSummary,
  ProductWritten,
} from './contract/products.contract';
import { freeHandle, handleFrom } from './handles/handle';
import { setGeneralDiscount } from './pricing/general-discounts.queries';
import type { GeneralDiscount } from './pricing/ledger/general-discount';
import { closePrices } from './pricing/price-ledger.queries';
import { findProduct, handlesLike, listProducts } from './product.queries';
import type { ProductDraft } from './product-write';
import { draftFrom } from './product-input';
import { writeOne } from './write-one';

/** What an editor saw, for optimistic locking. */
export interface Seen {
  ifMatch?: string;
  version?: number;
}

/** Products as a merchant's staff see and change them, one at a time. */
@Injectable()
export class Products {
  constructor(@Inject(Images) private readonly images: Images) {}

  /** Products, newest first. @param before the id that ended the last page */
  list(
    store: StoreReader,
    filter: ProductFilter,
    window: { limit: number; before: string | null },
  ): Promise<ProductSummary[]> {
    return listProducts(store, filter, window);
  }

  /** @throws catalog.product-not-found */
  async get(store: StoreReader, productId: string): Promise<Product> {
    const found = await findProduct(store, productId);
    if (!found) throw catalogErrors.error('product-not-found');
    const ids = [...new Set(found.images.map(({ mediaId }) => mediaId))];
    const known = ids.length === 0 ? [] : await this.images.find(store, ids);
    const states = new Map(known.map((image) => [image.id, image]));
    const ready = ids.length === 0 ? new Map() : await this.images.ready(store, ids);
    const images = found.images.map((image) => {
      const shown = ready.get(image.mediaId);
      const state = states.get(image.mediaId);
      return {
        ...image,
        state: state?.state ?? 'failed',
        src: shown?.src ?? null,
        width: shown?.width ?? null,
        height: shown?.height ?? null,
        error: state?.error ?? null,
      };
    });
    return { ...found, images };
  }

  /**
   * Creates a product; without a handle it gets one made from its title.
   * @throws catalog.invalid-product with an issue per fault, catalog.handle-taken
   */
  async create(store: StoreWriter, input: ProductInput): Promise<ProductWritten> {
    const wanted = input.handle ?? handleFrom(input.title, `product-${newId().slice(-12)}`);
    const taken = await handlesLike(store, 'products', wanted);
    if (input.handle !== undefined && taken.has(wanted)) {
      throw catalogErrors.error('handle-taken', { handle: wanted }, { field: 'handle' });
    }
    const draft = draftFrom(input, freeHandle(wanted, taken));
    const { productId, warnings } = await writeOne(store, draft, { overwrite: false });
    const product = await this.get(store, productId);
    store.record({
      action: 'product.created',
      target: { kind: 'product', id: productId },
      after: { handle: product.handle, title: product.title, status: product.status },
    });
    return { ...product, warnings };
  }

  /**
   * Changes a product; lists that are given replace those that are there.
   * @throws catalog.product-not-found, catalog.invalid-product, catalog.handle-taken, http.version-conflict,
   *   http.version-mismatch
   */
  async update(
    store: StoreWriter,
    productId: string,
    patch: ProductPatch,
    seen: Seen,
  ): Promise<ProductWritten> {
    const { handle, version } = await this.lock(store, productId);
    checkVersion(version, seen);
    if (patch.handle !== undefined && patch.handle !== handle) {
      const taken = await handlesLike(store, 'products', patch.handle);
      if (taken.has(patch.handle))
        throw catalogErrors.error('handle-taken', { handle: patch.handle }, { field: 'handle' });
    }
    return this.change(store, draftFrom({ ...patch, productId }, patch.handle ?? handle));
  }

  /** @throws catalog.product-not-found, http.version-conflict, http.version-mismatch */
  async delete(store: StoreWriter, productId: string, seen: Seen): Promise<void> {
    const { handle, title, version } = await this.lock(store, productId);
    checkVersion(version, seen);
    const variants = await store.query<{ id: string; at: Date }>(
      `SELECT variant_id AS id, clock_timestamp() AS at FROM variants
       WHERE store_id = $1 AND product_id = $2`,
      [store.storeId, productId],
    );
    const collectionIds = await collectionsOf(store, [productId]);
    const [first] = variants;
    if (first) {
      const gone = variants.map(({ id }) => id);
      await closePrices(store, gone, first.at.toISOString());
    }
    const sql = 'DELETE FROM products WHERE store_id = $1 AND product_id = $2';
    await store.execute(sql, [store.storeId, productId]);
    store.record({
      action: 'product.deleted',
      target: { kind: 'product', id: productId },
      before: { handle, title },
    });
    const productIds = [productId];
    store.publish(ProductsChanged, { productIds, collectionIds, deletedIds: productIds });
  }

  /**
   * What an automatic discount takes off everyone's price from now on; null when it is not for everyone, or gone. The
   * ledger of prices follows (Directive 98/6/EC, Article 6a).
   */
  setDiscount(
    store: StoreWriter,
    discountId: string,
    discount: GeneralDiscount | null,
  ): Promise<void> {
    return setGeneralDiscount(store, discountId, discount);
  }

  /** Writes a draft of a product that is there, and the line in the audit log. */
  async change(store: StoreWriter, draft: ProductDraft): Promise<ProductWritten> {
    const written = await writeOne(store, draft, { overwrite: true });
    const { productId, outcome, changes, warnings } = written;
    if (outcome !== 'unchanged')
      store.record({
        action: 'product.updated',
        target: { kind: 'product', id: productId },
        ...changes,
      });
    return { ...(await this.get(store, productId)), warnings };
  }

  /** The product's row, locked so that nobody else changes it. @throws catalog.product-not-found */
  async lock(
    store: StoreWriter,
    productId: string,
  ): Promise<{ handle: string; title: string; version: number }> {
    const [row] = await store.query<{ handle: string; title: string; version: number }>(
      `SELECT handle, title, version FROM products WHERE store_id = $1 AND product_id = $2 FOR UPDATE`,
      [store.storeId, productId],
    );
    if (!row) throw catalogErrors.error('product-not-found');
    return row;
  }
}

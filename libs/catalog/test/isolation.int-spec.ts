import { newId } from '@libs/kernel';
import { isolationSuite } from '@testing';
import { CatalogModule } from '../src/catalog.module';
import { Collections } from '../src/collections/collections.service';
import { MetafieldDefinitions } from '../src/metafields/metafield-definitions.service';
import { marketInput } from '../src/contract/markets.contract';
import { setGeneralDiscount } from '../src/pricing/general-discounts.queries';
import { MarketPrices } from '../src/pricing/market-prices.service';
import { Markets } from '../src/pricing/markets.service';
import { PriceSchedules } from '../src/pricing/schedules/price-schedules.service';
import { ProductRecommendations } from '../src/recommendations/product-recommendations.service';
import { Locations } from '../src/stock/locations.service';
import { Transfers } from '../src/stock/transfers.service';
import { aProduct, write } from './catalog.builder';

const japan = { name: 'Japan', countries: ['JP'], currency: 'JPY', rate: '170' };

isolationSuite({
  modules: [CatalogModule],
  tables: [
    'products',
    'product_media',
    'variants',
    'metafield_definitions',
    'product_metafields',
    'variant_metafields',
    'locations',
    'inventory_levels',
    'stock_reservations',
    'stock_movements',
    'stock_transfers',
    'stock_transfer_lines',
    'price_intervals',
    'variant_price_facts',
    'general_discounts',
    'markets',
    'rate_intervals',
    'market_prices',
    'price_schedules',
    'scheduled_prices',
    'collections',
    'collection_products',
    'product_recommendations',
    'collection_rule_index',
    'product_imports',
    'product_import_problems',
  ],
  seed: async (lab, storeId) => {
    const metafields = [{ namespace: 'custom', key: 'a', type: 'json', value: 1 }];
    const [first, ...others] = aProduct().variants ?? [];
    const variants = [{ options: [], ...first, metafields }, ...others];
    await write(lab, storeId, [aProduct({ variants })]);
    const cheaper = variants.map((one) => ({ ...one, priceMinor: 1_000, compareAtMinor: 5_000 }));
    await write(lab, storeId, [aProduct({ variants: cheaper })]);
    await write(lab, storeId, [aProduct({ handle: 'linen-trousers' })]);
    await lab.db.write(storeId, async (store) => {
      const products = await store.query<{ id: string }>(
        'SELECT product_id AS id FROM products WHERE store_id = $1 ORDER BY product_id',
        [storeId],
      );
      const [shirt = '', trousers = ''] = products.map((product) => product.id);
      const together = { complementaryProductIds: [trousers] };
      await lab.get(ProductRecommendations).set(store, shirt, together, {});
      const { id } = await lab.get(Markets).create(store, marketInput.parse(japan));
      const sold = await store.query<{ variantId: string }>(
        'SELECT variant_id AS "variantId" FROM variants WHERE store_id = $1',
        [storeId],
      );
      const prices = sold.map((variant) => ({ ...variant, priceMinor: 700, compareAtMinor: 900 }));
      await lab.get(MarketPrices).set(store, id, { prices });
      const times = { startsAt: '2099-01-01T00:00:00Z', endsAt: '2099-01-02T00:00:00Z' };
      await lab.get(PriceSchedules).create(store, { title: 'New year', ...times, prices });
      const benefit = { ppm: 100_000 };
      const always = { targets: {}, benefit, startsAt: null, endsAt: null };
      await setGeneralDiscount(store, newId(), always);
      const rules = { field: 'tag', operator: 'equals', value: 'linen' } as const;
      await lab.get(Collections).create(store, { title: 'Linen', rules });
      await lab.get(MetafieldDefinitions).create(store, {
        owner: 'product',
        namespace: 'custom',
        key: 'care',
        name: 'Care',
        description: null,
        type: 'single_line_text_field',
      });
      await store.execute(
        `INSERT INTO stock_reservations (store_id, checkout_id, item_id, location_id, qty, expires_at)
         SELECT store_id, $2, item_id, location_id, 1, now() FROM inventory_levels WHERE store_id = $1`,
        [storeId, newId()],
      );
      const [level] = await store.query<{ itemId: string; at: string }>(
        'SELECT item_id AS "itemId", location_id AS at FROM inventory_levels WHERE store_id = $1 LIMIT 1',
        [storeId],
      );
      const { itemId = '', at: fromLocationId = '' } = level ?? {};
      const shed = { name: 'Shed', priority: 1, deliversTo: null };
      const { id: toLocationId } = await lab.get(Locations).create(store, shed);
      const lines = [{ itemId, quantity: 1 }];
      const bring = { fromLocationId, toLocationId, note: null, lines };
      await lab.get(Transfers).create(store, bring);
      const importId = newId();
      await store.execute(
        `INSERT INTO product_imports (store_id, id, file_key, filename, dry_run, overwrite, actor, counts)
         VALUES ($1, $2, 'k', 'f.csv', false, false, '{}', '{}')`,
        [storeId, importId],
      );
      await store.execute(
        `INSERT INTO product_import_problems (store_id, import_id, seq, line, code, message, fault)
         VALUES ($1, $2, 1, 1, 'c', 'm', true)`,
        [storeId, importId],
      );
    });
  },
});

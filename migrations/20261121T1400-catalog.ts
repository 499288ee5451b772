import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

const products = `
  -- A theme, a cart and a borrowed script know things by an integer that a double holds exactly.
  CREATE SEQUENCE product_public_ids START 1000001 MAXVALUE 9007199254740991;
  CREATE SEQUENCE variant_public_ids START 1000001 MAXVALUE 9007199254740991;
  CREATE SEQUENCE collection_public_ids START 1000001 MAXVALUE 9007199254740991;

  CREATE TABLE products (
    store_id uuid NOT NULL REFERENCES stores,
    product_id uuid NOT NULL,
    public_id bigint NOT NULL DEFAULT nextval('product_public_ids'),
    handle text NOT NULL CHECK (handle <> ''),
    title text NOT NULL CHECK (title <> ''),
    body_html text NOT NULL DEFAULT '',
    vendor text NOT NULL DEFAULT '',
    product_type text NOT NULL DEFAULT '',
    tags text[] NOT NULL DEFAULT '{}',
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('draft', 'active', 'archived')),
    published_at timestamptz,
    seo_title text,
    seo_description text,
    gift_card boolean NOT NULL DEFAULT false,
    template_suffix text,
    -- [{"name": "Size", "values": ["S", "M"]}], none for a product with its single default variant.
    options jsonb NOT NULL DEFAULT '[]',
    -- What lists sort and filter by, kept by whoever writes variants.
    variant_count int NOT NULL DEFAULT 0,
    price_min_minor bigint NOT NULL DEFAULT 0,
    price_max_minor bigint NOT NULL DEFAULT 0,
    search tsvector NOT NULL DEFAULT '',
    version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, product_id),
    UNIQUE (store_id, handle),
    UNIQUE (store_id, public_id)
  );
  CREATE INDEX products_search ON products USING gin (store_id, search);

  CREATE TABLE product_media (
    store_id uuid NOT NULL,
    product_media_id uuid NOT NULL,
    product_id uuid NOT NULL,
    position int NOT NULL,
    alt text,
    -- The image in the media slice, which also knows whether it can be shown yet.
    media_id uuid NOT NULL,
    -- Where it was asked for: an import recognizes it by this.
    source_url text,
    PRIMARY KEY (store_id, product_media_id),
    FOREIGN KEY (store_id, product_id) REFERENCES products ON DELETE CASCADE,
    FOREIGN KEY (store_id, media_id) REFERENCES images
  );
  CREATE INDEX product_media_by_product ON product_media (store_id, product_id, position);
  CREATE INDEX product_media_by_media ON product_media (store_id, media_id);

  CREATE TABLE variants (
    store_id uuid NOT NULL,
    variant_id uuid NOT NULL,
    product_id uuid NOT NULL,
    public_id bigint NOT NULL DEFAULT nextval('variant_public_ids'),
    position int NOT NULL,
    option1 text,
    option2 text,
    option3 text,
    sku text,
    barcode text,
    price_minor bigint NOT NULL CHECK (price_minor >= 0),
    compare_at_minor bigint CHECK (compare_at_minor >= 0),
    cost_minor bigint CHECK (cost_minor >= 0),
    currency text NOT NULL,
    weight_grams double precision NOT NULL DEFAULT 0 CHECK (weight_grams >= 0),
    weight_unit text NOT NULL DEFAULT 'kg' CHECK (weight_unit IN ('g', 'kg', 'lb', 'oz')),
    taxable boolean NOT NULL DEFAULT true,
    tax_code text,
    requires_shipping boolean NOT NULL DEFAULT true,
    -- {"total": 500, "totalUnit": "ml", "base": 1, "baseUnit": "l"}: what a price per unit is computed from.
    unit_price jsonb,
    product_media_id uuid,
    -- Whether it is counted; one that is not has no levels.
    tracked boolean NOT NULL DEFAULT false,
    inventory_policy text NOT NULL DEFAULT 'deny' CHECK (inventory_policy IN ('deny', 'continue')),
    version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, variant_id),
    UNIQUE (store_id, public_id),
    -- Deferrable, so that one statement may exchange the values of two variants.
    CONSTRAINT variants_by_options UNIQUE NULLS NOT DISTINCT (store_id, product_id, option1, option2, option3)
      DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY (store_id, product_id) REFERENCES products ON DELETE CASCADE,
    FOREIGN KEY (store_id, product_media_id) REFERENCES product_media
      ON DELETE SET NULL (product_media_id)
  );
  CREATE INDEX variants_by_sku ON variants (store_id, sku) WHERE sku IS NOT NULL;
`;

const metafields = `
  CREATE TABLE metafield_definitions (
    store_id uuid NOT NULL REFERENCES stores,
    definition_id uuid NOT NULL,
    owner text NOT NULL CHECK (owner IN ('product', 'variant')),
    namespace text NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    description text,
    type text NOT NULL,
    version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, definition_id),
    UNIQUE (store_id, owner, namespace, key)
  );
  CREATE TABLE product_metafields (
    store_id uuid NOT NULL,
    product_id uuid NOT NULL,
    namespace text NOT NULL,
    key text NOT NULL,
    type text NOT NULL,
    value jsonb NOT NULL,
    PRIMARY KEY (store_id, product_id, namespace, key),
    FOREIGN KEY (store_id, product_id) REFERENCES products ON DELETE CASCADE
  );
  CREATE TABLE variant_metafields (
    store_id uuid NOT NULL,
    variant_id uuid NOT NULL,
    namespace text NOT NULL,
    key text NOT NULL,
    type text NOT NULL,
    value jsonb NOT NULL,
    PRIMARY KEY (store_id, variant_id, namespace, key),
    FOREIGN KEY (store_id, variant_id) REFERENCES variants ON DELETE CASCADE
  );
`;

const stock = `
  CREATE TABLE locations (
    store_id uuid NOT NULL REFERENCES stores,
    location_id uuid NOT NULL,
    name text NOT NULL,
    is_default boolean NOT NULL DEFAULT false,
    priority int NOT NULL DEFAULT 0,
    version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, location_id)
  );
  CREATE UNIQUE INDEX locations_default ON locations (store_id) WHERE is_default;

  CREATE TABLE inventory_levels (
    store_id uuid NOT NULL,
    -- What is counted: an item is the stock of one variant and has its id.
    item_id uuid NOT NULL,
    location_id uuid NOT NULL,
    on_hand int NOT NULL,
    committed int NOT NULL DEFAULT 0 CHECK (committed >= 0),
    reserved int NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    unavailable int NOT NULL DEFAULT 0 CHECK (unavailable >= 0),
    incoming int NOT NULL DEFAULT 0 CHECK (incoming >= 0),
    -- The variant's policy, mirrored to where the check needs it.
    oversell boolean NOT NULL DEFAULT false,
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id, item_id, location_id),
    FOREIGN KEY (store_id, item_id) REFERENCES variants ON DELETE CASCADE,
    FOREIGN KEY (store_id, location_id) REFERENCES locations,
    -- A count below zero is a debt that was brought along; nothing can be sold from it.
    CHECK (oversell OR on_hand < 0 OR on_hand - committed - reserved - unavailable >= 0)
  ) WITH (fillfactor = 70);

  CREATE TABLE stock_reservations (
    store_id uuid NOT NULL,
    checkout_id uuid NOT NULL,
    item_id uuid NOT NULL,
    location_id uuid NOT NULL,
    qty int NOT NULL CHECK (qty > 0),
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'committed', 'released')),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, checkout_id, item_id, location_id),
    FOREIGN KEY (store_id, location_id) REFERENCES locations
  );
  CREATE INDEX stock_reservations_open ON stock_reservations (store_id, expires_at) WHERE state = 'active';

  -- What happened to the stock; it outlives the item that it tells of.
  CREATE TABLE stock_movements (
    store_id uuid NOT NULL REFERENCES stores,
    movement_id uuid NOT NULL,
    item_id uuid NOT NULL,
    location_id uuid NOT NULL,
    delta_on_hand int NOT NULL DEFAULT 0,
    delta_committed int NOT NULL DEFAULT 0,
    delta_reserved int NOT NULL DEFAULT 0,
    delta_unavailable int NOT NULL DEFAULT 0,
    cause text NOT NULL CHECK (cause IN
      ('reserve', 'release', 'commit', 'fulfil', 'cancel', 'restock', 'count', 'transfer', 'import', 'repair')),
    ref_kind text,
    ref_id text,
    actor text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, movement_id)
  );
  CREATE INDEX stock_movements_by_item ON stock_movements (store_id, item_id, location_id);
`;

const prices = `
  -- Which price applied when (Directive 98/6/EC, Article 6a); it outlives the variant that it tells of.
  CREATE TABLE price_intervals (
    store_id uuid NOT NULL REFERENCES stores,
    interval_id uuid NOT NULL,
    variant_id uuid NOT NULL,
    price_list text NOT NULL DEFAULT 'base',
    amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
    currency text NOT NULL,
    kind text NOT NULL DEFAULT 'list' CHECK (kind IN ('list', 'sale', 'automatic_discount')),
    starts_at timestamptz NOT NULL,
    -- Closed by the next one.
    ends_at timestamptz,
    cause text NOT NULL,
    actor text NOT NULL,
    PRIMARY KEY (store_id, interval_id)
  );
  CREATE UNIQUE INDEX price_intervals_open ON price_intervals (store_id, variant_id, price_list, kind)
    WHERE ends_at IS NULL;
  CREATE INDEX price_intervals_by_variant ON price_intervals (store_id, variant_id, starts_at);
`;

const collections = `
  CREATE TABLE collections (
    store_id uuid NOT NULL REFERENCES stores,
    collection_id uuid NOT NULL,
    public_id bigint NOT NULL DEFAULT nextval('collection_public_ids'),
    kind text NOT NULL CHECK (kind IN ('manual', 'smart')),
    handle text NOT NULL CHECK (handle <> ''),
    title text NOT NULL CHECK (title <> ''),
    body_html text NOT NULL DEFAULT '',
    rules jsonb,
    sort_order text NOT NULL DEFAULT 'manual' CHECK (sort_order IN
      ('manual', 'title-ascending', 'title-descending', 'price-ascending', 'price-descending',
       'created-ascending', 'created-descending')),
    published_at timestamptz DEFAULT now(),
    seo_title text,
    seo_description text,
    template_suffix text,
    media_id uuid,
    version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, collection_id),
    UNIQUE (store_id, handle),
    UNIQUE (store_id, public_id),
    FOREIGN KEY (store_id, media_id) REFERENCES images,
    CHECK ((kind = 'smart') = (rules IS NOT NULL))
  );
  CREATE TABLE collection_products (
    store_id uuid NOT NULL,
    collection_id uuid NOT NULL,
    product_id uuid NOT NULL,
    position int NOT NULL DEFAULT 0,
    PRIMARY KEY (store_id, collection_id, product_id),
    FOREIGN KEY (store_id, collection_id) REFERENCES collections ON DELETE CASCADE,
    FOREIGN KEY (store_id, product_id) REFERENCES products ON DELETE CASCADE
  );
  CREATE INDEX collection_products_by_product ON collection_products (store_id, product_id);
  -- Which smart collections ask about a field: an edit evaluates only those of the fields that it changed.
  CREATE TABLE collection_rule_index (
    store_id uuid NOT NULL,
    field text NOT NULL,
    collection_id uuid NOT NULL,
    PRIMARY KEY (store_id, field, collection_id),
    FOREIGN KEY (store_id, collection_id) REFERENCES collections ON DELETE CASCADE
  );
`;

/** Runs as a role that may use the GIN index under a row policy, and therefore names the store itself. */
const search = `
  CREATE FUNCTION search_products(wanted tsquery, only_visible boolean)
  RETURNS TABLE (product_id uuid, rank real)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.product_id, ts_rank(p.search, wanted)
    FROM products p
    WHERE p.store_id = nullif(current_setting('app.store_id', true), '')::uuid
      AND p.search @@ wanted
      AND (NOT only_visible OR (p.status = 'active' AND p.published_at <= now()))
  $$;
  ALTER FUNCTION search_products(tsquery, boolean) OWNER TO caravel_search;
  REVOKE EXECUTE ON FUNCTION search_products(tsquery, boolean) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION search_products(tsquery, boolean) TO caravel_app;
`;

const tables = [
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
  'price_intervals',
  'collections',
  'collection_products',
  'collection_rule_index',
];

/** The tables of the catalog slice: products, stock, price ledger, collections. */
export class Catalog1795269600000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query('CREATE EXTENSION IF NOT EXISTS btree_gin');
    for (const part of [products, metafields, stock, prices, collections]) await q.query(part);
    for (const table of tables) await q.query(storeTable(table));
    await q.query(`
      REVOKE UPDATE, DELETE ON stock_movements, price_intervals FROM caravel_app;
      GRANT UPDATE (ends_at) ON price_intervals TO caravel_app;
    `);
    await q.query(search);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP FUNCTION search_products(tsquery, boolean)');
    await q.query(`DROP TABLE ${[...tables].reverse().join(', ')}`);
    await q.query('DROP SEQUENCE product_public_ids, variant_public_ids, collection_public_ids');
  }
}

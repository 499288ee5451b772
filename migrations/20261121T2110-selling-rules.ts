import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const discounts = `
  CREATE TABLE discounts (
    store_id uuid NOT NULL REFERENCES stores,
    discount_id uuid NOT NULL,
    title text NOT NULL,
    method text NOT NULL CHECK (method IN ('code', 'automatic')),
    enabled boolean NOT NULL DEFAULT true,
    -- What it does, in the shape of the API (contract/discounts.contract.ts).
    rule jsonb NOT NULL,
    minimum jsonb,
    -- Customer groups, any of which is enough; null is everybody.
    groups text[],
    combines_with jsonb NOT NULL,
    starts_at timestamptz,
    ends_at timestamptz,
    usage_limit int CHECK (usage_limit > 0),
    once_per_customer boolean NOT NULL DEFAULT false,
    -- Uses held or used, counted while there is a limit.
    taken int NOT NULL DEFAULT 0 CHECK (taken >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id, discount_id)
  );
  CREATE INDEX discounts_automatic ON discounts (store_id, discount_id) WHERE method = 'automatic' AND enabled;
  CREATE TABLE discount_codes (
    store_id uuid NOT NULL,
    -- The code in capitals: shoppers may write it as they like.
    code_key text NOT NULL,
    code text NOT NULL,
    discount_id uuid NOT NULL,
    usage_limit int CHECK (usage_limit > 0),
    taken int NOT NULL DEFAULT 0 CHECK (taken >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, code_key),
    FOREIGN KEY (store_id, discount_id) REFERENCES discounts ON DELETE CASCADE
  );
  CREATE INDEX discount_codes_by_discount ON discount_codes (store_id, discount_id, code_key);
  -- Units of a flash sale that are held or used, by variant: the sale's own counter, not the stock.
  CREATE TABLE discount_units (
    store_id uuid NOT NULL,
    discount_id uuid NOT NULL,
    variant_id uuid NOT NULL,
    cap int NOT NULL CHECK (cap > 0),
    taken int NOT NULL DEFAULT 0 CHECK (taken >= 0),
    PRIMARY KEY (store_id, discount_id, variant_id),
    FOREIGN KEY (store_id, discount_id) REFERENCES discounts ON DELETE CASCADE,
    FOREIGN KEY (store_id, variant_id) REFERENCES variants ON DELETE CASCADE
  );
  -- Uses outlive the discount that they tell of.
  CREATE TABLE discount_redemptions (
    store_id uuid NOT NULL REFERENCES stores,
    discount_id uuid NOT NULL,
    checkout_id uuid NOT NULL,
    order_id uuid,
    code_key text,
    -- Hash of the store and the normalised e-mail; null when the discount does not ask who it is.
    customer_key text,
    -- {"<variant id>": 2}: units of a flash sale.
    units jsonb NOT NULL DEFAULT '{}',
    -- Whether the discount's limit counts it.
    counted boolean NOT NULL,
    once boolean NOT NULL,
    state text NOT NULL CHECK (state IN ('held', 'used', 'released')),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, checkout_id, discount_id)
  );
  CREATE UNIQUE INDEX discount_redemptions_once ON discount_redemptions (store_id, discount_id, customer_key)
    WHERE once AND state <> 'released';
  CREATE INDEX discount_redemptions_by_discount ON discount_redemptions (store_id, discount_id, state);
  ALTER TABLE carts ADD COLUMN discount_codes text[] NOT NULL DEFAULT '{}';
`;

const shipping = `
  CREATE TABLE shipping_zones (
    store_id uuid NOT NULL REFERENCES stores,
    zone_id uuid NOT NULL,
    name text NOT NULL,
    -- [{"country": "US", "provinces": ["NY"]}], provinces null for the whole country.
    countries jsonb NOT NULL,
    -- Every country that no other zone names.
    rest_of_world boolean NOT NULL DEFAULT false,
    rates jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id, zone_id)
  );
  CREATE UNIQUE INDEX shipping_zones_rest ON shipping_zones (store_id) WHERE rest_of_world;
  CREATE TABLE pickup_points (
    store_id uuid NOT NULL,
    location_id uuid NOT NULL,
    enabled boolean NOT NULL DEFAULT true,
    title text NOT NULL,
    address jsonb NOT NULL,
    instructions text,
    ready_hours int NOT NULL CHECK (ready_hours >= 0),
    price_minor bigint NOT NULL DEFAULT 0 CHECK (price_minor >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id, location_id),
    FOREIGN KEY (store_id, location_id) REFERENCES locations ON DELETE CASCADE
  );
  CREATE TABLE shipping_settings (
    store_id uuid NOT NULL REFERENCES stores,
    settings jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id)
  );
`;

const taxes = `
  CREATE TABLE tax_settings (
    store_id uuid NOT NULL REFERENCES stores,
    settings jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id)
  );
  CREATE TABLE tax_registrations (
    store_id uuid NOT NULL REFERENCES stores,
    registration_id uuid NOT NULL,
    scheme text NOT NULL CHECK (scheme IN ('local', 'oss', 'ioss', 'uk_import')),
    country text NOT NULL,
    region text,
    number text NOT NULL,
    -- Units of the scheme's currency for one of the store's, in 1e-10; null where they are the same.
    rate_1e10 bigint CHECK (rate_1e10 > 0),
    valid_from date NOT NULL,
    -- The first day without it.
    valid_to date CHECK (valid_to > valid_from),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id, registration_id)
  );
  CREATE TABLE tax_rates (
    store_id uuid NOT NULL REFERENCES stores,
    rate_id uuid NOT NULL,
    country text NOT NULL,
    region text,
    category text NOT NULL,
    name text NOT NULL,
    jurisdiction text NOT NULL,
    ppm int NOT NULL CHECK (ppm >= 0),
    compound boolean NOT NULL DEFAULT false,
    exempt_below_minor bigint CHECK (exempt_below_minor > 0),
    valid_from date NOT NULL,
    valid_to date CHECK (valid_to > valid_from),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id, rate_id)
  );
  CREATE INDEX tax_rates_by_place ON tax_rates (store_id, country, category);
`;

const tables = [
  'discounts',
  'discount_codes',
  'discount_units',
  'discount_redemptions',
  'shipping_zones',
  'pickup_points',
  'shipping_settings',
  'tax_settings',
  'tax_registrations',
  'tax_rates',
];

/** What a merchant decides about prices at the checkout: discounts, shipping and taxes. */
export class SellingRules1795295400000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [discounts, shipping, taxes]) await q.query(part);
    for (const table of tables) await q.query(storeTable(table));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE ${tables.toReversed().join(', ')}`);
    await q.query('ALTER TABLE carts DROP COLUMN discount_codes');
  }
}

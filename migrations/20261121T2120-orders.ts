import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

const orders = `
  -- The last number given of each series; taken by the last statement of a transaction, so that no number is lost.
  CREATE TABLE store_counters (
    store_id uuid NOT NULL REFERENCES stores,
    series text NOT NULL,
    next bigint NOT NULL DEFAULT 0 CHECK (next >= 0),
    prefix text NOT NULL DEFAULT '',
    suffix text NOT NULL DEFAULT '',
    -- Added to a number when it is shown: #1001 is the first.
    shown_from bigint NOT NULL DEFAULT 0 CHECK (shown_from >= 0),
    PRIMARY KEY (store_id, series)
  );

  CREATE TABLE orders (
    store_id uuid NOT NULL REFERENCES stores,
    order_id uuid NOT NULL,
    checkout_id uuid NOT NULL,
    test boolean NOT NULL,
    series text NOT NULL,
    -- Null only inside the transaction that places the order.
    number bigint,
    name text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'archived', 'cancelled')),
    -- Derived from the rows, kept for lists.
    financial_status text NOT NULL DEFAULT 'pending' CHECK (financial_status IN ('pending', 'authorized',
      'expired', 'voided', 'partially_paid', 'paid', 'partially_refunded', 'refunded')),
    fulfilment_status text NOT NULL DEFAULT 'unfulfilled' CHECK (fulfilment_status IN ('unfulfilled', 'partial',
      'fulfilled', 'on_hold', 'restocked')),
    return_status text NOT NULL DEFAULT 'none' CHECK (return_status IN ('none', 'requested', 'in_progress',
      'inspection_complete', 'returned')),
    on_hold boolean NOT NULL DEFAULT false,
    capture_failed boolean NOT NULL DEFAULT false,
    capture_tries int NOT NULL DEFAULT 0,
    locale text NOT NULL,
    source text,
    customer_id uuid,
    email text,
    phone text,
    shipping_address jsonb,
    billing_address jsonb,
    note text,
    attributes jsonb NOT NULL DEFAULT '{}',
    tags text[] NOT NULL DEFAULT '{}',
    risk text[] NOT NULL DEFAULT '{}',
    consent jsonb,
    currency text NOT NULL,
    subtotal_minor bigint NOT NULL,
    discount_minor bigint NOT NULL,
    shipping_minor bigint NOT NULL,
    fees_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    tax_included boolean NOT NULL,
    -- What was agreed on, and what is due now after edits.
    total_minor bigint NOT NULL CHECK (total_minor >= 0),
    due_minor bigint NOT NULL CHECK (due_minor >= 0),
    -- {currency, totalMinor, taxMinor, rate1e10, source, at}: what the order is booked with.
    base jsonb NOT NULL,
    -- {scheme, registration, notices, explanation}: why the amounts are what they are.
    reasons jsonb NOT NULL DEFAULT '{}',
    -- Sums of the payments' facts, stored value that was spent among what is captured.
    authorized_minor bigint NOT NULL DEFAULT 0 CHECK (authorized_minor >= 0),
    captured_minor bigint NOT NULL DEFAULT 0 CHECK (captured_minor >= 0),
    refunded_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0),
    lapsed text CHECK (lapsed IN ('expired', 'voided')),
    cancel_reason text CHECK (cancel_reason IN ('customer', 'inventory', 'fraud', 'declined', 'other')),
    cancelled_at timestamptz,
    placed_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version int NOT NULL DEFAULT 1,
    -- Name, e-mail, telephone and names of the addresses in small letters: what staff look for.
    search_text text NOT NULL DEFAULT '',
    PRIMARY KEY (store_id, order_id),
    UNIQUE (store_id, checkout_id),
    UNIQUE (store_id, series, number),
    CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL))
  );
  CREATE INDEX orders_newest ON orders (store_id, placed_at DESC, order_id DESC);
  CREATE INDEX orders_by_email ON orders (store_id, lower(email));
  CREATE INDEX orders_by_customer ON orders (store_id, customer_id) WHERE customer_id IS NOT NULL;

  -- Who carries such a token may see the order. The token itself is kept nowhere.
  CREATE TABLE order_status_tokens (
    store_id uuid NOT NULL,
    token_hash text NOT NULL,
    order_id uuid NOT NULL,
    given_by text NOT NULL CHECK (given_by IN ('checkout', 'mail')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, token_hash),
    FOREIGN KEY (store_id, order_id) REFERENCES orders
  );
  CREATE INDEX order_status_tokens_by_order ON order_status_tokens (store_id, order_id);

  CREATE TABLE order_lines (
    store_id uuid NOT NULL,
    order_line_id uuid NOT NULL,
    order_id uuid NOT NULL,
    position int NOT NULL,
    -- Of the catalogue when it was sold; both may be gone since.
    variant_id uuid,
    product_id uuid,
    title text NOT NULL,
    variant_title text,
    sku text,
    image_url text,
    -- [["Engraving", "For Ada"]]
    properties jsonb NOT NULL DEFAULT '[]',
    requires_shipping boolean NOT NULL,
    taxable boolean NOT NULL,
    gift_card boolean NOT NULL DEFAULT false,
    grams double precision NOT NULL DEFAULT 0,
    quantity int NOT NULL CHECK (quantity > 0),
    unit_minor bigint NOT NULL,
    subtotal_minor bigint NOT NULL,
    product_discount_minor bigint NOT NULL,
    order_discount_minor bigint NOT NULL,
    total_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    base_minor bigint NOT NULL,
    discount_allocations jsonb NOT NULL DEFAULT '[]',
    -- Units by what became of them; all others are to be shipped.
    shipped int NOT NULL DEFAULT 0 CHECK (shipped >= 0),
    removed int NOT NULL DEFAULT 0 CHECK (removed >= 0),
    refunded_unshipped int NOT NULL DEFAULT 0 CHECK (refunded_unshipped >= 0),
    restocked int NOT NULL DEFAULT 0 CHECK (restocked BETWEEN 0 AND shipped),
    refunded_units int NOT NULL DEFAULT 0 CHECK (refunded_units BETWEEN 0 AND quantity),
    refunded_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND total_minor),
    refunded_tax_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_tax_minor BETWEEN 0 AND tax_minor),
    PRIMARY KEY (store_id, order_line_id),
    UNIQUE (store_id, order_id, position),
    FOREIGN KEY (store_id, order_id) REFERENCES orders,
    CHECK (shipped + removed + refunded_unshipped <= quantity),
    CHECK (refunded_unshipped <= refunded_units)
  );
  CREATE INDEX order_lines_by_variant ON order_lines (store_id, variant_id);

  -- Where the units of a line lie in wait to be shipped; no location for what is not counted.
  CREATE TABLE order_allocations (
    store_id uuid NOT NULL,
    order_allocation_id uuid NOT NULL,
    order_id uuid NOT NULL,
    order_line_id uuid NOT NULL,
    item_id uuid NOT NULL,
    location_id uuid,
    quantity int NOT NULL CHECK (quantity > 0),
    backordered int NOT NULL DEFAULT 0 CHECK (backordered BETWEEN 0 AND quantity),
    -- Units that left: shipped, given back to the shelf, written off.
    done int NOT NULL DEFAULT 0 CHECK (done BETWEEN 0 AND quantity),
    PRIMARY KEY (store_id, order_allocation_id),
    FOREIGN KEY (store_id, order_line_id) REFERENCES order_lines,
    FOREIGN KEY (store_id, order_id) REFERENCES orders
  );
  CREATE INDEX order_allocations_by_line ON order_allocations (store_id, order_id, order_line_id);
  CREATE INDEX order_allocations_open ON order_allocations (store_id, item_id, location_id) WHERE done < quantity;

  -- What is charged beside goods: deliveries and fees.
  CREATE TABLE order_deliveries (
    store_id uuid NOT NULL,
    order_delivery_id uuid NOT NULL,
    order_id uuid NOT NULL,
    position int NOT NULL,
    kind text NOT NULL CHECK (kind IN ('shipping', 'fee')),
    title text NOT NULL,
    price_minor bigint NOT NULL,
    discount_minor bigint NOT NULL,
    total_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    base_minor bigint NOT NULL,
    discount_allocations jsonb NOT NULL DEFAULT '[]',
    -- {method, from, to, pickupLocationId}: how it travels and when it was promised.
    promise jsonb NOT NULL DEFAULT '{}',
    refunded_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND total_minor),
    refunded_tax_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_tax_minor BETWEEN 0 AND tax_minor),
    PRIMARY KEY (store_id, order_delivery_id),
    UNIQUE (store_id, order_id, position),
    FOREIGN KEY (store_id, order_id) REFERENCES orders
  );

  CREATE TABLE order_tax_lines (
    store_id uuid NOT NULL,
    order_id uuid NOT NULL,
    position int NOT NULL,
    -- The line or the delivery that is taxed.
    taxed text NOT NULL CHECK (taxed IN ('line', 'shipping', 'fee')),
    taxed_id uuid NOT NULL,
    name text NOT NULL,
    jurisdiction text NOT NULL,
    ppm int NOT NULL,
    scheme text NOT NULL,
    taxable_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    base_tax_minor bigint NOT NULL,
    PRIMARY KEY (store_id, order_id, position),
    FOREIGN KEY (store_id, order_id) REFERENCES orders
  );

  CREATE TABLE order_discounts (
    store_id uuid NOT NULL,
    order_id uuid NOT NULL,
    position int NOT NULL,
    -- Of the discount when it was given; it may be gone since.
    discount_id text NOT NULL,
    title text NOT NULL,
    code text,
    class text NOT NULL CHECK (class IN ('product', 'order', 'shipping')),
    amount_minor bigint NOT NULL,
    PRIMARY KEY (store_id, order_id, position),
    FOREIGN KEY (store_id, order_id) REFERENCES orders
  );

  -- What the order was paid with: the payment, gift cards, credit.
  CREATE TABLE order_tenders (
    store_id uuid NOT NULL,
    order_id uuid NOT NULL,
    position int NOT NULL,
    kind text NOT NULL CHECK (kind IN ('provider', 'gift_card', 'store_credit')),
    tender_id text NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    PRIMARY KEY (store_id, order_id, position),
    FOREIGN KEY (store_id, order_id) REFERENCES orders
  );

  CREATE TABLE order_events (
    store_id uuid NOT NULL,
    order_event_id uuid NOT NULL,
    order_id uuid NOT NULL,
    kind text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- {kind: staff | customer | system | provider, label, userId}
    actor jsonb NOT NULL,
    data jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (store_id, order_event_id),
    FOREIGN KEY (store_id, order_id) REFERENCES orders
  );
  CREATE INDEX order_events_by_order ON order_events (store_id, order_id, order_event_id);
`;

const parcels = `
  CREATE TABLE fulfilments (
    store_id uuid NOT NULL,
    fulfilment_id uuid NOT NULL,
    order_id uuid NOT NULL,
    -- Of the request that made it: the same key makes no second parcel.
    request_key text NOT NULL,
    location_id uuid,
    carrier text,
    tracking_number text,
    tracking_url text,
    delivery_status text NOT NULL DEFAULT 'in_transit' CHECK (delivery_status IN ('label', 'in_transit',
      'out_for_delivery', 'delivered', 'failure')),
    notify boolean NOT NULL,
    shipped_at timestamptz NOT NULL DEFAULT now(),
    delivered_at timestamptz,
    PRIMARY KEY (store_id, fulfilment_id),
    UNIQUE (store_id, order_id, request_key),
    FOREIGN KEY (store_id, order_id) REFERENCES orders
  );
  CREATE TABLE fulfilment_lines (
    store_id uuid NOT NULL,
    fulfilment_id uuid NOT NULL,
    order_line_id uuid NOT NULL,
    quantity int NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (store_id, fulfilment_id, order_line_id),
    FOREIGN KEY (store_id, fulfilment_id) REFERENCES fulfilments,
    FOREIGN KEY (store_id, order_line_id) REFERENCES order_lines
  );
`;

const tables = [
  'store_counters',
  'orders',
  'order_status_tokens',
  'order_lines',
  'order_allocations',
  'order_deliveries',
  'order_tax_lines',
  'order_discounts',
  'order_tenders',
  'order_events',
  'fulfilments',
  'fulfilment_lines',
];

/** What is written once: amounts that were agreed on, and what happened. */
const appendOnly =
  'order_tax_lines, order_discounts, order_tenders, order_events, fulfilment_lines';

/** The tables of the orders slice: what was sold, and the parcels it went away in. */
export class Orders1795296000000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(orders + parcels);
    for (const table of tables) await q.query(storeTable(table));
    await q.query(`
      REVOKE UPDATE, DELETE ON ${appendOnly} FROM caravel_app, caravel_across;
      REVOKE DELETE ON orders, order_lines, store_counters FROM caravel_app, caravel_across;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE ${tables.toReversed().join(', ')}`);
  }
}

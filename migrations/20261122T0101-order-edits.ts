import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** Orders that are changed after they were placed: every revision keeps its own taxes and discounts. */
export class OrderEdits1795309260000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE orders ADD COLUMN revision int NOT NULL DEFAULT 0 CHECK (revision >= 0);

      -- A line that was taken out keeps its row, with nothing on it.
      ALTER TABLE order_lines DROP CONSTRAINT order_lines_quantity_check;
      ALTER TABLE order_lines ADD CONSTRAINT order_lines_quantity_check CHECK (quantity >= 0);

      ALTER TABLE order_tax_lines ADD COLUMN revision int NOT NULL DEFAULT 0;
      ALTER TABLE order_tax_lines DROP CONSTRAINT order_tax_lines_pkey;
      ALTER TABLE order_tax_lines ADD PRIMARY KEY (store_id, order_id, revision, position);
      ALTER TABLE order_discounts ADD COLUMN revision int NOT NULL DEFAULT 0;
      ALTER TABLE order_discounts DROP CONSTRAINT order_discounts_pkey;
      ALTER TABLE order_discounts ADD PRIMARY KEY (store_id, order_id, revision, position);

      -- Whether a refund is of what was sold, or of what was paid beyond what is due.
      ALTER TABLE refunds ADD COLUMN kind text NOT NULL DEFAULT 'goods' CHECK (kind IN ('goods', 'overpaid'));

      CREATE TABLE order_edits (
        store_id uuid NOT NULL,
        order_edit_id uuid NOT NULL,
        order_id uuid NOT NULL,
        -- The one that the edit made.
        revision int NOT NULL,
        -- Of the request: the same key makes no second edit.
        request_key text NOT NULL,
        reason text,
        notify boolean NOT NULL,
        -- [{lineId, title, before, after}]: units of the lines that changed.
        changes jsonb NOT NULL,
        before_minor bigint NOT NULL,
        after_minor bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store_id, order_edit_id),
        UNIQUE (store_id, order_id, revision),
        UNIQUE (store_id, order_id, request_key),
        FOREIGN KEY (store_id, order_id) REFERENCES orders
      );
    `);
    await q.query(storeTable('order_edits'));
    await q.query('REVOKE UPDATE, DELETE ON order_edits FROM caravel_app, caravel_across');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE order_edits;
      ALTER TABLE refunds DROP COLUMN kind;
      ALTER TABLE order_discounts DROP CONSTRAINT order_discounts_pkey;
      ALTER TABLE order_discounts DROP COLUMN revision;
      ALTER TABLE order_discounts ADD PRIMARY KEY (store_id, order_id, position);
      ALTER TABLE order_tax_lines DROP CONSTRAINT order_tax_lines_pkey;
      ALTER TABLE order_tax_lines DROP COLUMN revision;
      ALTER TABLE order_tax_lines ADD PRIMARY KEY (store_id, order_id, position);
      ALTER TABLE order_lines DROP CONSTRAINT order_lines_quantity_check;
      ALTER TABLE order_lines ADD CONSTRAINT order_lines_quantity_check CHECK (quantity > 0) NOT VALID;
      ALTER TABLE orders DROP COLUMN revision;
    `);
  }
}

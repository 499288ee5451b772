import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** VAT numbers of orders that no register could be asked for when they were placed: asked again until there is an answer. */
export class VatRechecks1795392840000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE vat_rechecks (
        store_id uuid NOT NULL REFERENCES stores,
        order_id uuid NOT NULL,
        number text NOT NULL,
        country text NOT NULL,
        state text NOT NULL DEFAULT 'asking' CHECK (state IN ('asking', 'valid', 'invalid', 'given_up')),
        -- How often it was asked again.
        attempts int NOT NULL DEFAULT 0 CHECK (attempts >= 0),
        -- Null once it is not asked any more.
        next_at timestamptz,
        until timestamptz NOT NULL,
        consultation text,
        name text,
        -- When it was asked last, whatever came of it.
        checked_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store_id, order_id),
        CHECK ((state = 'asking') = (next_at IS NOT NULL)),
        CHECK (state NOT IN ('valid', 'invalid') OR checked_at IS NOT NULL)
      );
      CREATE INDEX vat_rechecks_due ON vat_rechecks (next_at) WHERE next_at IS NOT NULL;
    `);
    await q.query(storeTable('vat_rechecks'));
    await q.query(`
      INSERT INTO vat_rechecks (store_id, order_id, number, country, next_at, until)
      SELECT store_id, order_id, reasons->'vatNumber'->>'number', reasons->'vatNumber'->>'country', now(),
        now() + interval '7 days'
      FROM orders WHERE reasons->'vatNumber'->>'check' = 'unreachable'
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE vat_rechecks');
  }
}

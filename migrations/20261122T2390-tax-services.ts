import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Services of the merchant that are asked at the checkout which taxes are levied, and what they answered lately. */
export class TaxServices1795393800000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE tax_services (
        store_id uuid NOT NULL REFERENCES stores,
        service_id uuid NOT NULL,
        name text NOT NULL,
        address text NOT NULL,
        active boolean NOT NULL,
        -- Where goods go for which it is asked.
        countries text[] NOT NULL,
        sealed_secret text NOT NULL,
        sealed_previous_secret text,
        previous_until timestamptz,
        -- Failures in a row; after some of them it is left alone for a while.
        failures int NOT NULL DEFAULT 0 CHECK (failures >= 0),
        resting_until timestamptz,
        last_success_at timestamptz,
        last_failure_at timestamptz,
        last_failure text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        version int NOT NULL DEFAULT 1,
        PRIMARY KEY (store_id, service_id)
      );
      CREATE TABLE tax_answers (
        store_id uuid NOT NULL,
        service_id uuid NOT NULL,
        question_hash text NOT NULL,
        -- The last answer that could be used; null where there is none.
        rates jsonb,
        answered_at timestamptz NOT NULL DEFAULT now(),
        -- Until then it is not asked again.
        good_until timestamptz NOT NULL,
        PRIMARY KEY (store_id, service_id, question_hash),
        FOREIGN KEY (store_id, service_id) REFERENCES tax_services ON DELETE CASCADE
      );
      CREATE INDEX tax_answers_by_age ON tax_answers (store_id, service_id, good_until);
      -- What a tax service said of the checkout: {serviceId, name, hash, at, answer}; null where none was asked.
      ALTER TABLE checkouts ADD COLUMN taxes jsonb;
    `);
    for (const table of ['tax_services', 'tax_answers']) await q.query(storeTable(table));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE checkouts DROP COLUMN taxes');
    await q.query('DROP TABLE tax_answers, tax_services');
  }
}

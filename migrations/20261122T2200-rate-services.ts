import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Services of the merchant that are asked at the checkout what sending costs, and what they answered lately. */
export class RateServices1795384800000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE rate_services (
        store_id uuid NOT NULL REFERENCES stores,
        service_id uuid NOT NULL,
        name text NOT NULL,
        address text NOT NULL,
        active boolean NOT NULL,
        -- For which it is asked; null is every one that the store sends to.
        countries text[],
        -- Where goods leave from: {country, province, zip, city}.
        origin jsonb NOT NULL,
        -- Offered while it does not answer, in the shape of the API (contract/rate-services.contract.ts).
        fallback_rates jsonb NOT NULL,
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
      CREATE TABLE rate_answers (
        store_id uuid NOT NULL,
        service_id uuid NOT NULL,
        question_hash text NOT NULL,
        -- The last answer that could be used; null where there is none.
        rates jsonb,
        answered_at timestamptz NOT NULL DEFAULT now(),
        -- Until then it is not asked again.
        good_until timestamptz NOT NULL,
        PRIMARY KEY (store_id, service_id, question_hash),
        FOREIGN KEY (store_id, service_id) REFERENCES rate_services ON DELETE CASCADE
      );
      CREATE INDEX rate_answers_by_age ON rate_answers (store_id, service_id, good_until);
    `);
    for (const table of ['rate_services', 'rate_answers']) await q.query(storeTable(table));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE rate_answers, rate_services');
  }
}

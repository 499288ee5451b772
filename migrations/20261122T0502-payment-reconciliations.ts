import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** What came of holding a payment provider's own list against ours. */
export class PaymentReconciliations1795323720000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE payment_reconciliations (
        store_id uuid NOT NULL,
        account_id uuid NOT NULL,
        ran_at timestamptz NOT NULL DEFAULT now(),
        looked int NOT NULL,
        healed int NOT NULL,
        -- [{kind, id, found, expected}]: what differs, of the last list that came.
        findings jsonb NOT NULL,
        -- Why the last list did not come.
        failure text,
        PRIMARY KEY (store_id, account_id),
        FOREIGN KEY (store_id, account_id) REFERENCES payment_accounts ON DELETE CASCADE
      );
    `);
    await q.query(storeTable('payment_reconciliations'));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE payment_reconciliations');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const states = (more: string) => `
  ALTER TABLE returns DROP CONSTRAINT returns_state_check;
  ALTER TABLE returns ADD CONSTRAINT returns_state_check CHECK (state IN ('requested', 'approved', 'declined',
    'in_transit', 'received', 'refunded', ${more} 'closed'));
`;

/** Returns of which units are replaced by others. */
export class Exchanges1795352400000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ${states(`'exchanged',`)}
      -- Until when the units that shall be sent instead are held.
      ALTER TABLE returns ADD COLUMN held_until timestamptz;
      CREATE INDEX returns_held ON returns (held_until) WHERE held_until IS NOT NULL;
      -- {variantId, title, unitMinor, lineId}, see replacement.ts; null for units that are given back in money.
      ALTER TABLE return_lines ADD COLUMN replacement jsonb;

      -- What came back in exchange is taken off what is due; no money goes with it.
      ALTER TABLE refunds DROP CONSTRAINT refunds_kind_check;
      ALTER TABLE refunds ADD CONSTRAINT refunds_kind_check CHECK (kind IN ('goods', 'overpaid', 'exchange'));
      ALTER TABLE refunds DROP CONSTRAINT refunds_amount_minor_check;
      ALTER TABLE refunds ADD CONSTRAINT refunds_amount_minor_check
        CHECK (amount_minor > 0 OR (kind = 'exchange' AND amount_minor = 0));
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE refunds DROP CONSTRAINT refunds_amount_minor_check;
      ALTER TABLE refunds ADD CONSTRAINT refunds_amount_minor_check CHECK (amount_minor > 0) NOT VALID;
      ALTER TABLE refunds DROP CONSTRAINT refunds_kind_check;
      ALTER TABLE refunds ADD CONSTRAINT refunds_kind_check CHECK (kind IN ('goods', 'overpaid')) NOT VALID;
      ALTER TABLE return_lines DROP COLUMN replacement;
      ALTER TABLE returns DROP COLUMN held_until;
      UPDATE returns SET state = 'closed' WHERE state = 'exchanged';
      ${states('')}
    `);
  }
}

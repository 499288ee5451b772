import type { MigrationInterface, QueryRunner } from 'typeorm';

const causes = `'reserve', 'release', 'commit', 'fulfil', 'cancel', 'restock', 'count', 'transfer', 'import', 'repair'`;

/** Why units are not for sale. What is unavailable of a reason is the sum of its movements. */
export class UnavailableStock1795392660000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE stock_movements
        ADD COLUMN reason text CHECK (reason IN ('damaged', 'quality_control', 'safety_stock')),
        DROP CONSTRAINT stock_movements_cause_check,
        ADD CONSTRAINT stock_movements_cause_check CHECK (cause IN (${causes}, 'move'));
      -- Only what came back damaged was unavailable so far.
      UPDATE stock_movements SET reason = 'damaged' WHERE delta_unavailable <> 0;
      ALTER TABLE stock_movements
        ADD CONSTRAINT stock_movements_reasoned CHECK (delta_unavailable = 0 OR reason IS NOT NULL);
      CREATE INDEX stock_movements_unavailable ON stock_movements (store_id, item_id, location_id)
        WHERE delta_unavailable <> 0;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP INDEX stock_movements_unavailable;
      ALTER TABLE stock_movements
        DROP CONSTRAINT stock_movements_reasoned,
        DROP CONSTRAINT stock_movements_cause_check,
        ADD CONSTRAINT stock_movements_cause_check CHECK (cause IN (${causes})) NOT VALID,
        DROP COLUMN reason;
    `);
  }
}

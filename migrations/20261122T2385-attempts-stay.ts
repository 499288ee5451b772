import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A try to pay that failed is told once: nothing of the application changes it. */
export class AttemptsStay1795393500000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query('REVOKE UPDATE ON payment_attempts FROM caravel_app, caravel_across');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('GRANT UPDATE ON payment_attempts TO caravel_app, caravel_across');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the checkout slice. */
export class Checkout1795284000000 implements MigrationInterface {
  async up(_q: QueryRunner): Promise<void> {}

  async down(_q: QueryRunner): Promise<void> {}
}

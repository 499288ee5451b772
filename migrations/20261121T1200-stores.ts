import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the stores slice. */
export class Stores1795262400000 implements MigrationInterface {
  async up(_q: QueryRunner): Promise<void> {}

  async down(_q: QueryRunner): Promise<void> {}
}

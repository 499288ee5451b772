import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the catalog slice. */
export class Catalog1795269600000 implements MigrationInterface {
  async up(_q: QueryRunner): Promise<void> {}

  async down(_q: QueryRunner): Promise<void> {}
}

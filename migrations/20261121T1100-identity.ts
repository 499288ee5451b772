import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the identity slice. */
export class Identity1795258800000 implements MigrationInterface {
  async up(_q: QueryRunner): Promise<void> {}

  async down(_q: QueryRunner): Promise<void> {}
}

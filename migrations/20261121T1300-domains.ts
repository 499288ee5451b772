import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the domains slice. */
export class Domains1795266000000 implements MigrationInterface {
  async up(_q: QueryRunner): Promise<void> {}

  async down(_q: QueryRunner): Promise<void> {}
}

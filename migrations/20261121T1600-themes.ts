import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the themes slice. */
export class Themes1795276800000 implements MigrationInterface {
  async up(_q: QueryRunner): Promise<void> {}

  async down(_q: QueryRunner): Promise<void> {}
}

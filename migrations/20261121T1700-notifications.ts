import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the notifications slice. */
export class Notifications1795280400000 implements MigrationInterface {
  async up(_q: QueryRunner): Promise<void> {}

  async down(_q: QueryRunner): Promise<void> {}
}

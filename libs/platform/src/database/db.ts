import type { DataSource, QueryRunner } from 'typeorm';
import { defineErrors, isId } from '@libs/kernel';
import { type Actor, systemActor } from '@platform/audit';
import { PendingWrites } from './pending-writes';
import { PlatformWriter, StoreReader, StoreWriter } from './store-access';

const databaseErrors = defineErrors('database', {
  'bad-store-id': { kind: 'missing', text: 'There is no such store.' },
});

/** Who acts in a transaction; the platform itself when left out. */
export interface WriteOptions {
  actor?: Actor;
}

/**
 * The four ways into the database. Each opens one transaction, sets for PostgreSQL whose rows it may see, and closes it:
 * committed when `work` resolves, rolled back when it throws.
 */
export class Db {
  constructor(
    private readonly app: DataSource,
    private readonly across: DataSource,
  ) {}

  /** Reads one store in one snapshot. */
  read<T>(storeId: string, work: (store: StoreReader) => Promise<T>): Promise<T> {
    const begin = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${openStore(storeId)}`;
    return this.transaction(this.app, begin, (runner) => work(new StoreReader(runner, storeId)));
  }

  /** Changes one store. */
  write<T>(
    storeId: string,
    work: (store: StoreWriter) => Promise<T>,
    options: WriteOptions = {},
  ): Promise<T> {
    return this.transaction(this.app, `BEGIN; ${openStore(storeId)}`, (runner) =>
      this.flushing(runner, options, (pending) => work(new StoreWriter(runner, storeId, pending))),
    );
  }

  /** Reads and changes what belongs to no store: people, organizations, sessions. Sees no store's rows. */
  outsideStores<T>(
    work: (tx: PlatformWriter) => Promise<T>,
    options: WriteOptions = {},
  ): Promise<T> {
    const begin = `BEGIN; SELECT set_config('app.store_id', '', true)`;
    return this.transaction(this.app, begin, (runner) =>
      this.flushing(runner, options, (pending) => work(new PlatformWriter(runner, pending))),
    );
  }

  /**
   * Sees every store's rows, as a database role of its own.
   * @param reason a constant sentence for an auditor; PostgreSQL shows it as the session's application name
   */
  acrossStores<T>(
    reason: string,
    work: (tx: PlatformWriter) => Promise<T>,
    options: WriteOptions = {},
  ): Promise<T> {
    const name = `across stores: ${reason}`.slice(0, 63).replaceAll("'", "''");
    const begin = `BEGIN; SET LOCAL application_name = '${name}'`;
    return this.transaction(this.across, begin, (runner) =>
      this.flushing(runner, options, (pending) => work(new PlatformWriter(runner, pending))),
    );
  }

  /** Whether the server answers, for readiness. */
  async ping(): Promise<void> {
    await this.app.query('SELECT 1');
  }

  /** Closes both pools. */
  async close(): Promise<void> {
    await Promise.all([this.app.destroy(), this.across.destroy()]);
  }

  private async flushing<T>(
    runner: QueryRunner,
    { actor }: WriteOptions,
    work: (pending: PendingWrites) => Promise<T>,
  ): Promise<T> {
    const pending = new PendingWrites(actor ?? systemActor('platform'));
    const result = await work(pending);
    await pending.flush(runner);
    return result;
  }

  private async transaction<T>(
    source: DataSource,
    begin: string,
    work: (runner: QueryRunner) => Promise<T>,
  ): Promise<T> {
    const runner = source.createQueryRunner();
    try {
      await runner.query(begin);
      const result = await work(runner);
      await runner.query('COMMIT');
      return result;
    } catch (error) {
      // A connection that died cannot roll back; the server already has.
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

function openStore(storeId: string): string {
  if (!isId(storeId)) throw databaseErrors.error('bad-store-id');
  return `SELECT set_config('app.store_id', '${storeId}', true)`;
}

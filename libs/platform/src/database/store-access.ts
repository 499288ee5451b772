import type { z } from 'zod';
import type { EntityTarget, ObjectLiteral, QueryRunner } from 'typeorm';
import type { Actor, AuditEntry } from '@platform/audit';
import type { EnqueueOptions, EventDefinition, JobDefinition } from '@platform/outbox';
import { StoreRows, WritableStoreRows } from './rows';
import { PendingWrites } from './pending-writes';

/** SQL in the open transaction; parameters are `$1`, `$2` … */
export class Queries {
  /** How many statements were sent, for pages that have a budget. */
  statements = 0;

  constructor(protected readonly runner: QueryRunner) {}

  /** Runs one statement and returns its rows (of RETURNING, too). */
  async query<Row = Record<string, unknown>>(sql: string, params: unknown[] = []): Promise<Row[]> {
    return (await this.send(sql, params)).records as Row[];
  }

  /** Runs one statement and returns how many rows it touched. */
  async execute(sql: string, params: unknown[] = []): Promise<number> {
    return (await this.send(sql, params)).affected ?? 0;
  }

  private send(sql: string, params: unknown[]) {
    this.statements += 1;
    return this.runner.query(sql, params, true);
  }
}

/** One store's data, read in one snapshot. */
export class StoreReader extends Queries {
  constructor(
    runner: QueryRunner,
    readonly storeId: string,
  ) {
    super(runner);
  }

  /** The store's rows of one table. */
  rows<E extends ObjectLiteral>(entity: EntityTarget<E>): StoreRows<E> {
    return new StoreRows(this.runner.manager, entity, this.storeId);
  }
}

/** One store's data in one transaction: the only thing that can change rows and publish events. */
export class StoreWriter extends StoreReader {
  constructor(
    runner: QueryRunner,
    storeId: string,
    private readonly pending: PendingWrites,
  ) {
    super(runner, storeId);
  }

  /** Who changes the store. */
  get actor(): Actor {
    return this.pending.actor;
  }

  /** The store's rows of one table, to be changed. */
  override rows<E extends ObjectLiteral>(entity: EntityTarget<E>): WritableStoreRows<E> {
    return new WritableStoreRows(this.runner.manager, entity, this.storeId);
  }

  /** Shouts a fact; it is heard when, and only when, this transaction commits. */
  publish<S extends z.ZodType>(event: EventDefinition<S>, payload: z.input<S>): void {
    this.pending.publish(event, payload, this.storeId);
  }

  /** Asks for a job; it is done when, and only when, this transaction commits. */
  enqueue<S extends z.ZodType>(
    job: JobDefinition<S>,
    payload: z.input<S>,
    options: EnqueueOptions = {},
  ): void {
    this.pending.enqueue(job, payload, this.storeId, options);
  }

  /** Writes a line into the store's audit log. */
  record(entry: AuditEntry): void {
    this.pending.record(entry, this.storeId);
  }
}

/** A transaction on tables that belong to no store, or across stores: the door decides which rows it sees. */
export class PlatformWriter extends Queries {
  constructor(
    runner: QueryRunner,
    private readonly pending: PendingWrites,
  ) {
    super(runner);
  }

  /** Who acts. */
  get actor(): Actor {
    return this.pending.actor;
  }

  /** Shouts a fact of the platform, or across stores of one store. */
  publish<S extends z.ZodType>(
    event: EventDefinition<S>,
    payload: z.input<S>,
    storeId: string | null = null,
  ): void {
    this.pending.publish(event, payload, storeId);
  }

  /** Asks for a job of the platform, or across stores for one of a store. */
  enqueue<S extends z.ZodType>(
    job: JobDefinition<S>,
    payload: z.input<S>,
    options: EnqueueOptions & { storeId?: string } = {},
  ): void {
    this.pending.enqueue(job, payload, options.storeId ?? null, options);
  }

  /** Writes a line into the log of accounts and organizations. */
  record(entry: AuditEntry): void {
    this.pending.record(entry, null);
  }
}

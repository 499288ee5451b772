import type { z } from 'zod';
import type { QueryRunner } from 'typeorm';
import { newId } from '@libs/kernel';
import type { Actor, AuditEntry } from '@platform/audit';
import type { EnqueueOptions, EventDefinition, JobDefinition } from '@platform/outbox';

interface EventRow {
  store_id: string | null;
  name: string;
  version: number;
  payload: unknown;
}

interface JobRow extends EventRow {
  job_id: string;
  queue: string;
  max_attempts: number;
  run_at: string | null;
  dedupe_key: string | null;
}

/**
 * What a transaction wants told, asked for and recorded. It is kept in memory and written by the last statements
 * before COMMIT: few statements however much happened, and the store's stamp, the one hot row, locked last.
 */
export class PendingWrites {
  private readonly events: EventRow[] = [];
  private readonly jobs: JobRow[] = [];
  private readonly entries: { storeId: string | null; entry: AuditEntry }[] = [];
  private readonly stale = new Set<string>();

  constructor(readonly actor: Actor) {}

  publish<S extends z.ZodType>(
    event: EventDefinition<S>,
    payload: z.input<S>,
    storeId: string | null,
  ): void {
    const checked = event.payload.parse(payload);
    this.events.push({ store_id: storeId, name: event.name, version: event.version, payload });
    if (storeId !== null && event.makesStale(checked).length > 0) this.stale.add(storeId);
  }

  enqueue<S extends z.ZodType>(
    job: JobDefinition<S>,
    payload: z.input<S>,
    storeId: string | null,
    options: EnqueueOptions,
  ): void {
    job.payload.parse(payload);
    this.jobs.push({
      job_id: newId(),
      store_id: storeId,
      name: job.name,
      version: job.version,
      queue: job.queue,
      payload,
      max_attempts: job.attempts,
      run_at: options.runAt?.toISOString() ?? null,
      dedupe_key: options.dedupeKey ?? null,
    });
  }

  record(entry: AuditEntry, storeId: string | null): void {
    this.entries.push({ storeId, entry });
  }

  /** Sends everything; called once, as the last thing before COMMIT. */
  async flush(runner: QueryRunner): Promise<void> {
    if (this.entries.length > 0) await this.flushAudit(runner);
    if (this.jobs.length > 0) {
      await runner.query(
        `INSERT INTO jobs (job_id, store_id, name, version, queue, payload, max_attempts, run_at, dedupe_key)
         SELECT job_id, store_id, name, version, queue, payload, max_attempts, coalesce(run_at, now()), dedupe_key
         FROM jsonb_to_recordset($1) AS j (job_id uuid, store_id uuid, name text, version int, queue text,
           payload jsonb, max_attempts int, run_at timestamptz, dedupe_key text)
         ON CONFLICT (name, lane, dedupe_key) WHERE state IN ('ready', 'queued') AND dedupe_key IS NOT NULL
         -- The update holds the waiting job until this transaction's changes are there for it to see.
         DO UPDATE SET run_at = least(jobs.run_at, excluded.run_at)`,
        [JSON.stringify(oncePerKey(this.jobs))],
      );
    }
    if (this.events.length > 0) {
      await runner.query(
        `INSERT INTO outbox_events (store_id, name, version, payload)
         SELECT store_id, name, version, payload
         FROM jsonb_to_recordset($1) AS e (store_id uuid, name text, version int, payload jsonb)`,
        [JSON.stringify(this.events)],
      );
    }
    for (const storeId of [...this.stale].sort()) {
      await runner.query(
        `INSERT INTO store_stamps (store_id, v) VALUES ($1, 2)
         ON CONFLICT (store_id) DO UPDATE SET v = store_stamps.v + 1`,
        [storeId],
      );
    }
  }

  private async flushAudit(runner: QueryRunner): Promise<void> {
    for (const { storeId, entry } of this.entries) {
      const values = [
        newId(),
        JSON.stringify(this.actor),
        entry.action,
        entry.target.kind,
        entry.target.id,
        entry.before === undefined ? null : JSON.stringify(entry.before),
        entry.after === undefined ? null : JSON.stringify(entry.after),
      ];
      if (storeId === null) {
        await runner.query(
          `INSERT INTO account_audit_log (${auditColumns}) VALUES (${slots})`,
          values,
        );
      } else {
        await runner.query(
          `INSERT INTO audit_log (${auditColumns}, store_id) VALUES (${slots}, $8)`,
          [...values, storeId],
        );
      }
    }
  }
}

const auditColumns = 'entry_id, actor, action, target_kind, target_id, before, after';
const slots = '$1, $2, $3, $4, $5, $6, $7';

/** One request per key: a statement may not touch a row twice. The earliest moment counts; no moment means now. */
function oncePerKey(jobs: JobRow[]): JobRow[] {
  const kept = new Map<string, JobRow>();
  for (const job of jobs) {
    const key =
      job.dedupe_key === null
        ? job.job_id
        : JSON.stringify([job.name, job.store_id, job.dedupe_key]);
    const before = kept.get(key);
    if (before === undefined) kept.set(key, job);
    else if (before.run_at !== null && (job.run_at === null || job.run_at < before.run_at)) {
      before.run_at = job.run_at;
    }
  }
  // Equal order in every transaction: two that ask for the same jobs wait for each other instead of deadlocking.
  return [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, job]) => job);
}

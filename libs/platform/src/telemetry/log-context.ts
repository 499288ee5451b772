import { AsyncLocalStorage } from 'node:async_hooks';

/** Named values of a log line. */
export type LogFields = Record<string, unknown>;

const storage = new AsyncLocalStorage<LogFields>();

/**
 * Runs work whose log lines all carry these ids (`requestId`, `jobId`, `storeId`), besides those of an outer call.
 * Only logs may read it: which store's data is opened travels as a parameter, never through here.
 */
export function withLogContext<T>(fields: LogFields, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...fields }, work);
}

/** The ids of the work that is running; empty outside any. */
export function logContext(): LogFields {
  return storage.getStore() ?? {};
}

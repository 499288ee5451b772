import type { StoreWriter } from '@platform/database';
import { HostnameChanged } from '../domains.events';
import { HostnameRow } from '../hostname.entity';

/** Somebody else moved the row meanwhile: nothing was written, look again. */
export class MovedMeanwhile extends Error {
  override readonly name = 'MovedMeanwhile';
}

/**
 * Writes a change against the version that was read, raises it, and shouts when a state changed or the primary one did.
 * Returns the row as it is now. Throws `MovedMeanwhile`, which must roll the transaction back.
 */
export async function changeHostname(
  store: StoreWriter,
  before: HostnameRow,
  patch: Partial<HostnameRow>,
): Promise<HostnameRow> {
  const { id, version } = before;
  const change = { ...patch, version: version + 1 };
  const touched = await store.rows(HostnameRow).update({ id, version }, change);
  if (touched === 0) throw new MovedMeanwhile(`hostname ${id} is no longer at version ${version}`);
  const now = { ...before, ...change };
  if (now.state !== before.state || now.primary !== before.primary) {
    store.publish(HostnameChanged, { hostnameId: id, host: now.host, state: now.state });
  }
  return now;
}

/** Whether a write failed on a unique index. */
export function isUniqueViolation(error: unknown, index?: string): boolean {
  const { code, constraint } = (error ?? {}) as { code?: string; constraint?: string };
  return code === '23505' && (index === undefined || constraint === index);
}

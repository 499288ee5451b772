import type { PlatformWriter } from '@platform/database';

/** What an authority's "not now" covers, as narrow as its answer lets us know. */
export interface PauseScopes {
  directory: string;
  registrable: string;
  host: string;
}

/** Names the scopes of one order. */
export function pauseScopes(directoryUrl: string, registrable: string, host: string): PauseScopes {
  return {
    directory: `directory ${directoryUrl}`,
    registrable: `domain ${registrable} ${directoryUrl}`,
    host: `host ${host} ${directoryUrl}`,
  };
}

/** The end of the longest pause that covers an order; null when nothing is paused. */
export async function findPause(
  tx: PlatformWriter,
  scopes: PauseScopes,
  now: Date,
): Promise<Date | null> {
  const [row] = await tx.query<{ until: Date | null }>(
    'SELECT max(until) AS until FROM acme_pauses WHERE scope = ANY ($1) AND until > $2',
    [Object.values(scopes), now],
  );
  return row?.until ?? null;
}

/** Writes a pause down; a longer one that stands already stays. */
export async function savePause(
  tx: PlatformWriter,
  scope: string,
  until: Date,
  reason: string,
): Promise<void> {
  await tx.execute(
    `INSERT INTO acme_pauses AS p (scope, until, reason) VALUES ($1, $2, $3)
     ON CONFLICT (scope) DO UPDATE SET until = greatest(p.until, excluded.until), reason = excluded.reason`,
    [scope, until, reason],
  );
}

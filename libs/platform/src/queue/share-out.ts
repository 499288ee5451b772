/** A store's place in a queue; the platform's own jobs have one, too. */
export interface Lane {
  id: string;
  /** Its waiting jobs, the next one first. */
  jobIds: string[];
  /** Its jobs that are handed out and not yet begun. */
  queued: number;
  /** Its jobs that are handed out or running. */
  inFlight: number;
}

/** How much may be handed out. */
export interface Share {
  /** Free places in the window. */
  free: number;
  /** The whole window. */
  window: number;
  /** Limit of a lane's jobs in flight, or null. */
  perStore: number | null;
}

/**
 * Hands out free places in turns: every lane gets one job before any gets a second. While several wait, none holds
 * more than its even part of the window, so that who comes late finds room; who waits alone may fill it.
 * @param lanes in the order of their turns
 * @returns the chosen jobs in the order in which they are to run, at most `free`
 */
export function shareOut(lanes: Lane[], { free, window, perStore }: Share): string[] {
  const evenPart = Math.ceil(window / Math.max(lanes.length, 1));
  const allowed = lanes.map(({ jobIds, queued, inFlight }) =>
    Math.max(0, Math.min(jobIds.length, evenPart - queued, (perStore ?? Infinity) - inFlight)),
  );
  const chosen: string[] = [];
  for (let turn = 0; chosen.length < free && allowed.some((count) => count > turn); turn += 1) {
    for (const [at, lane] of lanes.entries()) {
      const jobId = turn < (allowed[at] ?? 0) ? lane.jobIds[turn] : undefined;
      if (jobId !== undefined && chosen.length < free) chosen.push(jobId);
    }
  }
  return chosen;
}

/** One line of the audit log; the time and the actor are added by the writer that records it. */
export interface AuditEntry {
  /** `<thing>.<past-tense>`, for example `product.updated`. */
  action: string;
  target: { kind: string; id: string };
  /** The changed values as they were, absent for something new. Never a secret. */
  before?: Record<string, unknown> | undefined;
  /** The changed values as they are now, absent for something deleted. */
  after?: Record<string, unknown> | undefined;
}

/**
 * Keeps of two versions of a record only what differs, which is what an audit log should show.
 * @returns the two halves of an entry; both empty when nothing changed
 */
export function changedFields<T extends object>(
  before: T,
  after: T,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const changed = (Object.keys(after) as (keyof T & string)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  const pick = (from: T): Record<string, unknown> =>
    Object.fromEntries(changed.map((key) => [key, from[key] ?? null]));
  return { before: pick(before), after: pick(after) };
}

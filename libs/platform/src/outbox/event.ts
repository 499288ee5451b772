import type { z } from 'zod';

/** What a change makes stale, such as `product:0198…`; a CDN purges by it. */
export type Tag = string;

/** The tag of one thing, or of all things of a kind when `id` is left out. */
export function tag(kind: string, id?: string | number): Tag {
  return id === undefined ? kind : `${kind}:${id}`;
}

/** A kind of event: a past fact that a slice shouts, and what that fact makes stale. */
export interface EventDefinition<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly version: number;
  readonly payload: Schema;
  readonly makesStale: (payload: z.output<Schema>) => Tag[];
}

const events = new Map<string, EventDefinition>();

/**
 * Declares an event, once per process.
 * @param name `<slice>.<past-tense>`, for example `catalog.products-changed`
 * @throws Error when the name is taken: two meanings of one name is a bug of ours
 */
export function defineEvent<Schema extends z.ZodType>(
  name: string,
  options: Omit<EventDefinition<Schema>, 'name' | 'makesStale'> &
    Partial<Pick<EventDefinition<Schema>, 'makesStale'>>,
): EventDefinition<Schema> {
  if (events.has(name)) throw new Error(`The event ${name} is defined twice.`);
  const definition: EventDefinition<Schema> = { makesStale: () => [], ...options, name };
  events.set(name, definition);
  return definition;
}

/** The definition of that name, or undefined when no loaded slice declares it. */
export function findEvent(name: string): EventDefinition | undefined {
  return events.get(name);
}

/** Every event that a loaded slice declares. */
export function allEvents(): EventDefinition[] {
  return [...events.values()];
}

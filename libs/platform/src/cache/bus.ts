import { z } from 'zod';

const messageSchema = z.object({
  storeId: z.string(),
  v: z.number(),
  tags: z.array(z.string()),
});

/** News that something of a store became stale. */
export interface BusMessage {
  storeId: string;
  /** The store's version stamp after the change. */
  v: number;
  /** What became stale; none at all means everything of the store. */
  tags: string[];
}

/** Stops a subscription. */
export type Unsubscribe = () => void;

/**
 * Carries news of changes to every process. It promises speed, not delivery: a message may be lost while a connection
 * is down, so each subscriber must also ask by itself after a few seconds, and drop every stamp when told to.
 */
export abstract class Bus {
  private readonly listeners = new Set<(message: BusMessage) => void>();
  private readonly droppers = new Set<() => void>();

  /** Tells all processes, this one too. Throws AppError `bus.unavailable`. */
  abstract publish(message: BusMessage): Promise<void>;

  /** Resolves when what is published from now on will be heard here. Opens the connection if need be. */
  abstract ready(): Promise<void>;

  /** Closes the connections; nothing is heard any more. */
  abstract close(): Promise<void>;

  /** Calls for every message; a listener must not throw. */
  subscribe(listener: (message: BusMessage) => void): Unsubscribe {
    this.listeners.add(listener);
    // An open that fails is tried again by the driver itself.
    this.ready().catch(() => undefined);
    return () => this.listeners.delete(listener);
  }

  /** Calls when messages may have been missed, as soon as they are heard again: drop all stamps, not pages. */
  onDropped(dropper: () => void): Unsubscribe {
    this.droppers.add(dropper);
    return () => this.droppers.delete(dropper);
  }

  /** For drivers: a text has come in. What is no message of ours is left alone. */
  protected heard(text: string): void {
    const parsed = messageSchema.safeParse(parseJson(text));
    if (!parsed.success) return;
    for (const listener of this.listeners) listener(parsed.data);
  }

  /** For drivers: the connection is back after it was lost. */
  protected dropped(): void {
    for (const dropper of this.droppers) dropper();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { DiscoveryService, ModulesContainer } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import {
  allJobs,
  type EventDefinition,
  type EventHandler,
  findEvent,
  findJob,
  handlerKeys,
  type JobContext,
  type JobDefinition,
  type JobHandler,
  type Schedule,
  type ScheduleHandler,
} from '@platform/outbox';

/** One way to do a job, whether somebody asked for it or an event calls for it. */
export interface Work {
  /** The job's name as it stands in the table. */
  name: string;
  version: number;
  /** @throws ZodError when the payload has not the declared form */
  parse(payload: unknown): unknown;
  run(payload: unknown, context: JobContext): Promise<void>;
}

/** What an event calls for. */
export interface Reaction extends Work {
  event: EventDefinition;
}

/** A line of the timetable with who does it. */
export interface TimetableEntry extends Schedule {
  tick(signal: AbortSignal): Promise<void>;
}

type HandlerClass = abstract new (...args: never[]) => unknown;

/** Says in one sentence why a worker cannot start. */
export class HandlerError extends Error {
  override readonly name = 'HandlerError';
}

/**
 * Who does what in this process: every class that the mounted worker faces offer.
 * Immutable after it is made; the names of reactions are `on:<event>:<class>`.
 */
export class HandlerRegistry {
  private readonly works = new Map<string, Work>();
  private readonly reactions = new Map<string, Reaction[]>();
  private readonly timetable: TimetableEntry[] = [];

  /**
   * Finds the handlers among the providers of a Nest application.
   * @throws HandlerError when two do the same, or one names what nobody declares
   */
  static discover(app: Pick<INestApplicationContext, 'get'>): HandlerRegistry {
    const container = app.get(ModulesContainer, { strict: false });
    const found = new Map<HandlerClass, unknown>();
    for (const { metatype, instance } of new DiscoveryService(container).getProviders()) {
      if (isHandler(metatype)) found.set(metatype, instance);
    }
    return new HandlerRegistry(found);
  }

  /**
   * @param handlers the instances by their class; a class without one of the decorators is passed over
   * @throws HandlerError when two do the same, or one names what nobody declares
   */
  constructor(handlers: Map<HandlerClass, unknown>) {
    for (const [type, instance] of handlers) this.add(type, instance);
  }

  /**
   * A worker that could be asked for what it cannot do must not start.
   * @throws HandlerError when a job that a loaded slice declares has no handler
   */
  requireEveryJob(): void {
    const orphan = allJobs().find(({ name }) => !this.works.has(name));
    if (orphan !== undefined) {
      throw new HandlerError(
        `The job ${orphan.name} has no handler: mount the worker face of the slice that defines it.`,
      );
    }
  }

  /** The names of all jobs and reactions that can be done here. */
  names(): string[] {
    return [...this.works.keys()];
  }

  /** Who does the job of that name, or null when no mounted slice knows it. */
  findWork(name: string): Work | null {
    return this.works.get(name) ?? null;
  }

  /** Who reacts to the event, in no promised order. */
  reactionsTo(event: string): readonly Reaction[] {
    return this.reactions.get(event) ?? [];
  }

  /** The timetable. */
  schedules(): readonly TimetableEntry[] {
    return this.timetable;
  }

  private add(type: HandlerClass, instance: unknown): void {
    const job = metadata(handlerKeys.job, type) as JobDefinition | undefined;
    if (job !== undefined) this.addJob(job, type, instance as JobHandler);
    const event = metadata(handlerKeys.event, type) as EventDefinition | undefined;
    if (event !== undefined) this.addReaction(event, type, instance as EventHandler);
    const schedule = metadata(handlerKeys.schedule, type) as Schedule | undefined;
    if (schedule !== undefined) this.addSchedule(schedule, type, instance as ScheduleHandler);
  }

  private addJob(job: JobDefinition, type: HandlerClass, handler: JobHandler): void {
    if (findJob(job.name) !== job) {
      throw new HandlerError(`${type.name} handles the job ${job.name}, which no slice defines.`);
    }
    if (this.works.has(job.name)) {
      throw new HandlerError(`The job ${job.name} has two handlers; ${type.name} is one too many.`);
    }
    this.works.set(job.name, {
      name: job.name,
      version: job.version,
      parse: (payload) => job.payload.parse(payload),
      run: (payload, context) => handler.run(payload, context),
    });
  }

  private addReaction(event: EventDefinition, type: HandlerClass, handler: EventHandler): void {
    if (findEvent(event.name) !== event) {
      throw new HandlerError(
        `${type.name} handles the event ${event.name}, which no slice defines.`,
      );
    }
    const name = `on:${event.name}:${type.name}`;
    if (this.works.has(name)) {
      throw new HandlerError(`Two classes named ${type.name} handle the event ${event.name}.`);
    }
    const reaction: Reaction = {
      name,
      event,
      version: event.version,
      parse: (payload) => event.payload.parse(payload),
      run: (payload, context) => handler.handle(payload, context),
    };
    this.works.set(name, reaction);
    this.reactions.set(event.name, [...this.reactionsTo(event.name), reaction]);
  }

  private addSchedule(schedule: Schedule, type: HandlerClass, handler: ScheduleHandler): void {
    if (this.timetable.some(({ name }) => name === schedule.name)) {
      throw new HandlerError(
        `The schedule ${schedule.name} has two handlers; ${type.name} is one too many.`,
      );
    }
    this.timetable.push({ ...schedule, tick: (signal) => handler.tick(signal) });
  }
}

function isHandler(type: unknown): type is HandlerClass {
  return (
    typeof type === 'function' &&
    Object.values(handlerKeys).some((key) => metadata(key, type as HandlerClass) !== undefined)
  );
}

function metadata(key: string, type: HandlerClass): unknown {
  return Reflect.getOwnMetadata(key, type);
}

import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';
import type { EventDefinition } from './event';
import type { JobContext, JobDefinition } from './job';

/** Metadata keys under which the worker finds the classes that a worker face offers. */
export const handlerKeys = {
  job: 'caravel:handles-job',
  event: 'caravel:handles-event',
  schedule: 'caravel:on-schedule',
} as const;

/** Does the job; exactly one class per job in a worker. May run more than once for one request. */
export interface JobHandler<Definition extends JobDefinition = JobDefinition> {
  run(payload: z.output<Definition['payload']>, context: JobContext): Promise<void>;
}

/** Reacts to an event; each reaction is retried by itself. May run more than once for one event. */
export interface EventHandler<Definition extends EventDefinition = EventDefinition> {
  handle(payload: z.output<Definition['payload']>, context: JobContext): Promise<void>;
}

/** Looks for work by the clock, across stores; one worker at a time runs a given tick. */
export interface ScheduleHandler {
  tick(signal: AbortSignal): Promise<void>;
}

/** A line of the timetable. */
export interface Schedule {
  name: string;
  everyMs: number;
}

/** Marks the class of a worker face that does this job. */
export const HandlesJob = (definition: JobDefinition): ClassDecorator =>
  SetMetadata(handlerKeys.job, definition);

/** Marks a class of a worker face that reacts to this event. */
export const HandlesEvent = (definition: EventDefinition): ClassDecorator =>
  SetMetadata(handlerKeys.event, definition);

/**
 * Marks a class of a worker face that the clock calls.
 * @param name `<slice>.<imperative>`, unique
 */
export const OnSchedule = (name: string, options: { everyMs: number }): ClassDecorator =>
  SetMetadata(handlerKeys.schedule, { name, ...options } satisfies Schedule);

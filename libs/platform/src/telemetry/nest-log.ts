import type { LoggerService } from '@nestjs/common';
import type { Log } from './log';

/** Lets Nest write into our log: `NestFactory.create(module, { logger: new NestLog(log) })`. */
export class NestLog implements LoggerService {
  constructor(private readonly target: Log) {}

  log(message: unknown, ...rest: unknown[]): void {
    // Nest tells of every module and route that it starts; that is our debug.
    this.target.debug(...line(message, rest));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.target.error(...line(message, rest));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.target.warn(...line(message, rest));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.target.trace(...line(message, rest));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.target.trace(...line(message, rest));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.target.fatal(...line(message, rest));
  }
}

/** Nest's convention: the last text is the context, one before it may be a stack. */
function line(message: unknown, rest: unknown[]): [Record<string, unknown>, string] {
  const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
  const more = rest.slice(0, context === undefined ? undefined : -1).filter(Boolean);
  const fields = { ...(context ? { context } : {}), ...(more.length > 0 ? { more } : {}) };
  if (message instanceof Error) return [{ ...fields, err: message }, message.message];
  return [fields, typeof message === 'string' ? message : JSON.stringify(message)];
}

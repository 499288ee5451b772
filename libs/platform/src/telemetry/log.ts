import { type DestinationStream, type Logger, pino } from 'pino';
import { type LogFields, logContext } from './log-context';
import { redact } from './redact';

/** How a process logs. */
export interface LogOptions {
  /** The process's name, on every line. */
  name: string;
  /** `trace`, `debug`, `info`, `warn`, `error` or `silent`. */
  level: string;
  /** Where lines go; standard output when left out. */
  destination?: DestinationStream;
}

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/**
 * Structured lines, one JSON object each, with the ids of the running request or job and without secrets.
 * Each method takes fields and a sentence, or a sentence alone; an error goes under `err`.
 */
export class Log {
  private constructor(private readonly logger: Logger) {}

  /** Opens the log of a process. */
  static open({ name, level, destination }: LogOptions): Log {
    const options = {
      name,
      level,
      mixin: () => logContext(),
      formatters: { log: (fields: object) => redact(fields) as LogFields },
      serializers: { err: redact },
    };
    return new Log(destination ? pino(options, destination) : pino(options));
  }

  /** A log whose lines all carry these fields: `storeId`, `requestId`, `jobId`. */
  child(fields: LogFields): Log {
    return new Log(this.logger.child(redact(fields) as LogFields));
  }

  trace(fields: LogFields | string, sentence?: string): void {
    this.write('trace', fields, sentence);
  }

  debug(fields: LogFields | string, sentence?: string): void {
    this.write('debug', fields, sentence);
  }

  info(fields: LogFields | string, sentence?: string): void {
    this.write('info', fields, sentence);
  }

  warn(fields: LogFields | string, sentence?: string): void {
    this.write('warn', fields, sentence);
  }

  error(fields: LogFields | string, sentence?: string): void {
    this.write('error', fields, sentence);
  }

  fatal(fields: LogFields | string, sentence?: string): void {
    this.write('fatal', fields, sentence);
  }

  private write(level: Level, fields: LogFields | string, sentence?: string): void {
    if (!this.logger.isLevelEnabled(level)) return;
    if (typeof fields === 'string') this.logger[level](redact(fields) as string);
    else this.logger[level](fields, sentence && (redact(sentence) as string));
  }
}

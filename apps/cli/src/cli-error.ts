/** What a command's exit code says. 0 is: done. */
export const exitCodes = {
  /** The theme has faults, or the server said no. */
  refused: 1,
  /** The command cannot be run so: wrong usage, not signed in, nothing answers. */
  unusable: 2,
  /** Somebody else changed the same thing; nothing was overwritten. */
  conflict: 3,
  /** Stopped where an answer was asked for, by Ctrl-C or by no: 128 and the number of Ctrl-C’s signal. */
  stopped: 130,
} as const;

/** A failure of the command line that says in one sentence what to do. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    message: string,
    readonly exitCode: number = exitCodes.refused,
    /** A stable name for programs; beside it what else they may want to know. */
    readonly code: string = 'cli.failed',
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** Why the embedded PostgreSQL could not be had. */
export type EmbeddedPostgresFailure =
  | 'platform-unsupported'
  | 'port-in-use'
  | 'disk-full'
  | 'other-version'
  | 'permission'
  | 'not-started';

/** A failure whose message is one sentence that an operator can act on; the cause has the details. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';

  constructor(
    readonly code: EmbeddedPostgresFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Reads what PostgreSQL's programs said and puts it in one sentence.
 * @param folder the data folder, named in the sentence
 * @param output standard output, standard error and the end of the server's log
 */
export function explainFailure(
  folder: string,
  output: string,
  cause?: unknown,
): EmbeddedPostgresError {
  const because = cause === undefined ? undefined : { cause };
  if (/No space left on device|ENOSPC/i.test(output)) {
    return new EmbeddedPostgresError(
      'disk-full',
      `The disk that holds ${folder} is full: free some space, or set CARAVEL_HOME to a folder on another disk.`,
      because,
    );
  }
  if (/Address already in use|could not bind/i.test(output)) {
    return new EmbeddedPostgresError(
      'port-in-use',
      `The port that PostgreSQL was to use for ${folder} is in use by another program.`,
      because,
    );
  }
  if (/Permission denied|EACCES|EPERM|wrong ownership|not permitted/i.test(output)) {
    return new EmbeddedPostgresError(
      'permission',
      `PostgreSQL may not use ${folder}: start as the user to whom this folder belongs, or set CARAVEL_HOME to another folder.`,
      because,
    );
  }
  return new EmbeddedPostgresError(
    'not-started',
    `PostgreSQL did not start in ${folder}: ${lastLine(output)}`,
    because,
  );
}

/** The last line that says something; PostgreSQL's own words come after a FATAL. */
function lastLine(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const fatal = lines.findLast((line) => /FATAL|PANIC/.test(line));
  return (
    fatal?.replace(/^.*(FATAL|PANIC):\s*/, '') ??
    lines.findLast((line) => line !== '') ??
    'it said nothing.'
  );
}

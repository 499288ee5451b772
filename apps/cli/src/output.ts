import { CliError } from './cli-error';
import { cliEnvironment } from './environment';
import { paintDiffs } from './paint';

/**
 * What a command says. With `--json` the result is one JSON document on standard output, also when it fails; all else
 * goes to standard error.
 */
export class Output {
  constructor(private readonly json: boolean) {}

  /** The result: text for people, or the document. */
  result(document: unknown, text: string): void {
    if (this.json) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    else if (text !== '') process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  /** A sentence beside the result. */
  say(sentence: string): void {
    process.stderr.write(`${sentence}\n`);
  }

  /** Runs long work with a line that says so, on a terminal only. */
  async progress<T>(
    label: string,
    work: (note: (detail: string) => void) => Promise<T>,
  ): Promise<T> {
    if (!redraws(process.stderr)) return work(() => undefined);
    const begun = Date.now();
    let detail = '';
    const draw = (): void => {
      const seconds = ((Date.now() - begun) / 1000).toFixed(1);
      process.stderr.write(`\r\u001b[K${label} ${detail} ${seconds} s`);
    };
    // Work that never lets go of the thread is announced at least.
    draw();
    const timer = setInterval(draw, 100);
    try {
      return await work((text) => {
        detail = text;
      });
    } finally {
      clearInterval(timer);
      process.stderr.write('\r\u001b[K');
    }
  }

  /** Says why a command failed; the exit code is the caller's business. */
  failure(error: CliError): void {
    if (this.json) {
      const { code, message, details } = error;
      process.stdout.write(
        `${JSON.stringify({ error: { code, message, ...details } }, null, 2)}\n`,
      );
    } else process.stderr.write(`${paintDiffs(process.stderr, error.message)}\n`);
  }
}

/** Whether a line can be drawn anew; a terminal of one colour and no cursor (TERM=dumb, as in editors) cannot. */
export function redraws(
  { isTTY = false }: { isTTY?: boolean },
  term = cliEnvironment().term,
): boolean {
  return isTTY && term !== 'dumb';
}

/** A number with its noun: `1 error`, `2 errors`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Rows as columns, the first row being the heads. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => width(row[at] ?? ''))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - width(cell))))
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}

function width(text: string): number {
  return [...text].length;
}

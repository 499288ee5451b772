import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { CliError, exitCodes } from '../cli-error';

/** All of standard input, without the line break at its end. */
export async function readInput(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}

/** What a command ends with that somebody stopped at a question. */
export function stopped(): CliError {
  return new CliError('Stopped; nothing was done.', exitCodes.stopped, 'cli.stopped');
}

/**
 * Asks on the terminal.
 * @param secret what is typed is not shown
 * @throws CliError when there is no terminal to ask on, or whoever is asked stops the command
 */
export async function ask(question: string, { secret = false } = {}): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new CliError(
      `${question} is missing and there is no terminal to ask on: see \`caravel login --help\`.`,
      exitCodes.unusable,
      'cli.no-terminal',
    );
  }
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: process.stdin,
    output: secret ? silent : process.stderr,
    terminal: true,
  });
  // Only now the terminal shows nothing of what is typed: whoever sees the question may type.
  if (secret) process.stderr.write(`${question}: `);
  // Ctrl-D closes the line without an answer.
  const closed = once(lines, 'close').then(() => Promise.reject(stopped()));
  try {
    return await Promise.race([lines.question(secret ? '' : `${question}: `), closed]);
  } catch {
    // Ctrl-C: as of a program that does not handle it.
    throw stopped();
  } finally {
    lines.close();
    if (secret) process.stderr.write('\n');
  }
}

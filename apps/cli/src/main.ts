import { CommanderError } from 'commander';
import { CliError, exitCodes } from './cli-error';
import { Output } from './output';
import { buildProgram } from './program';

/** Runs a command line; every failure ends here, in one sentence and an exit code. */
async function main(): Promise<void> {
  // Whoever reads has enough: `caravel theme check | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  const output = new Output(process.argv.includes('--json'));
  try {
    await buildProgram().parseAsync();
  } catch (error) {
    // Help that was asked for is no failure.
    if (error instanceof CommanderError && error.exitCode === 0) return;
    const failure = await failureOf(error);
    // Commander has said its own to people already.
    if (!(error instanceof CommanderError) || process.argv.includes('--json'))
      output.failure(failure);
    process.exitCode = failure.exitCode;
  }
}

async function failureOf(error: unknown): Promise<CliError> {
  if (error instanceof CliError) return error;
  if (error instanceof CommanderError) {
    const sentence = error.message.replace(/^error: /, '');
    return new CliError(sentence, exitCodes.unusable, 'cli.usage');
  }
  // Knows PostgreSQL's own words, and is loaded only where somebody needs them.
  const { explain } = await import('./explain.js');
  return new CliError(explain(error));
}

void main();

import { CommanderError } from 'commander';
import { CliError, exitCodes } from './cli-error';
import { Output } from './output';
import { buildProgram } from './program';

/** Runs a command line; every failure ends here, in one sentence and an exit code. */
async function main(): Promise<void> {
  try {
    await buildProgram().parseAsync();
  } catch (error) {
    // Commander has said it already; help that was asked for is no failure.
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : exitCodes.unusable;
      return;
    }
    if (error instanceof CliError) {
      new Output(process.argv.includes('--json')).failure(error);
      process.exitCode = error.exitCode;
      return;
    }
    // Knows PostgreSQL's own words, and is loaded only where somebody needs them.
    const { explain } = await import('./explain.js');
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = exitCodes.refused;
  }
}

void main();

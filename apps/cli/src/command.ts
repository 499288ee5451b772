import { Command, InvalidArgumentError } from 'commander';

/** What a new command is made of. */
export interface CommandSpec {
  /** Name and arguments: `check [folder]`. */
  usage: string;
  about: string;
  /** Command lines that work as they stand. */
  examples: readonly string[];
}

/** Adds a command with `--json`, which every command has, and examples under its help. */
export function addCommand(parent: Command, { usage, about, examples }: CommandSpec): Command {
  return parent
    .command(usage)
    .description(about)
    .option('--json', 'print the result as one JSON document')
    .exitOverride()
    .addHelpText('after', `\nExamples:\n${examples.map((line) => `  $ ${line}`).join('\n')}`);
}

/** Adds the flags of a command that talks to a server. */
export function withConnection(command: Command): Command {
  return command
    .option('--server <address>', 'the API’s address (or CARAVEL_SERVER)')
    .option('--store <handle>', 'the store, by handle or id (or CARAVEL_STORE)');
}

/** A flag's whole number. @throws InvalidArgumentError, which commander says together with the flag's name */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(text);
}

import { Command } from 'commander';
import { addAccountCommands } from './connection/commands';
import { addCompletionCommand } from './completion/commands';
import { addPlatformCommands } from './platform-commands';
import { addThemeCommands } from './theme/commands';
import { ownVersion } from './version';

const exits = `
Exit codes:
  0  done
  1  the theme has faults, or the server said no
  2  the command cannot be run so: wrong usage, not signed in, nothing answers
  3  somebody else changed the same thing; nothing was overwritten
130  stopped at a question, with Ctrl-C or by no`;

/** The whole command line. What a command needs is loaded when it runs, so that `theme check` never loads a database. */
export function buildProgram(): Command {
  const program = new Command('caravel')
    .description('Runs and looks after a Caravel platform, and makes themes for its stores.')
    .version(ownVersion(), '-V, --version', 'print which release this is')
    // `publish --version 3` means a theme's.
    .enablePositionalOptions()
    .addHelpText('after', exits)
    .showHelpAfterError('(see --help for what is possible)')
    .exitOverride();
  addPlatformCommands(program);
  addAccountCommands(program);
  addThemeCommands(program);
  addCompletionCommand(program);
  return program;
}

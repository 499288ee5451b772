import { Option, type Command } from 'commander';
import { addCommand, wholeNumber, withConnection } from '../command';
import { Output } from '../output';
import type { CheckOptions } from './check';
import type { DeleteOptions } from './delete';
import type { DevOptions } from './dev/dev';
import type { ProfileOptions } from './dev/profile';
import type { InitOptions } from './init';
import type { VersionOptions } from './publish';
import type { PullOptions } from './pull';
import type { PushOptions } from './push';
import type { RenameOptions } from './rename';
import type { ShareOptions } from './share';

type Json = { json?: boolean };

/** `caravel theme ...`: everything that a theme's author does. */
export function addThemeCommands(program: Command): void {
  const theme = program.command('theme').description('make, check and publish themes');
  addLocal(theme);
  addPush(theme);
  addPull(theme);
  addPublishing(theme);
  addUpkeep(theme);
  addShare(theme);
  addDevelopment(theme);
}

function addLocal(theme: Command): void {
  addCommand(theme, {
    usage: 'init [folder]',
    about: 'make a folder with a theme to begin from',
    examples: [
      'caravel theme init my-theme',
      'caravel theme init my-theme --theme atelier --preset Fjell',
    ],
  })
    .option('--theme <name>', 'the theme to copy: starter, or a first-party one', 'starter')
    .option('--preset <name>', 'the look to begin with, of those that the theme has')
    .action(async (folder: string | undefined, { json = false, ...options }: InitOptions & Json) =>
      (await import('./init.js')).initTheme(folder ?? '.', options, new Output(json)),
    );
  addCommand(theme, {
    usage: 'check [folder]',
    about: 'find faults in a theme; nothing leaves this machine',
    examples: [
      'caravel theme check',
      'caravel theme check --fix',
      'caravel theme check my-theme --json --fail-level warning',
    ],
  })
    .option('--fix', 'put right what needs nobody to look, then check')
    .option('--no-dry-run', 'do not render every template with the worst of data')
    .addOption(
      new Option('--fail-level <level>', 'exit with 1 from this level on')
        .choices(['error', 'warning', 'info'])
        .default('error'),
    )
    .action(async (folder: string | undefined, { json = false, ...options }: CheckOptions & Json) =>
      (await import('./check.js')).checkFolder(folder ?? '.', options, new Output(json)),
    );
}

function addPush(theme: Command): void {
  withConnection(
    addCommand(theme, {
      usage: 'push [folder]',
      about: 'make the folder the next version of a theme in a store',
      examples: [
        'caravel theme push --new',
        'caravel theme push my-theme --publish',
        'caravel theme push --theme "Atelier" --json',
      ],
    }),
  )
    .option('--theme <theme>', 'the theme, by name or id; the one that the folder came from else')
    .option('--new', 'make a theme of its own')
    .option('--publish', 'make the version live')
    .option('--force', 'put these files in the place of what others pushed meanwhile')
    .action(async (folder: string | undefined, { json = false, ...options }: PushOptions & Json) =>
      (await import('./push.js')).pushTheme(folder ?? '.', options, new Output(json)),
    );
}

function addPull(theme: Command): void {
  withConnection(
    addCommand(theme, {
      usage: 'pull [folder]',
      about: 'fetch the files of a version',
      examples: ['caravel theme pull', 'caravel theme pull atelier --theme Atelier --version 3'],
    }),
  )
    .option('--theme <theme>', 'the theme, by name or id; the one that the folder came from else')
    .option('--version <number>', 'the version; the latest else', wholeNumber)
    .option('--force', 'overwrite what was changed here')
    .action(async (folder: string | undefined, { json = false, ...options }: PullOptions & Json) =>
      (await import('./pull.js')).pullTheme(folder ?? '.', options, new Output(json)),
    );
}

function addPublishing(theme: Command): void {
  const load = () => import('./publish.js');
  const version = ['--version <number>', 'the version; the latest else', wholeNumber] as const;
  const which = ['--theme <theme>', 'the theme, by name or id'] as const;
  withConnection(
    addCommand(theme, {
      usage: 'publish',
      about: 'make a version live',
      examples: ['caravel theme publish', 'caravel theme publish --theme Atelier --version 3'],
    }),
  )
    .option(...which)
    .option(...version)
    .action(async ({ json = false, ...options }: VersionOptions & Json) =>
      (await load()).publishTheme(options, new Output(json)),
    );
  withConnection(
    addCommand(theme, {
      usage: 'rollback',
      about: 'make live again what was live before',
      examples: ['caravel theme rollback', 'caravel theme rollback --theme Atelier --version 2'],
    }),
  )
    .option(...which)
    .option('--version <number>', 'the version to go back to; the one before else', wholeNumber)
    .action(async ({ json = false, ...options }: VersionOptions & Json) =>
      (await load()).rollbackTheme(options, new Output(json)),
    );
  withConnection(
    addCommand(theme, {
      usage: 'list',
      about: 'show themes, their versions, and which one is live',
      examples: ['caravel theme list', 'caravel theme list --json'],
    }),
  )
    .option(...which)
    .action(async ({ json = false, ...options }: VersionOptions & Json) =>
      (await load()).listThemes(options, new Output(json)),
    );
}

function addUpkeep(theme: Command): void {
  withConnection(
    addCommand(theme, {
      usage: 'delete <theme...>',
      about: 'delete themes that are not live, by name or id, with all their versions',
      examples: [
        'caravel theme delete "Winter sale"',
        'caravel theme delete Starter 0190c1d2-7a3b-7c4d-8e5f-60718293a4b5 --force --json',
      ],
    }),
  )
    .option('--force', 'do not ask; needed where there is no terminal')
    .action(async (themes: string[], { json = false, ...options }: DeleteOptions & Json) =>
      (await import('./delete.js')).deleteThemes(themes, options, new Output(json)),
    );
  withConnection(
    addCommand(theme, {
      usage: 'rename <name>',
      about: 'give a theme another name in the store; its files stay as they are',
      examples: [
        'caravel theme rename "Winter sale"',
        'caravel theme rename Summer --theme Starter',
      ],
    }),
  )
    .option('--theme <theme>', 'the theme, by name or id; the one that the folder came from else')
    .action(async (name: string, { json = false, ...options }: RenameOptions & Json) =>
      (await import('./rename.js')).renameTheme(name, options, new Output(json)),
    );
}

function addShare(theme: Command): void {
  withConnection(
    addCommand(theme, {
      usage: 'share',
      about: 'make a link that shows a version before it is live',
      examples: [
        'caravel theme share --expires 12h',
        'caravel theme share --theme Atelier --version 3',
        'caravel theme share --list',
      ],
    }),
  )
    .option('--theme <theme>', 'the theme, by name or id')
    .option('--version <number>', 'the version; the latest else', wholeNumber)
    .option('--expires <time>', 'how long the link leads there: 45m, 12h, 7d', '7d')
    .option('--list', 'show the links that are open')
    .option('--end <preview>', 'end one, by its id')
    .action(async ({ json = false, ...options }: ShareOptions & Json) =>
      (await import('./share.js')).shareTheme(options, new Output(json)),
    );
}

function addDevelopment(theme: Command): void {
  withConnection(
    addCommand(theme, {
      usage: 'dev [folder]',
      about: 'show the theme with the store’s data, and each change at once; uploads nothing',
      examples: ['caravel theme dev', 'caravel theme dev my-theme --store kiln --port 9393'],
    }),
  )
    .option('--port <number>', 'the port on this machine; 0 takes a free one', wholeNumber, 9292)
    .action(async (folder: string | undefined, { json = false, ...options }: DevOptions & Json) =>
      (await import('./dev/dev.js')).developTheme(folder ?? '.', options, new Output(json)),
    );
  withConnection(
    addCommand(theme, {
      usage: 'profile [path]',
      about: 'show what each section of a page costs, with the store’s data',
      examples: ['caravel theme profile', 'caravel theme profile /collections/all --json'],
    }),
  )
    .option('--folder <folder>', 'where the theme lies', '.')
    .action(async (path: string | undefined, { json = false, ...options }: ProfileOptions & Json) =>
      (await import('./dev/profile.js')).profilePage(path ?? '/', options, new Output(json)),
    );
}

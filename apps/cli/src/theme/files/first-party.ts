import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CliError, exitCodes } from '../../cli-error';

/** `themes/` is data and stands beside the sources as beside dist/: the nearest one above this file. */
function themesFolder(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const themes = join(folder, 'themes');
    if (existsSync(join(themes, 'atelier/theme.json'))) return themes;
  }
  throw new CliError('The first-party themes are missing from this installation.');
}

/** The names of the first-party themes. */
export function firstPartyThemes(): string[] {
  const folder = themesFolder();
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'theme.json')));
}

/**
 * Where a first-party theme lies.
 * @throws CliError that names those that there are
 */
export function firstPartyTheme(name: string): string {
  const names = firstPartyThemes();
  if (names.includes(name)) return join(themesFolder(), name);
  const sentence = `--theme: there is no theme “${name}”; choose one of ${names.join(', ')}.`;
  throw new CliError(sentence, exitCodes.unusable, 'cli.which-theme');
}

import { CliError, exitCodes } from '../cli-error';
import { type StoreConnection, listAll } from '../connection/connect';
import { unzipTheme } from './files/archive';
import type { BaseVersion } from './files/base-version';

/** A theme as the API lists it. */
export interface RemoteTheme {
  id: string;
  name: string;
  live: boolean;
  liveVersionId: string | null;
  latestVersionId: string | null;
  latestN: number;
  updatedAt: string;
  /** Of the theme's row: what a change of it was made looking at. */
  version: number;
}

/** A version as the API lists it. */
export interface RemoteVersion {
  versionId: string;
  n: number;
  themeVersion: string;
  live: boolean;
  /** How many, and their bytes. */
  files: number;
  bytes: number;
  createdAt: string;
  createdBy: string;
}

/** A version with its files. */
export interface RemoteVersionDetail {
  versionId: string;
  n: number;
  files: { path: string; hash: string }[];
}

/** The themes of a store, as a command needs them. */
export class RemoteThemes {
  private readonly root: string;

  constructor(private readonly connection: StoreConnection) {
    this.root = `/stores/${connection.storeId}`;
  }

  async list(): Promise<RemoteTheme[]> {
    const { items } = await this.connection.api.get<{ items: RemoteTheme[] }>(
      `${this.root}/themes`,
    );
    return items;
  }

  /**
   * The theme that a flag names, or the one that the folder came from.
   * @param wanted id or name
   * @throws CliError that names those that there are
   */
  async choose(wanted: string | undefined, base: BaseVersion | null): Promise<RemoteTheme> {
    return this.chooseAmong(await this.list(), wanted, base);
  }

  /** The same of a list that is known already. @param flag what names it, for the sentence @throws CliError */
  chooseAmong(
    themes: readonly RemoteTheme[],
    wanted: string | undefined,
    base: BaseVersion | null,
    flag = '--theme: ',
  ): RemoteTheme {
    const here = base && base.storeId === this.connection.storeId ? base.themeId : undefined;
    const name = wanted ?? here;
    const found = themes.filter((one) => one.id === name || one.name === name);
    const only = name === undefined && themes.length === 1 ? themes[0] : undefined;
    const [theme = only] = found;
    if (theme && found.length <= 1) return theme;
    if (wanted === undefined && name !== undefined) throw gone();
    const known = themes.map(({ id, name: called }) => `${called} (${id})`).join(', ') || 'none';
    const sentence =
      name === undefined
        ? `${flag}say which theme is meant; the store has: ${known}.`
        : `${flag}“${name}” is ${found.length > 1 ? 'the name of several themes' : 'no theme of the store'}; it has: ${known}.`;
    throw new CliError(sentence, exitCodes.unusable, 'cli.which-theme');
  }

  versions(themeId: string): Promise<RemoteVersion[]> {
    return listAll<RemoteVersion>(this.connection.api, `${this.root}/themes/${themeId}/versions`);
  }

  /** The version with that number; the latest when none is said. @throws CliError */
  async chooseVersion(theme: RemoteTheme, n: number | undefined): Promise<RemoteVersion> {
    const versions = await this.versions(theme.id);
    const found = n === undefined ? versions[0] : versions.find((one) => one.n === n);
    if (found) return found;
    const known = versions.map((one) => one.n).join(', ');
    const sentence = `--version: ${theme.name} has no version ${n ?? ''}; it has: ${known || 'none'}.`;
    throw new CliError(sentence, exitCodes.unusable, 'cli.which-version');
  }

  detail(themeId: string, versionId: string): Promise<RemoteVersionDetail> {
    return this.connection.api.get(`${this.root}/themes/${themeId}/versions/${versionId}`);
  }

  /** All files of a version. */
  async files(themeId: string, versionId: string): Promise<Map<string, Buffer>> {
    const path = `${this.root}/themes/${themeId}/versions/${versionId}/archive`;
    return unzipTheme(await this.connection.api.download(path));
  }
}

function gone(): CliError {
  return new CliError(
    'The theme that this folder came from is not in the store any more: say --theme for another one, or push it with --new.',
    exitCodes.unusable,
    'cli.which-theme',
  );
}

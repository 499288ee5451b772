import { CliError, exitCodes } from '../cli-error';
import { connect } from '../connection/connect';
import { type Output, table } from '../output';
import { readBase } from './files/base-version';
import type { VersionOptions } from './publish';
import { RemoteThemes } from './remote';

/** Flags of `caravel theme share`. */
export interface ShareOptions extends VersionOptions {
  /** Such as `45m`, `12h`, `7d`. */
  expires: string;
  list?: boolean;
  end?: string;
}

interface Preview {
  previewId: string;
  themeId: string | null;
  themeName: string | null;
  n: number | null;
  createdBy: string;
  expiresAt: string;
}

const units = { m: 60, h: 3_600, d: 86_400 } as const;

/** `caravel theme share`: a link that shows a version before it is live; lists and ends such links as well. */
export async function shareTheme(options: ShareOptions, output: Output): Promise<void> {
  const base = await readBase('.');
  const connection = await connect(options, base);
  const root = `/stores/${connection.storeId}/theme-previews`;
  if (options.list) {
    const { items } = await connection.api.get<{ items: Preview[] }>(root);
    output.result({ previews: items }, formatPreviews(items));
    return;
  }
  if (options.end !== undefined) {
    if (!/^[0-9a-f-]{36}$/i.test(options.end)) {
      const sentence = `--end: “${options.end}” is no preview’s id; \`caravel theme share --list\` shows them.`;
      throw new CliError(sentence, exitCodes.unusable, 'cli.which-preview');
    }
    await connection.api.delete(`${root}/${encodeURIComponent(options.end)}`);
    output.result({ ended: options.end }, 'The preview has ended; its link leads nowhere now.');
    return;
  }
  const expiresIn = secondsOf(options.expires);
  const remote = new RemoteThemes(connection);
  const theme = await remote.choose(options.theme, base);
  const { versionId, n } = await remote.chooseVersion(theme, options.version);
  const made = await connection.api.post<Preview & { url: string }>(root, {
    themeVersionId: versionId,
    expiresIn,
  });
  const { url, previewId, expiresAt } = made;
  output.result(
    { previewId, themeId: theme.id, versionId, n, url, expiresAt },
    `${url}\n\n${theme.name}, version ${n}, for whoever has this link, until ${expiresAt}.\nEnd it with: caravel theme share --end ${previewId}`,
  );
}

function secondsOf(text: string): number {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (units[unit as keyof typeof units] ?? Number.NaN);
  if (seconds >= 60 && seconds <= 30 * units.d) return seconds;
  const sentence = `--expires: “${text}” is not a time such as 45m, 12h or 7d, at most 30d.`;
  throw new CliError(sentence, exitCodes.unusable, 'cli.bad-time');
}

function formatPreviews(items: readonly Preview[]): string {
  if (items.length === 0) return 'No preview is open.';
  const rows = items.map(({ previewId, themeName, n, createdBy, expiresAt }) => [
    previewId,
    n === null ? 'a theme on a developer’s machine' : `${themeName ?? 'gone'}, version ${n}`,
    expiresAt.slice(0, 16).replace('T', ' '),
    createdBy,
  ]);
  return table([['PREVIEW', 'OF', 'ENDS (UTC)', 'BY'], ...rows]);
}

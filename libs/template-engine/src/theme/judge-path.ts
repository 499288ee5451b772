/** Where a file may stand in a theme: its folder, the endings there, and whether the name has a form of its own. */
interface Place {
  folder: string;
  endings: readonly string[];
  name?: RegExp;
}

/** Every segment of a path (theme-format.md, 2). */
const segment = /^[a-z0-9][a-z0-9._-]{0,79}$/;
/** A BCP 47 tag keeps its capitals: `zh-CN.json`, `en.default.schema.json`. */
const localeFile = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}(\.default)?(\.schema)?\.json$/;

const places: readonly Place[] = [
  { folder: '', endings: ['json'], name: /^theme\.json$/ },
  { folder: 'layout', endings: ['hbs'] },
  { folder: 'templates', endings: ['json'] },
  { folder: 'templates/customers', endings: ['json'] },
  { folder: 'sections', endings: ['hbs', 'json'] },
  { folder: 'blocks', endings: ['hbs'] },
  { folder: 'snippets', endings: ['hbs'] },
  { folder: 'config', endings: ['json'], name: /^settings_(schema|data)\.json$/ },
  { folder: 'locales', endings: ['json'], name: localeFile },
  {
    folder: 'assets',
    endings: ['css', 'js', 'svg', 'woff2', 'png', 'jpg', 'jpeg', 'webp', 'avif', 'json'],
  },
];

/** The first folders of a theme, by which a folder wrapped around one is told. */
export const topFolders: ReadonlySet<string> = new Set(
  places.flatMap(({ folder }) => (folder === '' ? [] : [folder.split('/')[0] as string])),
);

/** Names that Windows keeps for devices, whatever their ending. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;

/** Whether a file of this path can be on every system that a theme is written on. */
export function isPortable(path: string): boolean {
  return !path.split('/').some((part) => devices.test(part));
}

/**
 * Judges the path of a file inside a theme.
 * @returns what is wrong with it, or null
 */
export function judgePath(path: string): { code: 'Z_NAME' | 'Z_PLACE'; message: string } | null {
  const at = path.lastIndexOf('/');
  const folder = at === -1 ? '' : path.slice(0, at);
  const name = path.slice(at + 1);
  const place = places.find((candidate) => candidate.folder === folder);
  if (!place) {
    const where = folder === '' ? 'at the top' : `in the folder ${folder}`;
    return { code: 'Z_PLACE', message: `a theme has no files ${where}` };
  }
  if (!(place.name ?? segment).test(name)) {
    const message =
      folder === ''
        ? 'only theme.json stands at the top of a theme'
        : `“${name}” is not a name that a file in ${folder} may have: small letters, digits, dots, hyphens and underscores, at most 80`;
    return { code: folder === '' ? 'Z_PLACE' : 'Z_NAME', message };
  }
  if (name.length > 80) return { code: 'Z_NAME', message: 'a name has at most 80 characters' };
  if (place.endings.includes(endingOf(name)) && name.includes('.')) return null;
  const endings = place.endings.map((ending) => `.${ending}`).join(' ');
  return { code: 'Z_PLACE', message: `only these files stand in ${folder}: ${endings}` };
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

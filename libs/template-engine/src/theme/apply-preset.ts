import type { ThemeFiles } from '../model/theme-files';
import { textOf } from '../assets/check-assets';

/** A theme after a preset was applied to it. */
export interface AppliedPreset {
  readonly files: ThemeFiles;
  /** Paths whose former content is gone: to be shown before it is done. */
  readonly replaced: readonly string[];
}

const DATA = 'config/settings_data.json';

/** The handle of a preset in file names: `Kiln & Field` is `kiln-field`. */
export function presetHandle(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function settingsData(files: ThemeFiles): { current?: unknown; presets: object } {
  try {
    const data = JSON.parse(textOf(files.get(DATA)) || '{}') as { presets?: object } | null;
    return { ...data, presets: data?.presets ?? {} };
  } catch {
    // A theme with broken settings has no presets; its checks say what is wrong.
    return { presets: {} };
  }
}

/** The names of a theme's presets, in the order of the file. */
export function presetNames(files: ThemeFiles): string[] {
  return Object.keys(settingsData(files).presets);
}

/**
 * Applies a preset (2.9): the theme's settings become those of the preset, and templates and groups that it brings
 * (`templates/index.<preset>.json`, `sections/header.<preset>.json`) take the place of the plain ones. Pure: the given
 * files are not changed, and applying the same preset again changes nothing.
 * @throws RangeError when the theme has no preset of that name
 */
export function applyPreset(files: ThemeFiles, name: string): AppliedPreset {
  const data = settingsData(files);
  if (!Object.hasOwn(data.presets, name))
    throw new RangeError(
      `There is no preset "${name}": ${Object.keys(data.presets).join(', ') || 'the theme has none'}.`,
    );
  const applied = new Map(files);
  const replaced: string[] = [];
  const put = (path: string, content: string | Uint8Array) => {
    const before = files.get(path);
    if (before !== undefined && textOf(before) === textOf(content)) return;
    if (before !== undefined) replaced.push(path);
    applied.set(path, content);
  };
  if (data.current !== name) put(DATA, `${JSON.stringify({ ...data, current: name }, null, 2)}\n`);
  const ending = `.${presetHandle(name)}.json`;
  for (const [path, content] of files)
    if (/^(templates|sections)\//.test(path) && path.endsWith(ending))
      put(`${path.slice(0, -ending.length)}.json`, content);
  return { files: applied, replaced };
}

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { type ThemeFiles, applyPreset, presetNames } from '@libs/template-engine';

const folder = resolve(__dirname, '../themes');
const textual = /\.(hbs|json|css|js|svg|txt)$/;

/** Every file of a first-party theme by its path. */
export function themeFiles(theme: string): ThemeFiles {
  const root = join(folder, theme);
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const content = readFileSync(path);
        const name = relative(root, path).replaceAll('\\', '/');
        return [name, textual.test(name) ? content.toString('utf8') : content] as const;
      }),
  );
}

/** The names of a theme's presets, in the order of its settings. */
export function presetsOf(theme: string): string[] {
  return presetNames(themeFiles(theme));
}

/** Files as an archive for the upload. */
export function zipOf(files: ThemeFiles): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of files) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

/** A first-party theme as a zip, in one of its presets. */
export function themeZip(theme: string, preset?: string): Promise<Buffer> {
  const files = themeFiles(theme);
  return zipOf(preset === undefined ? files : applyPreset(files, preset).files);
}

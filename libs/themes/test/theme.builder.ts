import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import {
  ThemeUploads,
  type UploadTarget,
  type UploadedTheme,
  readThemeArchive,
} from '@libs/themes';
import type { Lab } from '@testing';

/** A zip of files by path; equal files make equal zips. */
export function zipOf(files: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files))
    zip.addBuffer(Buffer.from(content), path, { mtime: new Date(2026, 0, 1) });
  zip.end();
  return buffer(zip.outputStream);
}

/** The files of a theme's folder, path inside the theme to bytes. */
export async function readThemeFolder(dir: string): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for (const path of (await readdir(dir, { recursive: true })).sort()) {
    const file = join(dir, path);
    if ((await stat(file)).isFile()) files[path.replaceAll('\\', '/')] = await readFile(file);
  }
  return files;
}

/** The zip of a theme's folder, as an author would upload it. */
export async function buildThemeZip(dir: string): Promise<Buffer> {
  return zipOf(await readThemeFolder(dir));
}

/** The first-party theme. */
export const atelier = join(__dirname, '../../../themes/atelier');

const page = (type: string) => JSON.stringify({ sections: { main: { type } }, order: ['main'] });

const group = (type: string) => JSON.stringify({ name: type, type, sections: {}, order: [] });

/** A whole small theme; `changes` replace files, null takes one away. */
export function aTheme(
  changes: Record<string, string | Buffer | null> = {},
): Record<string, string | Buffer> {
  const pages = 'index product collection list-collections page blog article cart search 404'.split(
    ' ',
  );
  const files: Record<string, string | Buffer | null> = {
    'theme.json': JSON.stringify({
      format: 'hbt/1',
      name: 'Plain',
      version: '1.0.0',
      author: { name: 'Caravel' },
      locales_default: 'en',
    }),
    'layout/theme.hbs': layout,
    ...Object.fromEntries(pages.map((name) => [`templates/${name}.json`, page('main')])),
    'sections/main.hbs': `<div>{{t "general.hello"}} {{@shop.name}}</div>
{{#schema}}{"name":"Main","settings":[]}{{/schema}}`,
    'sections/header.json': group('header'),
    'sections/footer.json': group('footer'),
    'locales/en.default.json': '{"general":{"hello":"Hello","skip":"Skip"}}',
    'locales/zh-CN.json': '{"general":{"hello":"你好","skip":"跳过"}}',
    'config/settings_schema.json': '[]',
    'config/settings_data.json': '{"current":{}}',
    'assets/base.css': `body { color: black }\n${'.a { margin: 0 }\n'.repeat(200)}`,
    'assets/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>',
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, content]) => (content === null ? [] : [[path, content]])),
  );
}

const layout = `<!doctype html>
<html lang="{{@request.locale}}" dir="{{@request.dir}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{@page_meta.title}}</title>{{asset "base.css"}}{{content_for_head}}</head>
<body><a class="skip" href="#main">{{t "general.skip"}}</a>
{{group "header"}}<main id="main">{{content}}</main>{{group "footer"}}
{{content_for_body_end}}</body></html>
`;

/** Lays a zip on disk for as long as `work` runs. */
export async function withZip<T>(zip: Buffer, work: (path: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'caravel-theme-'));
  try {
    const path = join(dir, 'theme.zip');
    await writeFile(path, zip);
    return await work(path);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Takes a zip through the whole upload without the API. */
export async function uploadTheme(
  lab: Pick<Lab, 'db' | 'get'>,
  storeId: string,
  zip: Buffer,
  target: UploadTarget = {},
): Promise<UploadedTheme> {
  const uploads = lab.get(ThemeUploads);
  const prepared = await uploads.prepare(await withZip(zip, readThemeArchive));
  await lab.db.write(storeId, (store) => uploads.claim(store, prepared));
  await uploads.upload(prepared);
  return lab.db.write(storeId, (store) => uploads.seal(store, prepared, target));
}

import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { DemoApi } from './demo-api';

/**
 * Uploads and publishes the first-party theme.
 * @throws ApiRefusal with the findings when the platform finds a fault in it
 */
export async function publishDemoTheme(api: DemoApi, storeId: string): Promise<void> {
  const { id } = await api.upload<{ id: string }>(`/stores/${storeId}/themes`, {
    name: 'atelier.zip',
    type: 'application/zip',
    content: await archive(themeFolder()),
  });
  await api.post(`/stores/${storeId}/themes/${id}/publish`);
}

/** `themes/` is data and stands beside the sources as beside dist/: the nearest one above this file. */
function themeFolder(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const theme = join(folder, 'themes/atelier');
    if (existsSync(theme)) return theme;
  }
  throw new Error('themes/atelier is missing');
}

async function archive(folder: string): Promise<Buffer> {
  const zip = new ZipFile();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    zip.addFile(path, relative(folder, path).replaceAll('\\', '/'));
  }
  zip.end();
  return buffer(zip.outputStream);
}

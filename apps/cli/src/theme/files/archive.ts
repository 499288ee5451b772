import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { CliError } from '../../cli-error';
import { type FileBytes, isThemePath } from './theme-folder';

/** Every file carries this time of day, whatever the zone, so that equal themes make equal zips. */
const oneTime = { mtime: new Date(2000, 0, 1), forceDosTimestamp: true, mode: 0o100644 };

/** A whole theme unpacked has at most this many bytes (theme-format.md, 2). */
const mostBytes = 60 * 1024 * 1024;

/** Packs a theme; equal files make equal bytes. */
export function zipTheme(files: FileBytes): Promise<Buffer> {
  const zip = new ZipFile();
  for (const path of [...files.keys()].sort()) {
    zip.addBuffer(files.get(path) as Buffer, path, oneTime);
  }
  zip.end();
  return buffer(zip.outputStream);
}

/**
 * Unpacks what a server sent.
 * @throws CliError for what is not a theme's zip
 */
export async function unzipTheme(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  const files = new Map<string, Buffer>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const path = entry.fileName;
    total += entry.uncompressedSize;
    if (!isThemePath(path) || total > mostBytes) {
      throw new CliError(`The server sent a zip that is no theme: ${path}.`);
    }
    files.set(path, await buffer(await zip.openReadStreamPromise(entry)));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

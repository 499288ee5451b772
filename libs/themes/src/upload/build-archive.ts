import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file for a zip: its bytes come when its turn comes. */
export interface ArchiveFile {
  path: string;
  /** Bytes. */
  size: number;
  open: () => Promise<Readable>;
}

/**
 * Packs files into a zip as it is read; equal files and times make equal zips.
 * @param at the time that every file carries
 */
export function buildArchive(files: ArchiveFile[], at: Date): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  for (const { path, size, open } of files) {
    zip.addReadStreamLazy(path, { mtime: at, mode: 0o100644, size }, (give) => {
      open().then(
        (stream) => give(null, stream),
        (error: unknown) => output.destroy(error as Error),
      );
    });
  }
  zip.on('error', (error: Error) => output.destroy(error));
  zip.end();
  return output;
}

import { stat } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type ZipFile, openPromise } from 'yauzl';
import { readAll } from '../compile-process/wire';
import { invalidTheme } from '../invalid-theme';
import { type ThemeFinding, fileFinding } from '../theme-finding';
import { isText } from './file-rules';
import { type ThemeEntry, listEntries, zipLimits } from './list-entries';

/** A theme as it came: path to bytes, sorted by path. */
export type ThemeBytes = ReadonlyMap<string, Buffer>;

/**
 * Unpacks a theme's zip into memory, after everything that its directory says was judged.
 * @param path where the upload lies on disk
 * @throws themes.invalid-theme with a finding for each fault, naming the file
 */
export async function readThemeArchive(path: string): Promise<ThemeBytes> {
  const { size } = await stat(path);
  if (size > zipLimits.compressedBytes) {
    const megabytes = zipLimits.compressedBytes / 1024 / 1024;
    throw refuse('theme.zip', 'Z_TOO_LARGE', `a theme's zip has at most ${megabytes} MB`);
  }
  const zip = await openPromise(path, {
    lazyEntries: true,
    autoClose: false,
    decodeStrings: false,
  }).catch((cause: unknown) => {
    throw refuse('theme.zip', 'Z_NOT_A_ZIP', `this is not a zip: ${reason(cause)}`);
  });
  try {
    const { entries, findings } = await listEntries(zip).catch((cause: unknown) => {
      throw refuse('theme.zip', 'Z_DAMAGED', `the zip cannot be read: ${reason(cause)}`);
    });
    if (findings.length > 0) throw invalidTheme(findings);
    return await unpack(zip, entries);
  } finally {
    zip.close();
  }
}

/** Decodes the texts among the files for the compiler. @throws themes.invalid-theme */
export function decodeTexts(files: ThemeBytes): Map<string, string | Uint8Array> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const findings: ThemeFinding[] = [];
  const decoded = new Map<string, string | Uint8Array>();
  for (const [path, bytes] of files) {
    if (!isText(path)) {
      decoded.set(path, bytes);
      continue;
    }
    try {
      decoded.set(path, decoder.decode(bytes));
    } catch {
      findings.push(fileFinding(path, 'Z_ENCODING', 'the file is not UTF-8 text'));
    }
  }
  if (findings.length > 0) throw invalidTheme(findings);
  return decoded;
}

async function unpack(zip: ZipFile, entries: ThemeEntry[]): Promise<ThemeBytes> {
  const files = new Map<string, Buffer>();
  const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, entry } of sorted) {
    try {
      const stream = await zip.openReadStreamPromise(entry);
      // The directory's sizes were added up before; a file that is longer than it says ends here.
      const bytes = await readAll(stream, entry.uncompressedSize);
      if (crc32(bytes) !== entry.crc32) throw new Error('its checksum is wrong');
      files.set(path, bytes);
    } catch (cause) {
      throw refuse(path, 'Z_DAMAGED', `the file cannot be unpacked: ${reason(cause)}`);
    }
  }
  return files;
}

function refuse(...finding: Parameters<typeof fileFinding>) {
  return invalidTheme([fileFinding(...finding)]);
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'unknown';
}

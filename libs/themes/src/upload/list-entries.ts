import { type Entry, type ZipFile, getFileNameLowLevel } from 'yauzl';
import { LIMITS } from '@template-engine/language';
import { type ThemeFinding, type UploadCode, fileFinding } from '../theme-finding';
import { judgePath, topFolders } from '@libs/template-engine';

/** Limits of a theme's zip (theme-format.md, 2). */
export const zipLimits = {
  compressedBytes: LIMITS.archiveBytes,
  unpackedBytes: LIMITS.unpackedBytes,
  files: LIMITS.files,
  /** Folders and what tools leave behind count too, up to here. */
  entries: 5_000,
  /** Text packs about tenfold; a file above a megabyte that packs two hundredfold is there to burst something. */
  ratio: 200,
  ratioFromBytes: 1024 * 1024,
} as const;

/** A file of the zip under its path inside the theme. */
export interface ThemeEntry {
  path: string;
  entry: Entry;
}

/** What stands in the zip, before any of it is unpacked. */
export interface Listing {
  entries: ThemeEntry[];
  findings: ThemeFinding[];
}

const mostFindings = 100;
const typeMask = 0o170000;
const regularFile = 0o100000;
const folder = 0o040000;

/** What macOS and Windows put beside the files they pack; nobody means to upload it. */
const leftovers = /(^|\/)(__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini)(\/|$)/;

/**
 * Reads the zip's directory and judges every line of it: kinds, names, places, sizes. A folder that is wrapped around
 * the whole theme is taken off.
 * @throws Error of yauzl when the directory is damaged
 */
export async function listEntries(zip: ZipFile): Promise<Listing> {
  const findings: ThemeFinding[] = [];
  const add = (file: string, code: UploadCode, message: string): void => {
    if (findings.length < mostFindings) findings.push(fileFinding(file, code, message));
  };
  if (zip.entryCount > zipLimits.entries) {
    add('theme.zip', 'Z_TOO_MANY_FILES', tooMany(zip.entryCount));
    return { entries: [], findings };
  }
  const found: ThemeEntry[] = [];
  for await (const entry of zip.eachEntry()) {
    const name = nameOf(entry);
    if (leftovers.test(name)) continue;
    const fault = judgeEntry(name, entry);
    if (fault) add(shown(name), ...fault);
    else if (!name.endsWith('/')) found.push({ path: name, entry });
  }
  const entries = unwrap(found);
  judgeTogether(entries, add);
  return { entries, findings };
}

function nameOf(entry: Entry): string {
  // A backslash becomes a slash only where the name is not strict; here it is a fault like any other.
  return getFileNameLowLevel(
    entry.generalPurposeBitFlag,
    entry.fileNameRaw,
    entry.extraFields,
    true,
  );
}

function judgeEntry(name: string, entry: Entry): [UploadCode, string] | null {
  const segments = name.replace(/\/$/, '').split('/');
  if (segments.some((part) => part === '..' || part === '.')) {
    return ['Z_TRAVERSAL', 'the path leads out of the theme'];
  }
  if (/^[a-z]:/i.test(name) || name.startsWith('/') || /[\\\0]/.test(name)) {
    return ['Z_TRAVERSAL', 'the path is not one inside the theme'];
  }
  const type = (entry.externalFileAttributes >>> 16) & typeMask;
  const isFolder = name.endsWith('/');
  if (type !== 0 && type !== (isFolder ? folder : regularFile)) {
    return ['Z_LINK', 'a theme has plain files only, no links'];
  }
  if (entry.isEncrypted()) return ['Z_ENCRYPTED', 'the file is encrypted'];
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    return ['Z_DAMAGED', `the file is packed by method ${entry.compressionMethod}, not by deflate`];
  }
  const { uncompressedSize, compressedSize } = entry;
  if (
    uncompressedSize > zipLimits.ratioFromBytes &&
    uncompressedSize > compressedSize * zipLimits.ratio
  ) {
    return ['Z_RATIO', `the file unpacks to more than ${zipLimits.ratio} times its size`];
  }
  return null;
}

/** Takes off the one folder that a download or a file manager wraps around a theme. */
function unwrap(entries: ThemeEntry[]): ThemeEntry[] {
  const [first] = entries;
  const wrapper = first?.path.split('/')[0] ?? '';
  const isWrapped =
    !topFolders.has(wrapper) && entries.every(({ path }) => path.startsWith(`${wrapper}/`));
  if (!isWrapped) return entries;
  return entries.map(({ path, entry }) => ({ path: path.slice(wrapper.length + 1), entry }));
}

function judgeTogether(
  entries: ThemeEntry[],
  add: (file: string, code: UploadCode, message: string) => void,
): void {
  if (entries.length > zipLimits.files) {
    add('theme.zip', 'Z_TOO_MANY_FILES', tooMany(entries.length));
  }
  const unpacked = entries.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
  if (unpacked > zipLimits.unpackedBytes) {
    const megabytes = zipLimits.unpackedBytes / 1024 / 1024;
    add('theme.zip', 'Z_TOO_LARGE', `the files unpack to more than ${megabytes} MB`);
  }
  const seen = new Map<string, string>();
  for (const { path } of entries) {
    const fault = judgePath(path);
    if (fault) add(shown(path), fault.code, fault.message);
    const twin = seen.get(path.toLowerCase());
    if (twin !== undefined) add(shown(path), 'Z_DUPLICATE', `the zip holds ${shown(twin)} as well`);
    seen.set(path.toLowerCase(), path);
  }
}

function tooMany(count: number): string {
  return `the zip holds ${count} files; a theme has at most ${zipLimits.files}`;
}

/** A name as it may stand in a message: without characters that a terminal or a browser would act on. */
function shown(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 200);
}

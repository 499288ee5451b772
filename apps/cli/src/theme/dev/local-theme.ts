import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CompileMemory,
  type Diagnostic,
  type ThemeMeta,
  compileTheme,
} from '@libs/template-engine';
import {
  type ThemeFolder,
  decodeFile,
  decodeTheme,
  hashOf,
  readThemeFolder,
  sayLinks,
} from '../files/theme-folder';

/** After so many, a compilation takes about as long as any later one. */
const warmUpRounds = 6;

/** A theme that compiled. */
export interface CompiledLocal {
  meta: ThemeMeta;
  /** By locale. */
  code: Record<string, { hash: string; js: string }>;
}

/** An asset as the browser gets it. */
export interface LocalAsset {
  bytes: Buffer;
  /** The last part of its address: `base.0123456789abcdef.css`. */
  name: string;
}

/** The theme in a folder while its author works on it: the last state that compiled, and what is wrong with the present one. */
export class LocalThemeFolder {
  /** The last state that compiled; null before the first. */
  compiled: CompiledLocal | null = null;
  /** Findings of the present state. */
  findings: readonly Diagnostic[] = [];
  private readonly files: Map<string, string | Uint8Array>;
  private readonly assets = new Map<string, LocalAsset>();
  private readonly locales = new Set<string>();
  private readonly memory: CompileMemory = new Map();

  /** Absolute. */
  readonly folder: string;
  /** What is to be said of links in the folder; null for nothing. */
  readonly links: string | null;

  private constructor(read: ThemeFolder) {
    const { folder, files } = read;
    this.folder = folder;
    this.links = sayLinks(read);
    this.files = decodeTheme(files);
    for (const [path, bytes] of files) this.noteAsset(path, bytes);
    this.compile();
  }

  /** Reads and compiles a theme. @throws CliError when there is none */
  static async open(given: string): Promise<LocalThemeFolder> {
    return new LocalThemeFolder(await readThemeFolder(given));
  }

  /** Whether the present state has an error and the last good one is shown. */
  get broken(): boolean {
    return this.findings.some(({ severity }) => severity === 'error');
  }

  /** File name under `assets/` to its address: as in a store, so that themes find nothing different. */
  get assetUrls(): Record<string, string> {
    return Object.fromEntries([...this.assets].map(([file, { name }]) => [file, `/cdn/t/${name}`]));
  }

  /** The asset at the last part of an address; null for one that is not ours. */
  assetAt(name: string): LocalAsset | null {
    return [...this.assets.values()].find((asset) => asset.name === name) ?? null;
  }

  /** The code for a locale, compiled when it is first asked for. */
  codeFor(locale: string): { hash: string; js: string } | null {
    if (!this.compiled) return null;
    if (!this.compiled.code[locale]) {
      this.locales.add(locale);
      if (!this.broken) this.compile();
    }
    return this.compiled.code[locale] ?? Object.values(this.compiled.code)[0] ?? null;
  }

  /**
   * Takes up changed files, by their paths inside the theme, and compiles.
   * @returns files that could not be read, which stay as they were: another program may hold them
   */
  async update(paths: Iterable<string>): Promise<string[]> {
    const unread: string[] = [];
    for (const path of paths) {
      const bytes = await readIfThere(join(this.folder, path)).catch(() => undefined);
      if (bytes === undefined) {
        unread.push(path);
      } else if (bytes === null) {
        this.files.delete(path);
        this.assets.delete(assetName(path) ?? '');
      } else {
        this.files.set(path, decodeFile(path, bytes));
        this.noteAsset(path, bytes);
      }
    }
    this.compile();
    return unread;
  }

  /**
   * Compiles the theme a few times more, as if its largest section had changed: the first compilations of a process
   * take several times as long as those after them, and the first save of an author shall be one of the latter.
   */
  warmUp(): void {
    const sections = [...this.files].filter(([path]) => /^sections\/.*\.hbs$/.test(path));
    const [largest] = sections.toSorted(([, a], [, b]) => b.length - a.length);
    if (!largest) return;
    const [path, text] = largest;
    for (let round = 1; round <= warmUpRounds; round += 1) {
      this.files.set(path, String(text) + '\n'.repeat(round));
      this.compile();
    }
    this.files.set(path, text);
    this.compile();
  }

  private compile(): void {
    const locales = this.locales.size > 0 ? [...this.locales] : undefined;
    const result = compileTheme(this.files, { locales, memory: this.memory });
    this.findings = result.diagnostics;
    if (result.meta === null) return;
    const code = Object.fromEntries(
      result.artefacts.map(({ locale, hash, js }) => [locale, { hash, js }]),
    );
    this.compiled = { meta: result.meta, code };
  }

  private noteAsset(path: string, bytes: Buffer): void {
    const file = assetName(path);
    if (file === null) return;
    const dot = file.lastIndexOf('.');
    const name = `${file.slice(0, dot)}.${hashOf(bytes).slice(0, 16)}${file.slice(dot)}`;
    this.assets.set(file, { bytes, name });
  }
}

function assetName(path: string): string | null {
  return path.startsWith('assets/') ? path.slice('assets/'.length) : null;
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return (await lstat(file)).isFile() ? await readFile(file) : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

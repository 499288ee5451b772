import type { Reporter } from '../diagnostics/reporter';
import type { Facts, Role } from './ir';

/** What a file may refer to: the names of the theme that it belongs to. */
export interface ThemeNames {
  readonly snippets: ReadonlySet<string>;
  readonly assets: ReadonlySet<string>;
  readonly blocks: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly themeSettings: ReadonlyMap<string, string>;
  /** Keys of the default locale. */
  readonly texts: ReadonlySet<string>;
  /** Tables that could not be read: nothing is said of names that may stand there. */
  readonly unread: ReadonlySet<'settings' | 'texts'>;
}

/** One file being lowered: who it is, what it may use, what was found. */
export interface FileContext {
  readonly file: string;
  readonly role: Role;
  readonly theme: ThemeNames;
  /** Setting ids to kinds, of the file's own schema; null when it has none that can be read. */
  readonly settings: ReadonlyMap<string, string> | null;
  /** Declared parameters of a snippet to kinds; null when it declares none. */
  readonly params: ReadonlyMap<string, string> | null;
  readonly args: Map<string, number>;
  readonly facts: Facts;
  readonly report: Reporter;
  nextId: number;
}

/** Facts of a file before anything was found. */
export function noFacts(): Facts {
  return {
    paths: new Set(),
    calls: [],
    limits: new Map(),
    menus: new Set(),
    assets: new Set(),
    inlined: [],
    texts: new Set(),
    holes: [],
    staticBlocks: [],
    usedSettings: new Set(),
    paginate: null,
    hasBlocks: false,
    textPrefixes: new Set(),
  };
}

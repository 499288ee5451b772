import type { CompiledFile } from '../compile/compile-file';
import type { Recall } from '../compile/recall';
import type { Snippets } from '../compile/snippets';
import type { Reporter } from '../diagnostics/reporter';
import type { JsonTemplate, SectionGroup } from '../model/templates';
import type { LocaleText } from '../theme/locales';
import type { ThemeSource } from '../theme/read-theme';
import type { ThemeSettings } from '../theme/theme-data';

/** A theme that was read, as checks of several files see it. */
export interface ThemeView {
  readonly source: ThemeSource;
  readonly files: readonly CompiledFile[];
  /** The same files, by `partKey`. */
  readonly byPart: ReadonlyMap<string, CompiledFile>;
  readonly snippets: Snippets;
  readonly locales: ReadonlyMap<string, ReadonlyMap<string, LocaleText>>;
  /** What the editor shows, by file: `en.default.schema`. */
  readonly labels: ReadonlyMap<string, ReadonlyMap<string, LocaleText>>;
  readonly settings: ThemeSettings;
  readonly templates: ReadonlyMap<string, JsonTemplate>;
  readonly groups: ReadonlyMap<string, SectionGroup>;
  readonly reporter: Reporter;
  /** What an earlier check of the same theme left. */
  readonly recall: Recall;
}

/** The file of a role and name. */
export function fileOf(
  theme: ThemeView,
  role: CompiledFile['unit']['role'],
  name: string,
): CompiledFile | undefined {
  return theme.byPart.get(partKey({ role, name }));
}

/** The file of a snippet, for whoever goes from one to the next. */
export type FindSnippet = (name: string) => CompiledFile | undefined;

/** Whether every file with markup could be read: of one that could not, nobody knows what it holds. */
export function isAllRead({ source, files }: ThemeView): boolean {
  const { layouts, sections, blocks, snippets } = source;
  const written = layouts.size + sections.size + blocks.size + snippets.size;
  return files.length === written && !files.some((file) => file.failed);
}

/** What files are told apart by. */
export function partKey({ role, name }: Pick<CompiledFile['unit'], 'role' | 'name'>): string {
  return `${role} ${name}`;
}

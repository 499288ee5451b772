import type { CompiledFile } from '../compile/compile-file';
import type { Reporter } from '../diagnostics/reporter';
import type { CompileMemory } from '../model/compiled-theme';
import type { JsonTemplate, SectionGroup } from '../model/templates';
import type { LocaleText } from '../theme/locales';
import type { ThemeSource } from '../theme/read-theme';
import type { ThemeSettings } from '../theme/theme-data';

/** A theme that was read, as checks of several files see it. */
export interface ThemeView {
  readonly source: ThemeSource;
  readonly files: readonly CompiledFile[];
  readonly locales: ReadonlyMap<string, ReadonlyMap<string, LocaleText>>;
  readonly settings: ThemeSettings;
  readonly templates: ReadonlyMap<string, JsonTemplate>;
  readonly groups: ReadonlyMap<string, SectionGroup>;
  readonly reporter: Reporter;
  /** What an earlier check of the same theme left. */
  readonly memory?: CompileMemory;
}

/** The file of a role and name. */
export function fileOf(
  theme: ThemeView,
  role: CompiledFile['unit']['role'],
  name: string,
): CompiledFile | undefined {
  return theme.files.find(({ unit }) => unit.role === role && unit.name === name);
}

export { applyPreset, presetNames, type AppliedPreset } from './theme/apply-preset';
export { linkCss } from './assets/css-references';
export { COMPILER, RUNNABLE_COMPILERS } from './compiler-version';
export { checkTheme, compileTheme } from './compile/compile-theme';
export type { ThemeFiles } from './model/theme-files';
export type { Diagnostic } from './model/diagnostic';
export type { CompiledTheme, CompileMemory, SectionMeta, ThemeMeta } from './model/compiled-theme';
export type { DataPlan, DataSource } from './model/data-plan';
export type { PageInput, PageOutput, SectionError } from './model/page';

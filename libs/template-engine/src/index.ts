export type { ThemeFiles } from './model/theme-files';
export type { Diagnostic } from './model/diagnostic';
export type { CompiledTheme, SectionMeta, ThemeMeta } from './model/compiled-theme';
export type { DataPlan } from './model/data-plan';
export type { PageInput, PageOutput } from './model/page';

export { loadArtefact, Theme } from './theme';
export { renderPage } from './render-page';
export { State } from './state';
export { sealView } from './seal-view';
export type { Budgets, PageInput, PageOutput, SectionError, SectionInstance } from '../model/page';

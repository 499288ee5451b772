export { loadArtefact, Theme } from './theme';
export { renderPage, renderSections } from './render-page';
export { State } from './state';
export { sealView } from './seal-view';
export type { Budgets, PageInput, PageOutput, SectionError, SectionInstance } from '../model/page';

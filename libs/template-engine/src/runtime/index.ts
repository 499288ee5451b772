export { loadArtefact, Theme } from './theme';
export { renderPage, renderParts, renderSections, sectionName } from './render-page';
export { readPage, type SealedPage, sealPage } from './read-page';
export { State } from './state';
export { sealView } from './seal-view';
export type {
  Budgets,
  PageInput,
  PageOutput,
  PagePart,
  PageParts,
  SectionError,
  SectionInstance,
} from '../model/page';

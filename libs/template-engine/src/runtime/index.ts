export { loadArtefact, Theme } from './theme';
export {
  renderPage,
  renderParts,
  renderSections,
  type SealedPage,
  sealPage,
  sectionName,
} from './render-page';
export { State } from './state';
export { sealView } from './seal-view';
export type {
  Budgets,
  PageInput,
  PageOutput,
  PageParts,
  SectionError,
  SectionInstance,
} from '../model/page';

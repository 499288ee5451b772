export { planPage } from './plan-page';
export { fillPlan, type PageFrame } from './fill-plan';
export type {
  DataPlan,
  DataSource,
  LoadedSources,
  PlannedBlock,
  PlannedSection,
  PlanRequest,
  SourceKind,
} from '../model/data-plan';

export { dryRun, type DryRunFinding, type DryRunResult } from './dry-run';
export { type FixturePage, fixturePage } from './pages';
export { type Scenario, SCENARIOS } from './scenario';
export type { SectionCost } from '../model/compiled-theme';
export { Views } from './views';

export { type Lab, type LabOptions, openLab } from './lab';
export { type IsolationOptions, isolationSuite } from './isolation';
export { type TestDatabase, cloneTestDatabase } from './test-database';

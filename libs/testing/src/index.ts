export { type Lab, type LabOptions, openLab } from './lab';
export { type IsolationOptions, isolationSuite } from './isolation';
export { type TestDatabase, cloneTestDatabase } from './test-database';
export { type ApiLab, type ApiAnswer, type ApiCall, type Merchant, openApiLab } from './api-lab';
export { labEnv } from './lab-env';

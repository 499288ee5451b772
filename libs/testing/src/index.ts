export { type Lab, openLab } from './lab';
export { isolationSuite } from './isolation';
export { type TestDatabase, cloneTestDatabase } from './test-database';
export { type ApiLab, type ApiAnswer, type ApiCall, type Merchant, openApiLab } from './api-lab';
export { labEnv } from './lab-env';

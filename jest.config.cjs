const aliases = {
  '^@libs/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
  '^@platform/([^/]+)$': '<rootDir>/libs/platform/src/$1/index.ts',
  '^@api/([^/]+)$': '<rootDir>/libs/$1/src/api/index.ts',
  '^@renderer/([^/]+)$': '<rootDir>/libs/$1/src/renderer/index.ts',
  '^@worker/([^/]+)$': '<rootDir>/libs/$1/src/worker/index.ts',
  '^@contract/([^/]+)$': '<rootDir>/libs/$1/src/contract/index.ts',
  '^@template-engine/([^/]+)$': '<rootDir>/libs/template-engine/src/$1/index.ts',
  '^@testing$': '<rootDir>/libs/testing/src/index.ts',
};

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  roots: ['libs', 'apps', 'migrations', 'scripts', 'audit']
    .filter((dir) => require('node:fs').existsSync(require('node:path').join(__dirname, dir)))
    .map((dir) => `<rootDir>/${dir}`),
  testRegex: '\\.(spec|int-spec|e2e-spec)\\.ts$',
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  moduleNameMapper: {
    ...aliases,
    '^fast-check$': '<rootDir>/libs/testing/jest/fast-check.cjs',
  },
  transform: { '\\.[mc]?[tj]s$': '<rootDir>/libs/testing/jest/transformer.cjs' },
  transformIgnorePatterns: [],
  globalSetup: '<rootDir>/libs/testing/jest/global-setup.cjs',
  globalTeardown: '<rootDir>/libs/testing/jest/global-teardown.cjs',
  setupFiles: ['<rootDir>/libs/testing/jest/setup.cjs'],
  testTimeout: 30_000,
  maxWorkers: 2,
  // A suite leaves modules behind: workers had grown to 4 GB, and stood still for seconds to collect them.
  workerIdleMemoryLimit: '1GB',
};

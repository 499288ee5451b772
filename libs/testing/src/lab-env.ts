import type { TestDatabase } from './test-database';

/** The environment of a lab: everything private, quiet, and allowed to talk to loopback. */
export function labEnv(
  database: Pick<TestDatabase, 'url' | 'secret'>,
  home: string,
): Record<string, string> {
  return {
    CARAVEL_HOME: home,
    CARAVEL_SECRET: database.secret,
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '5',
    CARAVEL_DOMAINS_TEST_MODE: 'true',
    CARAVEL_FETCH_ALLOW_PRIVATE: 'true',
    CARAVEL_RATE_LIMITS: 'false',
    // Suites share few cores: how long a theme takes there says nothing about the theme.
    CARAVEL_THEME_COMPILE_SECONDS: '60',
    LOG_LEVEL: 'silent',
  };
}

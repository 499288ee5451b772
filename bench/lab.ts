import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Deployment } from '../apps/e2e/test/deployment';

/**
 * Runs a measurement beside the throw-away PostgreSQL of the tests, and takes it away again.
 * @throws Error when it does not start, and whatever the measurement throws
 */
export async function withPostgres(measure: () => Promise<void>): Promise<void> {
  const keeper = fork(join(__dirname, '../libs/testing/jest/keeper.cjs'));
  const [answer] = (await once(keeper, 'message')) as [{ url?: string; error?: string }];
  if (!answer.url) throw new Error(answer.error);
  // oxlint-disable-next-line node/no-process-env -- the lab learns its server as the test runs tell it.
  process.env['CARAVEL_TEST_POSTGRES_URL'] = answer.url;
  try {
    await measure();
  } finally {
    keeper.send('leave');
    await once(keeper, 'exit');
  }
}

/**
 * Runs a measurement on a platform in processes of its own, and takes it away again.
 * @param env settings of the platform beyond those of every measurement
 * @throws Error when it does not start, and whatever the measurement throws
 */
export function onDeployment(
  measure: (deployment: Deployment) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  return withPostgres(async () => {
    const deployment = await Deployment.prepare({ LOG_LEVEL: 'error', ...env });
    try {
      await deployment.start();
      await measure(deployment);
    } finally {
      await deployment.close();
    }
  });
}

import { Db, openDataSource } from '@platform/database';
import { DeadLetters } from '@platform/queue';
import { configure, findDatabase, openDeployment } from './deployment';
import { CliError } from './cli-error';

/** `caravel dead-letters list`: one line each, then the reason. */
export async function listDeadLetters(storeId?: string): Promise<void> {
  await withDeadLetters(async (deadLetters) => {
    let cursor: string | undefined;
    let count = 0;
    do {
      const page = await deadLetters.list({ storeId, limit: 100, cursor });
      for (const letter of page.items) {
        const store = letter.storeId ?? 'the platform';
        process.stdout.write(
          `${letter.jobId}  ${letter.name}  of ${store}  failed ${letter.attempts} times, last ${letter.failedAt.toISOString()}\n    ${letter.error ?? 'no reason was given'}\n`,
        );
      }
      count += page.items.length;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    if (count === 0) process.stdout.write('There are no dead letters.\n');
  });
}

/** `caravel dead-letters retry`: says of each whether it will be tried anew. */
export async function retryDeadLetters(jobIds: string[]): Promise<void> {
  await withDeadLetters(async (deadLetters) => {
    for (const jobId of jobIds) {
      const found = await deadLetters.retry(jobId);
      process.stdout.write(
        found ? `${jobId} will be tried anew.\n` : `${jobId} is not a dead letter.\n`,
      );
      if (!found) process.exitCode = 1;
    }
  });
}

async function withDeadLetters(work: (deadLetters: DeadLetters) => Promise<void>): Promise<void> {
  const deployment = openDeployment();
  const ownerUrl = await findDatabase(deployment);
  if (ownerUrl === null) {
    throw new CliError(
      'The platform does not run: start it with `npm start`, or give DATABASE_URL.',
    );
  }
  const { database } = configure(deployment, ownerUrl).config;
  const options = { poolSize: 2, applicationName: 'caravel cli' };
  const db = new Db(
    await openDataSource({ ...options, url: database.appUrl }),
    await openDataSource({ ...options, url: database.acrossUrl }),
  );
  try {
    await work(new DeadLetters(db));
  } finally {
    await db.close();
  }
}

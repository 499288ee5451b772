import { CliError } from './cli-error';
import { migrateDatabase, openDatabase, openDeployment } from './deployment';

/**
 * `caravel migrate`: the deploy step. First the schema, then the themes of all stores for this release's compiler.
 * Starts the home's own PostgreSQL for it when no other was given.
 * @throws CliError when the theme that a store shows cannot be shown by this release
 */
export async function migrateOnce({ liveOnly }: { liveOnly: boolean }): Promise<void> {
  const deployment = openDeployment();
  const database = await openDatabase(deployment, { stopAdopted: false });
  try {
    const ran = await migrateDatabase(database.ownerUrl, deployment.secret);
    for (const name of ran) print(`ran ${name}`);
    // Loaded when the schema is there: what it brings is a good part of the platform.
    const { rebuildThemes } = await import('./rebuild-themes.js');
    const report = { done: print, trouble: warn };
    const { built, down } = await rebuildThemes(deployment, database.ownerUrl, {
      liveOnly,
      report,
    });
    if (ran.length === 0 && built === 0) print('The database is up to date.');
    if (down > 0) throw new CliError(sentenceOf(down));
  } finally {
    await database.close();
  }
}

function sentenceOf(down: number): string {
  const who = down === 1 ? 'One store shows a theme' : `${down} stores show themes`;
  return `${who} that this release cannot show: keep the earlier release running until that is mended.`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}

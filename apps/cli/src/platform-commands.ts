import type { Command } from 'commander';
import { addCommand } from './command';
import type { CheckOptions } from './store-checks';

/** Commands of an operator; settings come from the environment, see docs/operators.md. */
export function addPlatformCommands(program: Command): void {
  program
    .command('start')
    .description('start everything: PostgreSQL, api, renderer and worker, with a demo store')
    .option('--json', 'print one line of JSON when ready')
    .option('--theme <name>', 'the demo store’s theme', 'atelier')
    .action(async ({ json = false, theme }: { json?: boolean; theme: string }) => {
      const { start } = await import('./start/start.js');
      await start({ json, theme });
    });
  program
    .command('migrate')
    .description('bring the database and the stores’ themes to this release: the deploy step')
    .option('--live-only', 'of the themes only what shoppers see; the worker builds the rest')
    .action(async ({ liveOnly = false }: { liveOnly?: boolean }) =>
      (await import('./migrate.js')).migrateOnce({ liveOnly }),
    );
  program
    .command('status')
    .description('show what runs, and where')
    .action(async () => (await import('./status.js')).showStatus());
  addCheckCommands(program);
  const deadLetters = program
    .command('dead-letters')
    .description('jobs that failed too often and wait for somebody to look at them');
  deadLetters
    .command('list')
    .description('show them, the oldest first')
    .option('--store <id>', 'of one store only')
    .action(async ({ store }: { store?: string }) =>
      (await import('./dead-letters.js')).listDeadLetters(store),
    );
  deadLetters
    .command('retry <job-id...>')
    .description('let jobs be tried anew')
    .action(async (jobIds: string[]) =>
      (await import('./dead-letters.js')).retryDeadLetters(jobIds),
    );
}

function addCheckCommands(program: Command): void {
  addCommand(program, {
    usage: 'check',
    about: 'compare stock, orders, payments and discounts with the rows that they follow from',
    examples: ['caravel check', 'caravel check --store demo --json'],
  })
    .option('--store <store>', 'one store, by handle or id; all of them without it')
    .action(async (options: CheckOptions) =>
      (await import('./store-checks.js')).checkStores(options),
    );
  const repair = program.command('repair').description('put right what `check` has found');
  addCommand(repair, {
    usage: 'stock',
    about: 'set reserved and committed units to what checkouts and orders say; a dry run first',
    examples: ['caravel repair stock --store demo', 'caravel repair stock --store demo --apply'],
  })
    .option('--store <store>', 'one store, by handle or id; all of them without it')
    .option('--apply', 'do it; without it the plan is printed alone')
    .action(async (options: CheckOptions & { apply?: boolean }) =>
      (await import('./store-checks.js')).repairStock(options),
    );
}

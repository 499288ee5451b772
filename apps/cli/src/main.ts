import 'reflect-metadata';
import { Command } from 'commander';
import { listDeadLetters, retryDeadLetters } from './dead-letters';
import { explain } from './explain';
import { migrateOnce } from './migrate';
import { start } from './start/start';
import { showStatus } from './status';

const program = new Command('caravel').description(
  'Runs and looks after a Caravel platform. Settings come from the environment; see docs/operators.md.',
);

program
  .command('start')
  .description('start everything: PostgreSQL, api, renderer and worker, with a demo store')
  .option('--json', 'print one line of JSON when ready')
  .action((options: { json?: boolean }) => start({ json: options.json ?? false }));

program
  .command('migrate')
  .description('bring the database to the present schema: the deploy step')
  .action(migrateOnce);

program.command('status').description('show what runs, and where').action(showStatus);

const deadLetters = program
  .command('dead-letters')
  .description('jobs that failed too often and wait for somebody to look at them');

deadLetters
  .command('list')
  .description('show them, the oldest first')
  .option('--store <id>', 'of one store only')
  .action((options: { store?: string }) => listDeadLetters(options.store));

deadLetters
  .command('retry <job-id...>')
  .description('let jobs be tried anew')
  .action(retryDeadLetters);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});

import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CheckoutModule, StoreChecks, type StoreFault } from '@libs/checkout';
import { PlatformModule, type PlatformOptions } from '@libs/platform';
import { systemActor } from '@platform/audit';
import { Db } from '@platform/database';
import { CliError, exitCodes } from './cli-error';
import { configure, findDatabase, openDeployment } from './deployment';
import { Output, table } from './output';

/** Which stores, and how it is told. */
export interface CheckOptions {
  /** Handle or id; every store without it. */
  store?: string;
  json?: boolean;
}

interface Store {
  storeId: string;
  handle: string;
}

@Module({})
class ChecksModule {
  static forRoot(platform: PlatformOptions): DynamicModule {
    return {
      module: ChecksModule,
      imports: [PlatformModule.forRoot(platform), CheckoutModule],
    };
  }
}

/** Seconds between the two looks; a sale under way shows in one of them alone. */
const secondLookSeconds = 3;

/** `caravel check`: exits with 1 when the numbers of a store do not follow from its rows at two looks. */
export async function checkStores({ store, json = false }: CheckOptions): Promise<void> {
  const output = new Output(json);
  await withChecks(store, async (checks, stores) => {
    const found = [];
    for (const { storeId, handle } of stores) {
      const faults = await lookTwice(checks, storeId);
      found.push(...faults.map((fault) => ({ store: handle, storeId, ...fault })));
    }
    const many = stores.length === 1 ? '1 store' : `${stores.length} stores`;
    const text =
      found.length === 0
        ? `${many}: all numbers agree with what happened.`
        : `${many}: these numbers do not agree with what happened.\n${toTable(found)}`;
    output.result({ stores: stores.length, faults: found }, text);
    if (found.length > 0) process.exitCode = exitCodes.refused;
  });
}

/** `caravel repair stock`: prints the plan; with `apply` it does it. */
export async function repairStock({
  store,
  json = false,
  apply = false,
}: CheckOptions & { apply?: boolean }): Promise<void> {
  const output = new Output(json);
  await withChecks(store, async (checks, stores) => {
    const found: (StoreFault & { store: string })[] = [];
    let changed = 0;
    for (const { storeId, handle } of stores) {
      const actor = systemActor('caravel repair stock');
      const repair = await checks.repairStock(storeId, { dryRun: !apply, actor });
      found.push(...repair.faults.map((fault) => ({ store: handle, ...fault })));
      changed += repair.changed;
    }
    const text = repairText(found, { apply, changed });
    output.result({ applied: apply, changed, faults: found }, text);
    if (found.some(({ mendable }) => !mendable || !apply)) process.exitCode = exitCodes.refused;
  });
}

async function lookTwice(checks: StoreChecks, storeId: string): Promise<StoreFault[]> {
  const first = await checks.look(storeId);
  if (first.length === 0) return [];
  await new Promise((done) => setTimeout(done, secondLookSeconds * 1_000));
  const seen = new Set(first.map(keyOf));
  return (await checks.look(storeId)).filter((fault) => seen.has(keyOf(fault)));
}

function keyOf({ area, kind, subject }: StoreFault): string {
  return `${area} ${kind} ${subject}`;
}

function repairText(
  found: readonly (StoreFault & { store: string })[],
  { apply, changed }: { apply: boolean; changed: number },
): string {
  const mendable = found.filter((fault) => fault.mendable);
  const rest = found.filter((fault) => !fault.mendable);
  if (found.length === 0) return 'The stock agrees with reservations, orders and movements.';
  const lines = [];
  if (mendable.length > 0) {
    const verb = apply ? 'Changed' : 'Would change';
    lines.push(
      `${verb} (found to expected, with a movement “repair”):`,
      toTable(mendable),
      ...(apply ? [`${changed} levels changed.`] : ['Nothing was changed: --apply does it.']),
    );
  }
  if (rest.length > 0) {
    lines.push(
      'Not put right by a repair, since only a count of the shelf or a look at the order can tell:',
      toTable(rest),
    );
  }
  return lines.join('\n');
}

function toTable(faults: readonly (StoreFault & { store: string })[]): string {
  const rows = faults.map(({ store, area, kind, subject, found, expected }) => [
    store,
    area,
    kind,
    subject,
    found,
    expected,
  ]);
  return table([['store', 'area', 'kind', 'about', 'found', 'expected'], ...rows]);
}

async function withChecks(
  wanted: string | undefined,
  work: (checks: StoreChecks, stores: Store[]) => Promise<void>,
): Promise<void> {
  const deployment = openDeployment();
  const ownerUrl = await findDatabase(deployment);
  if (ownerUrl === null) {
    throw new CliError(
      'The platform does not run: start it with `npm start`, or give DATABASE_URL.',
      exitCodes.unusable,
      'cli.no-database',
    );
  }
  const platform = { name: 'checks', ...configure(deployment, ownerUrl) };
  const app = await NestFactory.createApplicationContext(ChecksModule.forRoot(platform), {
    logger: false,
    abortOnError: false,
  });
  try {
    const stores = await findStores(app.get(Db), wanted);
    if (wanted !== undefined && stores.length === 0) {
      throw new CliError(`There is no store “${wanted}”.`, exitCodes.unusable, 'cli.no-store');
    }
    await work(app.get(StoreChecks), stores);
  } finally {
    await app.close();
  }
}

function findStores(db: Db, wanted: string | undefined): Promise<Store[]> {
  return db.acrossStores('find the stores to check', (tx) =>
    tx.query<Store>(
      `SELECT store_id AS "storeId", handle FROM stores
       WHERE $1::text IS NULL OR handle = $1 OR store_id::text = $1 ORDER BY handle`,
      [wanted ?? null],
    ),
  );
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamicModule, Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { newId } from '@libs/kernel';
import { PlatformModule } from '@libs/platform';
import { loadConfig, loadSecrets } from '@platform/config';
import { Db } from '@platform/database';
import { drain, type DrainOptions } from './drain';
import { labEnv } from './lab-env';
import { cloneTestDatabase } from './test-database';

/** How a lab is to be fitted out. */
export interface LabOptions {
  /** The modules under test: cores and worker faces. */
  modules: (Type | DynamicModule)[];
  /** Further environment variables, for settings that differ from the defaults. */
  env?: Record<string, string>;
}

/** A platform on a database, a folder and a container of its own. */
export interface Lab {
  readonly db: Db;
  readonly module: TestingModule;
  /** The address of the database's owner, who sees every row. */
  readonly ownerUrl: string;
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  get<T>(token: Type<T> | (abstract new (...args: never[]) => T) | symbol | string): T;
  /** A store with its organization; returns the store's id. */
  aStore(options?: { handle?: string; currency?: string; locale?: string }): Promise<string>;
  /** Runs events and jobs until nothing is due any more. */
  drain(options?: DrainOptions): Promise<void>;
  /** Closes everything and removes what the lab made. */
  close(): Promise<void>;
}

/** Opens a lab; close it in `afterAll`. */
export async function openLab({ modules, env: extra = {} }: LabOptions): Promise<Lab> {
  const database = await cloneTestDatabase();
  const home = await mkdtemp(join(tmpdir(), 'caravel-lab-'));
  const env = { ...labEnv(database, home), ...extra };
  const platform = PlatformModule.forRoot({
    name: 'lab',
    config: loadConfig(env),
    secrets: loadSecrets(env),
  });
  const module = await Test.createTestingModule({ imports: [platform, ...modules] }).compile();
  await module.init();
  const db = module.get(Db);
  return {
    db,
    module,
    env,
    home,
    ownerUrl: database.url,
    get: (token) => module.get(token, { strict: false }),
    aStore: (options = {}) => insertStore(db, options),
    drain: (options) => drain(module, options),
    close: async () => {
      await module.close();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A bare store, without going through sign-up, so that a slice's suite needs no slice above it. */
async function insertStore(
  db: Db,
  {
    handle,
    currency = 'EUR',
    locale = 'en',
  }: { handle?: string; currency?: string; locale?: string },
): Promise<string> {
  const storeId = newId();
  const organizationId = newId();
  const name = handle ?? `store-${storeId.slice(-12)}`;
  await db.write(storeId, async (store) => {
    await store.execute('INSERT INTO organizations (organization_id, name) VALUES ($1, $2)', [
      organizationId,
      name,
    ]);
    await store.execute(
      `INSERT INTO stores (store_id, organization_id, handle, name, currency, country, locale)
       VALUES ($1, $2, $3, $3, $4, 'DE', $5)`,
      [storeId, organizationId, name, currency, locale],
    );
  });
  return storeId;
}

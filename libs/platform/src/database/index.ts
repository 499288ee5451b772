export { Db, type WriteOptions } from './db';
export { type Queries, StoreReader, StoreWriter, PlatformWriter } from './store-access';
export { storeTable } from './row-policy';
export { migrate, type MigrateOptions } from './migrate';
export { openDataSource } from './data-source';
export { DatabaseModule } from './database.module';

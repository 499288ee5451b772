import { types } from 'pg';
import { DataSource, getMetadataArgsStorage } from 'typeorm';

/** int8 arrives as text by default; ours are counters and public ids, below 2^53 by their sequences. */
types.setTypeParser(types.builtins.INT8, Number);

/** How a process connects as one role. */
export interface DataSourceOptions {
  url: string;
  /** Largest number of connections of this process under this role. */
  poolSize: number;
  applicationName: string;
  onPoolError?: (error: Error) => void;
}

/**
 * Opens a pool that knows every entity class which the process has loaded: mounting a slice is loading its tables.
 * @throws the driver's error when the server does not answer
 */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const source = new DataSource({
    type: 'postgres',
    url: options.url,
    poolSize: options.poolSize,
    applicationName: options.applicationName,
    entities: getMetadataArgsStorage().tables.flatMap(({ target }) =>
      typeof target === 'function' ? [target] : [],
    ),
    synchronize: false,
    migrationsRun: false,
    logging: false,
    installExtensions: false,
    connectTimeoutMS: 10_000,
    poolErrorHandler: options.onPoolError ?? (() => undefined),
  });
  return source.initialize();
}

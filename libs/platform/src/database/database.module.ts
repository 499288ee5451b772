import {
  type DynamicModule,
  Inject,
  Injectable,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CONFIG, type Config } from '@platform/config';
import { openDataSource } from './data-source';
import { Db } from './db';

@Injectable()
class DatabaseCloser implements OnApplicationShutdown {
  constructor(@Inject(Db) private readonly db: Db) {}

  onApplicationShutdown(): Promise<void> {
    return this.db.close();
  }
}

/** Gives `Db` to the whole process; needs `CONFIG`. */
@Module({})
export class DatabaseModule {
  /** @param applicationName what PostgreSQL shows for this process's sessions */
  static forRoot(applicationName: string): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        {
          provide: Db,
          inject: [CONFIG],
          useFactory: (config: Config) => openDb(config, applicationName),
        },
        DatabaseCloser,
      ],
      exports: [Db],
    };
  }
}

async function openDb({ database }: Config, applicationName: string): Promise<Db> {
  const options = { poolSize: database.poolSize, applicationName };
  const [app, across] = await Promise.all([
    openDataSource({ ...options, url: database.appUrl }),
    openDataSource({ ...options, url: database.acrossUrl }),
  ]);
  return new Db(app, across);
}

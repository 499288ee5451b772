import {
  type DynamicModule,
  Inject,
  Injectable,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { type Clock, systemClock } from '@libs/kernel';
import { Bus, PostgresBus, RedisBus } from '@platform/cache';
import { CONFIG, type Config, type ConfigSecrets } from '@platform/config';
import { DatabaseModule } from '@platform/database';
import { Mailer, MailboxMailer, SmtpMailer } from '@platform/mail';
import { Secrets, SigningSecrets } from '@platform/secrets';
import { BlobStore, DiskBlobStore, S3BlobStore } from '@platform/storage';
import { Log, Metrics } from '@platform/telemetry';

/** Injection token of the clock. */
export const CLOCK = Symbol('Clock');

/** What a process says when it starts the machines. */
export interface PlatformOptions {
  /** The process's name, for logs and for PostgreSQL's list of sessions. */
  name: string;
  config: Config;
  secrets: ConfigSecrets;
  clock?: Clock;
}

@Injectable()
class MachineCloser implements OnApplicationShutdown {
  constructor(
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.mailer.close(), this.bus.close()]);
  }
}

/** Every machine of the platform, for the whole process. */
@Module({})
export class PlatformModule {
  static forRoot({ name, config, secrets, clock = systemClock }: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [DatabaseModule.forRoot(`caravel ${name}`)],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: CLOCK, useValue: clock },
        { provide: Log, useFactory: () => Log.open({ name, level: config.log.level }) },
        { provide: Metrics, useFactory: () => new Metrics({ process: true }) },
        { provide: Secrets, useFactory: () => new Secrets({ masters: [secrets.master] }) },
        {
          provide: SigningSecrets,
          useFactory: (sealing: Secrets) => new SigningSecrets(sealing),
          inject: [Secrets],
        },
        { provide: BlobStore, useFactory: () => openBlobStore(config, secrets) },
        { provide: Mailer, useFactory: () => openMailer(config) },
        { provide: Bus, useFactory: () => openBus(config) },
        MachineCloser,
      ],
      exports: [CONFIG, CLOCK, Log, Metrics, Secrets, SigningSecrets, BlobStore, Mailer, Bus],
    };
  }
}

function openBlobStore({ storage }: Config, { s3 }: ConfigSecrets): BlobStore {
  if (storage.kind === 'disk') return new DiskBlobStore(storage.root);
  return new S3BlobStore({
    bucket: storage.bucket,
    region: storage.region,
    ...(storage.endpoint === null ? {} : { endpoint: storage.endpoint }),
    forcePathStyle: storage.forcePathStyle,
    ...(s3 === null ? {} : { credentials: s3 }),
  });
}

function openMailer({ mail }: Config): Mailer {
  return mail.smtpUrl === null
    ? new MailboxMailer({ dir: mail.mailboxDir, from: mail.from })
    : new SmtpMailer({ url: mail.smtpUrl, from: mail.from });
}

function openBus({ redis, database }: Config): Bus {
  return redis === null
    ? new PostgresBus({ url: database.appUrl })
    : new RedisBus({ url: redis.url });
}

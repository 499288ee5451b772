import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { roleUrl } from './role-url';
import { ConfigError, type Env, readEnv } from './env';

/** Injection token of the configuration. */
export const CONFIG = Symbol('Config');

/** How the process is to run; decided once from the environment and never changed. Secrets are apart, in `Secrets`. */
export interface Config {
  production: boolean;
  /** Folder of everything that the platform keeps on this machine. */
  home: string;
  bind: string;
  api: { port: number; url: string };
  /** Shops: `platformZone` is the zone of `<handle>.<zone>`; public ports are those that a browser sees. */
  shop: {
    port: number;
    tlsPort: number;
    publicPort: number;
    tlsPublicPort: number;
    platformZone: string;
    trustedProxies: string[];
    /** In which a trusted proxy says where the shopper's address is, in small letters; null for none. */
    countryHeader: string | null;
    renderProcesses: number;
    /** For theme versions that are not live. */
    previewProcesses: number;
    /** Health and metrics of the renderer, apart from what shoppers reach; 0 for none. */
    healthPort: number;
  };
  worker: { port: number };
  database: { ownerUrl: string; appUrl: string; acrossUrl: string; poolSize: number };
  redis: { url: string } | null;
  storage:
    | { kind: 'disk'; root: string }
    | {
        kind: 's3';
        bucket: string;
        region: string;
        endpoint: string | null;
        forcePathStyle: boolean;
      };
  mail: { smtpUrl: string | null; from: string; mailboxDir: string };
  acme: { directoryUrl: string | null; caPem: string | null; contact: string | null };
  dns: { resolvers: string[] | null };
  domains: { edgeZone: string; addresses: string[]; testMode: boolean };
  /** The test payment provider; without an address no store is offered it. */
  testPayments: { port: number; url: string | null };
  /** Where providers' APIs answer; PayPal's own two, by the account's mode, when null. */
  providers: { stripeUrl: string; stripeScriptUrl: string; paypalUrl: string | null };
  /** Where VIES answers, the register of VAT numbers. */
  viesUrl: string;
  /** Where the European Central Bank's reference rates are read. */
  rates: { ecbUrl: string };
  fetch: { allowPrivate: boolean };
  rateLimits: boolean;
  /** What still compiles a theme after so many seconds is killed. */
  themeCompileSeconds: number;
  log: { level: string };
  telemetry: { otlpEndpoint: string | null };
}

/** Step three: what must never be logged, handed only to the machine that uses it. */
export interface ConfigSecrets {
  /** The master secret from which keys and the database roles' passwords derive. */
  master: string;
  s3: { accessKeyId: string; secretAccessKey: string } | null;
}

/**
 * Step two: decides how to run.
 * @param env the process's environment unless a test gives another
 * @throws ConfigError with one sentence that names the setting
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const values = readEnv(env);
  const home = resolve(values.CARAVEL_HOME);
  return {
    production: values.NODE_ENV === 'production',
    home,
    bind: values.CARAVEL_BIND,
    api: {
      port: values.CARAVEL_API_PORT,
      url: values.CARAVEL_API_URL ?? `http://localhost:${values.CARAVEL_API_PORT}`,
    },
    shop: shopConfig(values),
    worker: { port: values.CARAVEL_WORKER_PORT },
    database: databaseConfig(values),
    redis: values.REDIS_URL === undefined ? null : { url: values.REDIS_URL },
    storage: storageConfig(values, home),
    mail: {
      smtpUrl: values.SMTP_URL ?? null,
      from: values.MAIL_FROM,
      mailboxDir: resolve(home, 'mailbox'),
    },
    acme: {
      directoryUrl: values.ACME_DIRECTORY_URL ?? null,
      caPem: values.ACME_CA_PEM_FILE === undefined ? null : readPem(values.ACME_CA_PEM_FILE),
      contact: values.ACME_CONTACT ?? null,
    },
    dns: { resolvers: values.DNS_RESOLVERS ?? null },
    domains: {
      edgeZone: values.CARAVEL_EDGE_ZONE,
      addresses: values.CARAVEL_EDGE_ADDRESSES,
      testMode: values.CARAVEL_DOMAINS_TEST_MODE,
    },
    testPayments: testPaymentsConfig(values),
    providers: {
      stripeUrl: values.CARAVEL_STRIPE_URL,
      stripeScriptUrl: values.CARAVEL_STRIPE_SCRIPT_URL,
      paypalUrl: values.CARAVEL_PAYPAL_URL ?? null,
    },
    viesUrl: values.CARAVEL_VIES_URL,
    rates: { ecbUrl: values.CARAVEL_ECB_RATES_URL },
    fetch: { allowPrivate: values.CARAVEL_FETCH_ALLOW_PRIVATE },
    rateLimits: values.CARAVEL_RATE_LIMITS,
    themeCompileSeconds: values.CARAVEL_THEME_COMPILE_SECONDS,
    log: { level: values.LOG_LEVEL },
    telemetry: { otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT ?? null },
  };
}

/**
 * Reads the secrets.
 * @throws ConfigError when the master secret is absent: nothing may be sealed with a key that anybody knows
 */
export function loadSecrets(env: NodeJS.ProcessEnv = process.env): ConfigSecrets {
  const values = readEnv(env);
  if (values.CARAVEL_SECRET === undefined) {
    throw new ConfigError(
      'The setting CARAVEL_SECRET must be given; `npm start` makes one by itself.',
    );
  }
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values;
  return {
    master: values.CARAVEL_SECRET,
    s3: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : null,
  };
}

/** Its own process runs where development happens; in production only where an address is given. */
function testPaymentsConfig(values: Env): Config['testPayments'] {
  const port = values.CARAVEL_TEST_PAYMENTS_PORT;
  const own = values.NODE_ENV === 'production' ? null : `http://localhost:${port}`;
  return { port, url: values.CARAVEL_TEST_PAYMENTS_URL ?? own };
}

function shopConfig(values: Env): Config['shop'] {
  return {
    port: values.CARAVEL_SHOP_PORT,
    tlsPort: values.CARAVEL_TLS_PORT,
    publicPort: values.CARAVEL_SHOP_PUBLIC_PORT ?? values.CARAVEL_SHOP_PORT,
    tlsPublicPort: values.CARAVEL_TLS_PUBLIC_PORT ?? values.CARAVEL_TLS_PORT,
    platformZone: values.CARAVEL_PLATFORM_ZONE,
    trustedProxies: values.CARAVEL_TRUSTED_PROXIES,
    countryHeader: values.CARAVEL_COUNTRY_HEADER?.toLowerCase() ?? null,
    renderProcesses: values.CARAVEL_RENDER_PROCESSES ?? availableParallelism(),
    previewProcesses: values.CARAVEL_PREVIEW_PROCESSES,
    healthPort: values.CARAVEL_RENDERER_PORT,
  };
}

function databaseConfig(values: Env): Config['database'] {
  const { DATABASE_URL: ownerUrl, CARAVEL_SECRET: secret } = values;
  if (ownerUrl === undefined) {
    throw new ConfigError(
      'The setting DATABASE_URL must be given; `npm start` runs a PostgreSQL of its own and sets it.',
    );
  }
  return {
    ownerUrl,
    appUrl: roleUrl(ownerUrl, secret ?? '', 'caravel_app'),
    acrossUrl: roleUrl(ownerUrl, secret ?? '', 'caravel_across'),
    poolSize: values.DATABASE_POOL_SIZE,
  };
}

function storageConfig(values: Env, home: string): Config['storage'] {
  if (values.S3_BUCKET === undefined) return { kind: 'disk', root: resolve(home, 'blobs') };
  return {
    kind: 's3',
    bucket: values.S3_BUCKET,
    region: values.S3_REGION,
    endpoint: values.S3_ENDPOINT ?? null,
    forcePathStyle: values.S3_FORCE_PATH_STYLE,
  };
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(
      `The setting ACME_CA_PEM_FILE names a file that cannot be read: ${file}.`,
      {
        cause,
      },
    );
  }
}

import { z } from 'zod';

const port = z.coerce
  .number('must be a port number')
  .int('must be a port number')
  .min(0, 'must be a port between 0 and 65535')
  .max(65535, 'must be a port between 0 and 65535');
const flag = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((text) => text === 'true');
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const address = z.url('must be a URL');

/**
 * Every environment variable that Caravel reads, with its form and its default. An empty variable counts as absent.
 * The table of settings in docs/operators.md is tested against this one.
 */
export const envSchema = z.object({
  NODE_ENV: z.string().default('development'),
  CARAVEL_HOME: z.string().default('.caravel'),
  CARAVEL_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  CARAVEL_BIND: z.string().default('127.0.0.1'),
  CARAVEL_API_PORT: port.default(4000),
  CARAVEL_SHOP_PORT: port.default(4080),
  CARAVEL_TLS_PORT: port.default(4443),
  CARAVEL_WORKER_PORT: port.default(4090),
  CARAVEL_RENDERER_PORT: port.default(4091),
  CARAVEL_TEST_PAYMENTS_PORT: port.default(4070),
  CARAVEL_TEST_PAYMENTS_URL: address.optional(),
  CARAVEL_STRIPE_URL: address.default('https://api.stripe.com'),
  CARAVEL_STRIPE_SCRIPT_URL: address.default('https://js.stripe.com/endive/stripe.js'),
  CARAVEL_PAYPAL_URL: address.optional(),
  CARAVEL_VIES_URL: address.default('https://ec.europa.eu/taxation_customs/vies/rest-api'),
  CARAVEL_ECB_RATES_URL: address.default(
    'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml',
  ),
  CARAVEL_API_URL: address.optional(),
  CARAVEL_PLATFORM_ZONE: z.string().default('localhost'),
  CARAVEL_SHOP_PUBLIC_PORT: port.optional(),
  CARAVEL_TLS_PUBLIC_PORT: port.optional(),
  CARAVEL_EDGE_ZONE: z.string().default('edge.localhost'),
  CARAVEL_EDGE_ADDRESSES: list.default(['127.0.0.1']),
  CARAVEL_DOMAINS_TEST_MODE: flag.default(false),
  CARAVEL_TRUSTED_PROXIES: list.default([]),
  CARAVEL_COUNTRY_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header')
    .optional(),
  CARAVEL_RENDER_PROCESSES: z.coerce.number('must be a number').int().min(1).max(64).optional(),
  CARAVEL_PREVIEW_PROCESSES: z.coerce.number('must be a number').int().min(1).max(64).default(1),
  CARAVEL_THEME_COMPILE_SECONDS: z.coerce.number('must be a number').min(1).max(600).default(5),
  CARAVEL_FETCH_ALLOW_PRIVATE: flag.default(false),
  CARAVEL_RATE_LIMITS: flag.default(true),
  ACME_DIRECTORY_URL: address.optional(),
  ACME_CA_PEM_FILE: z.string().optional(),
  ACME_CONTACT: z.string().optional(),
  DNS_RESOLVERS: list.optional(),
  DATABASE_URL: address.optional(),
  DATABASE_POOL_SIZE: z.coerce.number('must be a number').int().min(2).max(200).default(10),
  REDIS_URL: address.optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ENDPOINT: address.optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_FORCE_PATH_STYLE: flag.default(false),
  SMTP_URL: address.optional(),
  MAIL_FROM: z.string().default('Caravel <no-reply@localhost>'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional(),
});

/** The environment after its forms were checked. */
export type Env = z.output<typeof envSchema>;

/** A setting that stops the start, said in one sentence that names it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Step one: reads and checks the environment.
 * @throws ConfigError that names the first wrong setting
 */
export function readEnv(env: NodeJS.ProcessEnv): Env {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = envSchema.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ConfigError(`The setting ${String(issue?.path[0])} ${issue?.message ?? 'is wrong'}.`);
}

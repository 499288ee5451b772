import { stdSerializers } from 'pino';

const hidden = '[hidden]';

/** Names whose values never reach a log, alone or as the end of a longer name: `accessToken`, `set-cookie`. */
const secretName =
  /(authorization|cookie|password|passwd|passphrase|token|secret|private[-_]?key|api[-_]?key|credentials?)s?$/i;

/** `user:password@` of an address inside a sentence. */
const userInfo = /(\/\/)[^\s/@:]*:[^\s/@]*@/g;

/** Deeper than this nobody reads, and a cycle ends. */
const deepest = 6;

/**
 * A copy without secrets, at any depth, for a log line. Errors become plain objects; query parameters of database
 * errors are left out, since they are customers' data.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replace(userInfo, `$1${hidden}@`);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  if (depth >= deepest) return '[deeper]';
  if (Buffer.isBuffer(value)) return `[${value.length} bytes]`;
  if (value instanceof Error) return redactFields(errorFields(value), depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return redactFields(value as Record<string, unknown>, depth);
}

function redactFields(fields: Record<string, unknown>, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      secretName.test(name) ? hidden : redact(value, depth + 1),
    ]),
  );
}

function errorFields(error: Error): Record<string, unknown> {
  // pino's serializer joins the causes into message and stack; a getter keeps the error itself, which is not copied.
  const {
    parameters: _,
    driverError: __,
    raw: ___,
    ...fields
  } = stdSerializers.err(error) as unknown as Record<string, unknown>;
  return fields;
}

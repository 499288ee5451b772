import type { ApiLab } from '@testing';

/** A JSON Schema, as far as the document of ours uses it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** One route of the document. */
export interface Operation {
  /** `GET /api/v1/stores/{storeId}`, as tests name it. */
  name: string;
  method: string;
  path: string;
  pathParams: string[];
  queryParams: { name: string; schema: Schema }[];
  /** The schema of its JSON body, or null. */
  body: Schema | null;
  /** Whether it takes a file as multipart. */
  takesFile: boolean;
  /** Whether it refuses a request without an Idempotency-Key. */
  needsKey: boolean;
  /** Whether it is open to everybody. */
  isPublic: boolean;
}

/** The OpenAPI document, as far as tests read it. */
export interface ApiDocument {
  openapi: string;
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: Record<string, Schema> };
}

interface RawOperation {
  parameters?: { in: string; name: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  security?: Record<string, string[]>[];
}

/** Asks the API for its document. */
export async function readDocument(lab: ApiLab): Promise<ApiDocument> {
  const { status, body } = await lab.call('GET !/api/openapi.json');
  expect(status).toBe(200);
  return body as ApiDocument;
}

/** Every route of the document, in its order. */
export function operationsOf({ paths }: ApiDocument): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => {
      const content = raw.requestBody?.content ?? {};
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        pathParams: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''),
        queryParams: (raw.parameters ?? []).filter((parameter) => parameter.in === 'query'),
        body: content['application/json']?.schema ?? null,
        takesFile: 'multipart/form-data' in content,
        needsKey: (raw.parameters ?? []).some(
          ({ name, required }) => name === 'Idempotency-Key' && required === true,
        ),
        isPublic: raw.security?.some((need) => Object.keys(need).length === 0) ?? false,
      };
    }),
  );
}

/**
 * The route as `ApiLab.call` takes it, with its parameters filled in.
 * @throws Error for a parameter without a value: a new kind of thing must be given to the test's merchants
 */
export function address(
  operation: Operation,
  ids: Record<string, string>,
  query: Record<string, string> = {},
): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids[name];
    if (id === undefined) {
      throw new Error(`${operation.name}: furnishMerchant() makes nothing with a ${name}.`);
    }
    return id;
  });
  const search = new URLSearchParams(query).toString();
  return `${operation.method} !${path}${search === '' ? '' : `?${search}`}`;
}

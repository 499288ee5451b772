import type { ApiDocument, Schema } from './operations';

/** What an example is made from: the document's schemas, and the ids that its id fields are to name. */
export interface ExampleSource {
  document: ApiDocument;
  ids: Record<string, string>;
}

/** Texts of the forms that our patterns ask for; the first one that fits is taken. */
const patternedTexts = [
  'example',
  'EUR',
  'DE',
  'en',
  'store.view',
  '1.00',
  '2026-11-21',
  '#aabbcc',
];

const formattedTexts: Record<string, string> = {
  email: 'somebody@example.test',
  'date-time': '2030-01-01T00:00:00.000Z',
  date: '2030-01-01',
  uri: 'https://example.test/picture.png',
};

/**
 * A value that the schema admits, with required properties only.
 * @param name the property's name, by which an id is chosen
 * @throws Error for a pattern that no known text fits
 */
export function example(source: ExampleSource, schema: Schema, name = ''): unknown {
  const resolved = resolve(source, schema);
  if (resolved.const !== undefined) return resolved.const;
  if (resolved.enum) return resolved.enum[0];
  const choice = resolved.anyOf ?? resolved.oneOf;
  if (choice?.[0]) return example(source, choice[0], name);
  const type = Array.isArray(resolved.type) ? resolved.type[0] : resolved.type;
  if (type === 'object') return exampleObject(source, resolved);
  if (type === 'array') {
    const items = Array.from({ length: resolved.minItems ?? 0 });
    return items.map(() => example(source, resolved.items ?? {}, name.replace(/s$/, '')));
  }
  if (type === 'string') return exampleText(source, resolved, name);
  if (type === 'integer' || type === 'number') {
    return Math.max(1, resolved.minimum ?? 1, (resolved.exclusiveMinimum ?? 0) + 1);
  }
  return type === 'boolean' ? true : null;
}

/** Follows references and puts what all parts of an `allOf` say into one schema. */
export function resolve({ document }: Pick<ExampleSource, 'document'>, schema: Schema): Schema {
  if (schema.$ref !== undefined) {
    const target = document.components.schemas[schema.$ref.split('/').pop() ?? ''];
    if (!target) throw new Error(`The document refers to ${schema.$ref}, which it lacks.`);
    return resolve({ document }, target);
  }
  if (!schema.allOf) return schema;
  const parts = schema.allOf.map((part) => resolve({ document }, part));
  return {
    ...Object.assign({}, schema, ...parts),
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required }) => required ?? []),
  };
}

/** The paths of all fields of a body that hold the id of something, with the id's name: `storeIds` holds a `storeId`. */
export function idFields(
  document: ApiDocument,
  schema: Schema,
  path: string[] = [],
): { path: string[]; idName: string }[] {
  const resolved = resolve({ document }, schema);
  if (path.length > 6) return [];
  if (resolved.format === 'uuid') return [{ path, idName: idName(path) }];
  return [
    ...(resolved.anyOf ?? resolved.oneOf ?? []).flatMap((part) => idFields(document, part, path)),
    ...(resolved.items ? idFields(document, resolved.items, [...path, '0']) : []),
    ...Object.entries(resolved.properties ?? {}).flatMap(([key, property]) =>
      idFields(document, property, [...path, key]),
    ),
  ];
}

/** What the catalogue calls the id of an image. */
const otherNames: Record<string, string> = { mediaId: 'imageId' };

/** The id of that name: `expectedVersionId` is a `versionId`. */
export function idFor(ids: Record<string, string>, name: string): string | undefined {
  const asked = (otherNames[name] ?? name).toLowerCase();
  const known = Object.keys(ids).find((key) => asked.endsWith(key.toLowerCase()));
  return known === undefined ? undefined : ids[known];
}

/** A field's name as that of an id: `storeIds.0` is a `storeId`, `variants.0.id` a `variantId`. */
function idName(path: string[]): string {
  const names = path.filter((part) => part !== '0').map((part) => part.replace(/s$/, ''));
  const last = names.at(-1) ?? '';
  return last === 'id' ? `${names.at(-2) ?? ''}Id` : last;
}

function exampleObject(source: ExampleSource, schema: Schema): Record<string, unknown> {
  return Object.fromEntries(
    (schema.required ?? []).map((key) => [
      key,
      example(source, schema.properties?.[key] ?? {}, key),
    ]),
  );
}

function exampleText({ ids }: ExampleSource, schema: Schema, name: string): string {
  if (schema.format === 'uuid') {
    const id = idFor(ids, name);
    if (id === undefined) throw new Error(`No id is known for the field ${name}.`);
    return id;
  }
  const formatted = schema.format === undefined ? undefined : formattedTexts[schema.format];
  if (formatted !== undefined) return formatted;
  const { pattern } = schema;
  if (pattern === undefined) return 'example'.padEnd(schema.minLength ?? 0, 'x');
  const fitting = patternedTexts.find((text) => new RegExp(pattern).test(text));
  if (fitting === undefined) throw new Error(`No example fits ${pattern} of the field ${name}.`);
  return fitting;
}

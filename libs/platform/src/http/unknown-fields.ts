import type { z } from 'zod';

type Path = readonly (string | number)[];
/** What stands in a value and not in its schema. */
export interface UnknownField {
  path: Path;
  /** What could have stood there, in the order of the schema. */
  known: string[];
}

/** The parts of zod's definitions that lead to other schemas. */
interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  catchall?: z.ZodType;
  element?: z.ZodType;
  innerType?: z.ZodType;
  valueType?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
  getter?: () => z.ZodType;
  left?: z.ZodType;
  right?: z.ZodType;
  options?: readonly z.ZodType[];
}

/**
 * The fields of a valid value that its schema does not know. A schema would drop them in silence, and whoever mistyped
 * a limit would have none.
 * @param schema objects that take whatever comes (`looseObject`, `record`) know every field
 */
export function unknownFields(schema: z.ZodType, value: unknown, path: Path = []): UnknownField[] {
  if (typeof value !== 'object' || value === null) return [];
  const definition = schema.def as unknown as Definition;
  const inside = within(definition);
  if (inside) return unknownFields(inside, value, path);
  if (definition.options) return ofUnion(definition.options, value, path);
  if (definition.left && definition.right) {
    return inBoth(
      unknownFields(definition.left, value, path),
      unknownFields(definition.right, value, path),
    );
  }
  if (definition.shape) return ofObject(definition, value as Record<string, unknown>, path);
  const each = definition.element ?? definition.valueType;
  if (!each) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, item]) => unknownFields(each, item, [...path, key]));
}

/** The schema that one stands for: what it may be absent of, what it is changed from, what it names late. */
function within({ innerType, in: before, out, getter }: Definition): z.ZodType | undefined {
  return innerType ?? (before?.def.type === 'transform' ? out : before) ?? getter?.();
}

function ofObject(
  { shape = {}, catchall }: Definition,
  value: Record<string, unknown>,
  path: Path,
): UnknownField[] {
  const known = Object.keys(shape);
  return Object.entries(value).flatMap(([key, item]): UnknownField[] => {
    const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (field) return unknownFields(field, item, [...path, key]);
    return catchall ? [] : [{ path: [...path, key], known }];
  });
}

/** Of the options that take the value, the one that knows most of it. */
function ofUnion(options: readonly z.ZodType[], value: unknown, path: Path): UnknownField[] {
  const found = options
    .filter((option) => option.safeParse(value).success)
    .map((option) => unknownFields(option, value, path));
  return found.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

function inBoth(left: UnknownField[], right: UnknownField[]): UnknownField[] {
  return left.flatMap(({ path, known }) => {
    const same = right.find((other) => other.path.join('.') === path.join('.'));
    return same ? [{ path, known: [...known, ...same.known] }] : [];
  });
}

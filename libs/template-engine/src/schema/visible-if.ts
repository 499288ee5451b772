import type { Json } from '../context/view';

/** One test of a `visible_if`: `id`, `!id`, `id == literal`. */
export interface VisibleTest {
  readonly id: string;
  readonly negate: boolean;
  /** Absent: the setting is filled or switched on. */
  readonly equals?: string | number | boolean;
}

/** A condition as alternatives, each of which is a list of tests that all hold. */
export type VisibleIf = readonly (readonly VisibleTest[])[];

const TEST = /^(!\s*)?([a-z][a-z0-9_]*)(?:\s*==\s*("[^"]*"|'[^']*'|-?\d+(?:\.\d+)?|true|false))?$/;

/**
 * Reads the expression under which the editor shows a setting: tests joined by `and` and `or`, of which `and` binds
 * tighter; no brackets. Null when it is none.
 */
export function parseVisibleIf(text: string): VisibleIf | null {
  if (text.length > 300) return null;
  const ways = text.trim().split(/\s+or\s+/);
  const parsed = ways.map((way) => way.split(/\s+and\s+/).map(parseTest));
  return parsed.flat().includes(null) ? null : (parsed as VisibleTest[][]);
}

function parseTest(text: string): VisibleTest | null {
  const match = TEST.exec(text.trim());
  if (!match) return null;
  const [, not, id = '', literal] = match;
  if (literal === undefined) return { id, negate: not !== undefined };
  if (not !== undefined) return null;
  const quoted = /^["']/.test(literal);
  const equals = quoted ? literal.slice(1, -1) : (JSON.parse(literal) as number | boolean);
  return { id, negate: false, equals };
}

/** Says whether a setting is shown beside these values. */
export function isVisible(condition: VisibleIf, values: Readonly<Record<string, Json>>): boolean {
  return condition.some((tests) =>
    tests.every(({ id, negate, equals }) => {
      const value = Object.hasOwn(values, id) ? values[id] : undefined;
      if (equals !== undefined) return value === equals;
      const filled = Array.isArray(value) ? value.length > 0 : Boolean(value);
      return filled !== negate;
    }),
  );
}

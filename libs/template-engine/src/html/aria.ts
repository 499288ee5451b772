import { aria, roles } from 'aria-query';
import { DYNAMIC } from './state';

const ROLES = new Set<string>(
  [...roles.entries()].flatMap(([name, role]) => (role.abstract ? [] : [name])),
);
interface AriaSpec {
  readonly type: string;
  readonly values?: unknown[];
  readonly allowundefined?: boolean;
}

interface WrongAria {
  readonly message: string;
  readonly suggest?: { readonly name: string; readonly among: Iterable<string> };
}

const ATTRIBUTES = new Map<string, AriaSpec>(
  [...aria.entries()].map(([name, spec]) => [name, spec as AriaSpec]),
);

/** What is wrong with a constant role, and the role probably meant; null when it is sound or computed. */
export function wrongRole(value: string): { message: string; name: string } | null {
  if (value.includes(DYNAMIC)) return null;
  const unknown = value.split(/\s+/).find((one) => one !== '' && !ROLES.has(one.toLowerCase()));
  return unknown === undefined ? null : { message: `there is no role "${unknown}"`, name: unknown };
}

/** The names that a role may have. */
export function roleNames(): Iterable<string> {
  return ROLES;
}

/** What is wrong with an `aria-` attribute by WAI-ARIA, and what could stand in its place; null when nothing is. */
export function wrongAria(name: string, value: string): WrongAria | null {
  const spec = ATTRIBUTES.get(name);
  if (!spec)
    return {
      message: `there is no attribute ${name}`,
      suggest: { name, among: ATTRIBUTES.keys() },
    };
  const wrong = value.includes(DYNAMIC) ? null : wrongValue(name, value, spec);
  return wrong === null ? null : { message: wrong };
}

function wrongValue(name: string, value: string, spec: AriaSpec): string | null {
  const allowed = allowedValues(spec);
  if (allowed) {
    const words = spec.type === 'tokenlist' ? value.split(/\s+/) : [value];
    const wrong = words.some((word) => !allowed.includes(word.toLowerCase()));
    return wrong ? `${name} is one of ${allowed.join(', ')}, not "${value.slice(0, 40)}"` : null;
  }
  if (spec.type === 'integer' && !/^-?\d+$/.test(value)) return `${name} is a whole number`;
  if (spec.type === 'number' && !/^-?\d+(\.\d+)?$/.test(value)) return `${name} is a number`;
  return null;
}

function allowedValues(spec: AriaSpec): string[] | null {
  const more = spec.allowundefined ? ['undefined'] : [];
  if (spec.type === 'boolean') return ['true', 'false', ...more];
  if (spec.type === 'tristate') return ['true', 'false', 'mixed', ...more];
  if (spec.type === 'token' || spec.type === 'tokenlist')
    return [...(spec.values ?? []).map(String), ...more];
  return null;
}

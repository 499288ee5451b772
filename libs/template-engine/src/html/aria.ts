import { aria, roles } from 'aria-query';
import { nearest } from '../diagnostics/suggest';
import { DYNAMIC } from './state';

const ROLES = new Set<string>(
  [...roles.entries()].flatMap(([name, role]) => (role.abstract ? [] : [name])),
);
const ATTRIBUTES = new Map<string, { type: string; values?: unknown[]; allowundefined?: boolean }>(
  [...aria.entries()].map(([name, spec]) => [name, spec as { type: string; values?: unknown[] }]),
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

/** What is wrong with an `aria-` attribute by WAI-ARIA; null when nothing is. */
export function wrongAria(name: string, value: string): string | null {
  const spec = ATTRIBUTES.get(name);
  if (!spec) {
    const meant = nearest(name, ATTRIBUTES.keys());
    return `there is no attribute ${name}${meant ? ` (did you mean "${meant}"?)` : ''}`;
  }
  if (value.includes(DYNAMIC)) return null;
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

function allowedValues(spec: {
  type: string;
  values?: unknown[];
  allowundefined?: boolean;
}): string[] | null {
  const more = spec.allowundefined ? ['undefined'] : [];
  if (spec.type === 'boolean') return ['true', 'false', ...more];
  if (spec.type === 'tristate') return ['true', 'false', 'mixed', ...more];
  if (spec.type === 'token' || spec.type === 'tokenlist')
    return [...(spec.values ?? []).map(String), ...more];
  return null;
}

import { GLOBALS, type GlobalSpec, LOOP_DATA } from '../src/context/globals';
import { SHAPE_NOTES } from '../src/context/shape-notes';
import { SHAPES } from '../src/context/shapes';
import { code, page, table } from './markdown';

/** `objects.md`: everything that a template can read. */
export function objectsPage(): string {
  return page('Objects', [
    'Whatever the platform knows begins with an `@`. Money is a whole number in the minor unit of the currency (cents); ' +
      'dates are ISO 8601 texts; `?` means that null may stand there; `[]` means a list.',
    'A section that reads something private is made for each shopper, and so is never shared; all others are.',
    '## The objects of a page',
    table(
      ['object', 'kind', 'on pages', 'private', 'what it is'],
      Object.entries(GLOBALS).map(([name, spec]) => globalRow(name, spec)),
    ),
    '## Inside `{{#each}}`',
    LOOP_DATA.map((name) => code(`@${name}`)).join(', '),
    '## Kinds',
    ...(Object.keys(SHAPES) as (keyof typeof SHAPES)[]).map(shapeEntry),
  ]);
}

function shapeEntry(name: keyof typeof SHAPES): string {
  const notes: Readonly<Record<string, string>> = SHAPE_NOTES[name].fields ?? {};
  const rows = Object.entries(SHAPES[name]).map(([field, kind]) => [
    code(field),
    kindLink(kind),
    notes[field] ?? '',
  ]);
  return [`### ${name}`, SHAPE_NOTES[name].about, table(['field', 'kind', ''], rows)].join('\n\n');
}

function globalRow(name: string, spec: GlobalSpec): string[] {
  return [
    code(`@${name}`),
    kindLink(spec.nullable ? `${spec.kind}?` : spec.kind),
    spec.pages?.join(', ') ?? 'all',
    spec.private === true ? 'yes' : (spec.private?.map(code).join(', ') ?? ''),
    spec.about,
  ];
}

/** A kind, linked to its table when it is one of ours. */
function kindLink(kind: string): string {
  const name = kind.replace(/^map:/, '').replace(/(\[\]|\?)$/, '');
  const open = kind.startsWith('map:') ? 'by name: ' : '';
  const rest = kind.slice(kind.indexOf(name) + name.length);
  return name in SHAPES ? `${open}[${name}](#${name})${rest}` : `${open}${name}${rest}`;
}

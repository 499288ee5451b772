import { DEFAULT_ROUTES, FORMS, HELPERS } from '../src/helpers/table';
import type { HelperSpec } from '../src/helpers/spec';
import { code, fence, page, table } from './markdown';

const places = {
  block: 'around a block',
  inline: 'as a value',
  sub: 'inside parentheses',
} as const;

/** `helpers.md`: the closed list of helpers. */
export function helpersPage(): string {
  const all = [...HELPERS.values()].toSorted((a, b) => a.name.localeCompare(b.name));
  return page('Helpers', [
    'The list is closed: a theme cannot add to it. A helper reads its arguments and nothing else, takes a wrong type for ' +
      'an empty value, and never fails.',
    table(
      ['helper', 'gives', 'what it does'],
      all.map(({ name, returns, about }) => [`[${name}](#${name})`, returns, about]),
    ),
    ...all.map(entry),
    '## Forms',
    'What `form` can write, where it is sent, and how.',
    table(
      ['form', 'address', 'method'],
      Object.entries(FORMS).map(([name, { route, method }]) => [
        code(name),
        code(DEFAULT_ROUTES[route] ?? ''),
        method,
      ]),
    ),
  ]);
}

function entry(spec: HelperSpec): string {
  const hash = Object.entries(spec.hash).map(([key, type]) =>
    key === '*' ? 'any other `key=value` becomes an attribute' : `${code(`${key}=`)} ${type}`,
  );
  return [
    `## ${spec.name}`,
    `${spec.about} Stands ${spec.forms.map((form) => places[form]).join(', ')}.`,
    fence('text', usage(spec)),
    ...(hash.length > 0 ? [`Options: ${hash.join(', ')}.`] : []),
    fence('hbs', spec.example.template),
    'gives',
    fence('html', spec.example.result),
  ].join('\n\n');
}

function usage({ name, forms, args }: HelperSpec): string {
  const words = [name, ...args].join(' ');
  return forms.includes('block') ? `{{#${words}}} … {{/${name}}}` : `{{${words}}}`;
}

import { SCHEMA_KEYS } from '../src/schema/schema-keys';
import { SETTING_KEYS, SETTING_TYPES } from '../src/schema/setting-types';
import { code, page, table } from './markdown';

/** `schemas.md`: what a schema may hold, and ask a merchant for. */
export function schemasPage(): string {
  const rows = Object.entries(SETTING_TYPES).map(([name, type]) => [
    `<a id="${name}"></a>${code(name)}`,
    type.about,
    type.stored,
    type.seen,
    [
      ...type.keys.map((key) =>
        key.endsWith('!') ? `${code(key.slice(0, -1))} (needed)` : code(key),
      ),
      ...(type.dynamic ? ['may be read from the page: `{"$from": "product.…"}`'] : []),
    ].join(', '),
  ]);
  return page('Schemas and setting types', [
    'The keys of the `{{#schema}}` of sections and blocks:',
    described(SCHEMA_KEYS),
    '## Settings',
    '`settings` is a list; a merchant fills them in; a template reads them as `{{@section.settings.<id>}}`, ' +
      '`{{@block.settings.<id>}}` or `{{@settings.<id>}}`. A stored value that does not fit its type is shown as a ' +
      'warning and the default takes its place: no page fails for it.',
    'Keys of every setting:',
    described(SETTING_KEYS),
    '## Setting types',
    table(['type', 'what it is', 'stored as', 'seen as', 'own keys'], rows),
  ]);
}

function described(keys: Readonly<Record<string, string>>): string {
  return table(
    ['key', 'says'],
    Object.entries(keys).map(([key, about]) => [code(key), about]),
  );
}

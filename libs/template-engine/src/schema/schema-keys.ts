/** Elements that may be the wrapper of a section. */
export const SECTION_TAGS = ['section', 'div', 'article', 'aside', 'header', 'footer', 'nav'];

/** Every key of a `{{#schema}}` (2.3) and what it says; checks, editor and manual read this table. */
export const SCHEMA_KEYS: Readonly<Record<string, string>> = {
  name: 'What merchants call it, 1 to 50 characters; needed.',
  tag: `The element around it: \`section\` unless it is one of ${SECTION_TAGS.slice(1)
    .map((tag) => `\`${tag}\``)
    .join(', ')}.`,
  class: 'Classes of that element.',
  limit: 'At most so many of this section in a template, 1 to 25.',
  settings: 'What merchants may set.',
  blocks:
    'What may stand in it: kinds of its own (`type`, `name`, `limit`, `settings`), `{"type": "@theme"}` for any file of `blocks/`, `{"type": "@app"}` for blocks of apps, or a file of `blocks/` by its name.',
  max_blocks: 'At most so many blocks, 1 to 50.',
  presets:
    'How the editor offers it: `name`, `settings`, `blocks`. Without one it cannot be added, only be there.',
  default: 'Settings and blocks of a section that is not in a template.',
  enabled_on:
    'Where it may stand: `{"templates": ["product"], "groups": ["footer"]}`; `"*"` for all.',
  disabled_on: 'Where it may not; instead of `enabled_on`.',
  data: 'What it reads beside its settings; found from the paths that it reads, so seldom needed.',
  cache: 'Who may keep it: `auto` finds it out; `page` only with its whole page; `none` nobody.',
};

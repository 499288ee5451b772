import { spanOfRange } from '../diagnostics/reporter';
import { GROUP_TYPES } from '../theme/read-template';
import { jsonTree, nodeAt } from './json-tree';
import type { ThemeView } from './theme';

/** Groups and templates that `enabled_on` and `disabled_on` name and that the theme does not have. */
export function checkPlaceNames(theme: ThemeView): void {
  const { groups, templates } = theme.source;
  const known = {
    groups: ['*', ...GROUP_TYPES, ...groups.keys()],
    templates: [...templates.keys()],
  };
  for (const { unit, schema, schemaPart } of theme.files)
    for (const rule of ['enabled_on', 'disabled_on'] as const)
      for (const list of ['groups', 'templates'] as const) {
        const names = schema?.[rule]?.[list];
        for (const [i, name] of (Array.isArray(names) ? names : []).entries()) {
          if (typeof name !== 'string' || known[list].includes(name)) continue;
          // Kinds of pages are judged with the schema.
          if (list === 'templates' && !/[./]/.test(name)) continue;
          const part = schemaPart!;
          const node = nodeAt(jsonTree(part.text), [rule, list, String(i)]);
          const start = part.offset + (node?.start ?? 0);
          const span = spanOfRange(
            theme.reporter.textOf(unit.file),
            start,
            part.offset + (node?.end ?? 0),
          );
          theme.reporter.add(
            unit.file,
            span,
            'J_SCHEMA',
            list === 'groups'
              ? `there is no section group "${name}" and no kind of group`
              : `there is no templates/${name}.json`,
            { severity: 'warning', suggest: { name, among: known[list] } },
          );
        }
      }
}

import type { SectionSchema } from '../model/templates';

/** Where a section is to stand: in a template of a page type, or in a group. */
export type SectionPlace =
  { readonly template: string } | { readonly group: string; readonly groupType: string };

/** Says whether a name (`product`, `product.gift`, `customers/login`) is meant by a list of page types. */
function listed(list: readonly string[] | undefined, name: string): boolean {
  const plain = name.replace(/\..*$/, '');
  const family = plain.replace(/\/.*$/, '');
  return (list ?? []).some((one) => one === '*' || [name, plain, family].includes(one));
}

/** Says whether a section may stand at a place by its `enabled_on` or `disabled_on` (2.3). */
export function mayStand(schema: SectionSchema, place: SectionPlace): boolean {
  const { enabled_on: on, disabled_on: off } = schema;
  const meant = (rule: NonNullable<typeof on>) =>
    'template' in place
      ? listed(rule.templates, place.template)
      : (rule.groups ?? []).some((one) => ['*', place.group, place.groupType].includes(one));
  if (on) return meant(on);
  return !off || !meant(off);
}

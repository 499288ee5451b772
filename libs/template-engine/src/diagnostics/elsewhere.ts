import {
  FIELDS_ELSEWHERE,
  FORMS_ELSEWHERE,
  HELPERS_ELSEWHERE,
  OBJECTS_ELSEWHERE,
  SETTINGS_ELSEWHERE,
} from './elsewhere-names';

/** A name that authors of other platforms know for something: what to write here, and nothing for any other name. */
function pick(table: Readonly<Record<string, string>> | undefined, name: string): string[] {
  return table && Object.hasOwn(table, name) ? [table[name]!] : [];
}

/** The names known elsewhere that stand for helpers, forms, setting types, `@objects` and fields of a shape. */
export const elsewhere = {
  helper: (name: string): string[] => pick(HELPERS_ELSEWHERE, name),
  form: (name: string): string[] => pick(FORMS_ELSEWHERE, name),
  settingType: (name: string): string[] => pick(SETTINGS_ELSEWHERE, name),
  object: (name: string): string[] => pick(OBJECTS_ELSEWHERE, name),
  field: (shape: string, name: string): string[] => pick(FIELDS_ELSEWHERE[shape], name),
};

/** The tables that the language is made of, for programs that write about it: manuals, editors, completion. */
export { SETTING_KEYS, SETTING_TYPES, type SettingType } from '../schema/setting-types';
export { DEFAULT_ROUTES, FORMS, FORM_TRAP, HELPERS } from '../helpers/table';
export type { HelperSpec } from '../helpers/spec';
export { EXAMPLE_GLOBALS } from '../helpers/examples';
export { GLOBALS, LOOP_DATA, PAGE_TYPES } from '../context/globals';
export { BUDGET_CODES, LIMITS, PAGE_BUDGETS } from '../limits';

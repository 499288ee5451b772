export { SHAPES } from './shapes';
export type { Json, JsonObject, ShapeName, View } from './view';
export { GLOBALS, HELPER_GLOBALS, PAGE_TYPES, type PageType } from './globals';

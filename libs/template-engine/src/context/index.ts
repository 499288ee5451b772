export { SHAPES, type Json, type JsonObject, type ShapeName, type View } from './shapes';
export { GLOBALS, PAGE_TYPES, type PageType } from './globals';

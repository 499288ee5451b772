/**
 * Themes that a render process holds, in one locale each; those that are not asked for any more make room. A store's active
 * one takes well under a megabyte.
 */
export const mostThemes = 200;

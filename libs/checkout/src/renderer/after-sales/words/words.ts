import type { en } from './en';

/** What the pages after a purchase say in one language. */
export type AfterWords = Record<keyof typeof en, string>;

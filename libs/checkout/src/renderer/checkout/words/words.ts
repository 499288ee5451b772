import type { en } from './en';

/** What a checkout says in one language. */
export type Words = Record<keyof typeof en, string>;

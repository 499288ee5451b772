import { v7 as uuidv7, validate } from 'uuid';

/** A new identifier: a version 7 UUID in lower-case text, so that rows made later sort later (RFC 9562). */
export function newId(): string {
  return uuidv7();
}

/** Whether the text is a UUID of any version; what comes from a URL is asked first, so that PostgreSQL never has to refuse it. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && validate(text);
}

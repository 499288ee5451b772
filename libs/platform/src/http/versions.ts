import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { httpErrors } from './problem';

/** The `If-Match` header, or undefined. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
});

/** The strong entity tag of a record's version. */
export function versionTag(version: number): string {
  return `"v${version}"`;
}

/**
 * Optimistic locking: refuses a change that was made looking at another version.
 * @param current the version in the database, read in the same transaction
 * @param given what the client saw: an `If-Match` header, a `version` in the body, both or neither
 * @throws http.version-mismatch (412) for the header, http.version-conflict (409) for the body
 */
export function checkVersion(current: number, given: { ifMatch?: string; version?: number }): void {
  const { ifMatch, version } = given;
  if (ifMatch !== undefined && ifMatch !== '*') {
    const tags = ifMatch.split(',').map((part) => part.trim());
    if (!tags.includes(versionTag(current))) {
      throw httpErrors.error('version-mismatch', { current, given: ifMatch });
    }
  }
  if (version !== undefined && version !== current) {
    throw httpErrors.error('version-conflict', { current, given: version }, { field: 'version' });
  }
}

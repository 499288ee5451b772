import {
  type ExecutionContext,
  SetMetadata,
  applyDecorators,
  createParamDecorator,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '@platform/audit';
import { httpErrors } from './problem';

/** What the guards of identity and stores leave on a request for those behind them. */
export interface ApiRequest extends FastifyRequest {
  actor?: Actor;
  /** Permissions that an API token is limited to; null or absent for a session. */
  scopes?: string[] | null;
}

/** Metadata keys that the guards read. */
export const accessKeys = { public: 'caravel:public', permission: 'caravel:permission' } as const;

/** Where Nest's OpenAPI module looks for what a route demands; it takes an empty list for none given. */
const documentedSecurity = 'swagger/apiSecurity';

/** Opens a route to everybody; all others need a signed-in actor. */
export const Public = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(accessKeys.public, true), SetMetadata(documentedSecurity, [{}]));

/**
 * Names the permission that a route under `stores/:storeId` or `organizations/:organizationId` needs.
 * @param permission `<area>.<verb>` from the list that the stores slice owns
 */
export const Requires = (permission: string): MethodDecorator & ClassDecorator =>
  SetMetadata(accessKeys.permission, permission);

/** The signed-in actor, as a parameter of a route that is not public. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<ApiRequest>();
  if (!actor) throw httpErrors.error('unauthenticated');
  return actor;
});

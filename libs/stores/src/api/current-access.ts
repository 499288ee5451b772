import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { Access } from '../access/access.queries';
import { storesErrors } from '../stores.errors';
import type { ScopedRequest } from './store-access-guard';

/** What the actor may do in the organization of the path. */
export const CurrentAccess = createParamDecorator(
  (_: unknown, context: ExecutionContext): Access => {
    const { access } = context.switchToHttp().getRequest<ScopedRequest>();
    if (!access) throw storesErrors.error('organization-not-found');
    return access;
  },
);

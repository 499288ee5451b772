import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isId } from '@libs/kernel';
import { Db } from '@platform/database';
import { type ApiRequest, accessKeys, httpErrors } from '@platform/http';
import { type Access, findOrganizationAccess, findStoreAccess } from '../access/access.queries';
import { storesErrors } from '../stores.errors';

/** A request whose actor may enter the store or the organization of its path. */
export interface ScopedRequest extends ApiRequest {
  access?: Access;
}

/**
 * Stands before every route with `:storeId` or `:organizationId` in its path. A place that is not the actor's is
 * answered as one that does not exist, by the same look-up and so in the same time.
 */
@Injectable()
export class StoreAccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Db) private readonly db: Db,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ScopedRequest>();
    const { storeId, organizationId } = request.params as Record<string, string | undefined>;
    if (storeId === undefined && organizationId === undefined) return true;
    const userId = request.actor?.userId;
    if (typeof userId !== 'string') throw httpErrors.error('unauthenticated');
    request.access =
      storeId === undefined
        ? await this.organization(userId, organizationId as string)
        : await this.store(userId, storeId);
    const permission = this.reflector.getAllAndOverride<string | undefined>(accessKeys.permission, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (permission === undefined) throw new Error('A route of a store names no permission.');
    const scopes = request.scopes ?? null;
    const allowed =
      request.access.permissions.includes(permission) &&
      (scopes === null || scopes.includes(permission));
    if (!allowed) throw httpErrors.error('forbidden', { permission });
    return true;
  }

  private async store(userId: string, storeId: string): Promise<Access> {
    const access = isId(storeId)
      ? await this.db.read(storeId, (store) => findStoreAccess(store, userId, storeId))
      : null;
    if (!access) throw storesErrors.error('store-not-found');
    return access;
  }

  private async organization(userId: string, organizationId: string): Promise<Access> {
    const access = isId(organizationId)
      ? await this.db.outsideStores((tx) => findOrganizationAccess(tx, userId, organizationId))
      : null;
    if (!access) throw storesErrors.error('organization-not-found');
    return access;
  }
}

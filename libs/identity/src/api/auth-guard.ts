import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Db } from '@platform/database';
import { type ApiRequest, accessKeys, httpErrors } from '@platform/http';
import { type Credential, Sessions } from '../sessions.service';

/** A request whose bearer token was looked up. */
export interface AuthenticatedRequest extends ApiRequest {
  credential?: Credential;
}

/** Finds out who asks; refuses everybody else on routes that are not public. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Db) private readonly db: Db,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(accessKeys.public, targets)) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const token = /^Bearer ([\x21-\x7e]{20,200})$/i.exec(request.headers.authorization ?? '')?.[1];
    const credential =
      token === undefined
        ? null
        : await this.db.outsideStores((tx) => this.sessions.find(tx, token));
    if (!credential) throw httpErrors.error('unauthenticated');
    request.credential = credential;
    request.actor = credential.actor;
    request.scopes = credential.scopes;
    return true;
  }
}

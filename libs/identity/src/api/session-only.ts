import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { identityErrors } from '../identity.errors';
import type { AuthenticatedRequest } from './auth-guard';

/** Keeps API tokens away from what could make them more than they are: tokens, sessions, passwords. */
@Injectable()
export class SessionOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { credential } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (credential?.sessionId === null) throw identityErrors.error('tokens-cannot-make-tokens');
    return true;
  }
}

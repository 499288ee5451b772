import { Body, Controller, Inject, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Db } from '@platform/database';
import { Answers, Public, RateLimit } from '@platform/http';
import { Accounts, type User } from '../accounts.service';
import { signInInput, signedIn } from '../contract';
import { Sessions } from '../sessions.service';
import type { AuthenticatedRequest } from './auth-guard';

/** The doors of the house: in and out. */
@ApiTags('identity')
@Controller()
export class SignInController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  @Post('sign-in')
  @Public()
  @RateLimit({ name: 'sign-in', limit: 10, perSeconds: 300, bodyField: 'email' })
  @Answers(200, signedIn)
  signIn(
    @Body({ schema: signInInput }) input: z.output<typeof signInInput>,
    @Req() request: AuthenticatedRequest,
  ): Promise<{ token: string; user: User }> {
    return this.db.outsideStores(async (tx) => {
      const user = await this.accounts.authenticate(tx, input.email, input.password);
      const token = await this.sessions.open(tx, user.id, {
        userAgent: request.headers['user-agent'],
        ip: request.ip,
      });
      tx.record({ action: 'session.opened', target: { kind: 'user', id: user.id } });
      return { token, user };
    });
  }

  @Post('sign-out')
  @Answers(204)
  async signOut(@Req() request: AuthenticatedRequest): Promise<void> {
    const { credential } = request;
    if (!credential?.sessionId || credential.actor.userId === null) return;
    const { sessionId, actor } = credential;
    await this.db.outsideStores(
      (tx) => this.sessions.close(tx, actor.userId as string, sessionId),
      { actor },
    );
  }
}

import { Body, Controller, Delete, Get, Inject, Param, Post, Req, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor } from '@platform/http';
import { ApiTokens } from '../api-tokens.service';
import { apiTokenInput, apiTokenList, newApiToken, sessionList } from '../contract';
import { Sessions } from '../sessions.service';
import type { AuthenticatedRequest } from './auth-guard';
import { SessionOnly } from './session-only';

const id = z.uuid();

/** A person's own keys: sessions and personal API tokens. */
@ApiTags('identity')
@Controller('account')
@UseGuards(SessionOnly)
export class AccountController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(ApiTokens) private readonly tokens: ApiTokens,
  ) {}

  @Get('sessions')
  @Answers(200, sessionList)
  async listSessions(@CurrentActor() actor: Actor, @Req() request: AuthenticatedRequest) {
    const items = await this.db.outsideStores((tx) =>
      this.sessions.list(tx, actor.userId as string, request.credential?.sessionId ?? null),
    );
    return { items, nextCursor: null };
  }

  @Delete('sessions/:sessionId')
  @Answers(204)
  async closeSession(
    @CurrentActor() actor: Actor,
    @Param('sessionId', { schema: id }) sessionId: string,
  ): Promise<void> {
    await this.db.outsideStores(
      async (tx) => {
        await this.sessions.close(tx, actor.userId as string, sessionId);
        tx.record({ action: 'session.closed', target: { kind: 'session', id: sessionId } });
      },
      { actor },
    );
  }

  @Get('api-tokens')
  @Answers(200, apiTokenList)
  async listTokens(@CurrentActor() actor: Actor) {
    const items = await this.db.outsideStores((tx) => this.tokens.list(tx, actor.userId as string));
    return { items, nextCursor: null };
  }

  @Post('api-tokens')
  @Answers(201, newApiToken)
  createToken(
    @CurrentActor() actor: Actor,
    @Body({ schema: apiTokenInput }) input: z.output<typeof apiTokenInput>,
  ) {
    const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
    return this.db.outsideStores(
      async (tx) => {
        const token = await this.tokens.create(tx, actor.userId as string, { ...input, expiresAt });
        tx.record({
          action: 'api-token.created',
          target: { kind: 'api-token', id: token.id },
          after: { name: token.name, scopes: token.scopes },
        });
        return token;
      },
      { actor },
    );
  }

  @Delete('api-tokens/:tokenId')
  @Answers(204)
  async revokeToken(
    @CurrentActor() actor: Actor,
    @Param('tokenId', { schema: id }) tokenId: string,
  ): Promise<void> {
    await this.db.outsideStores(
      async (tx) => {
        await this.tokens.revoke(tx, actor.userId as string, tokenId);
        tx.record({ action: 'api-token.revoked', target: { kind: 'api-token', id: tokenId } });
      },
      { actor },
    );
  }
}

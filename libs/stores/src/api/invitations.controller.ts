import { Body, Controller, Delete, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Accounts } from '@libs/identity';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import {
  Answers,
  type ApiRequest,
  CurrentActor,
  RateLimit,
  Requires,
  httpErrors,
} from '@platform/http';
import type { Access } from '../access/access.queries';
import {
  invitation,
  invitationAcceptInput,
  invitationInput,
  invitationList,
  organization,
} from '../contract';
import { Members } from '../members.service';
import { Organizations } from '../organizations.service';
import { CurrentAccess } from './current-access';

const id = z.uuid();

/** How people come into an organization. */
@ApiTags('organizations')
@Controller()
export class InvitationsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(Members) private readonly members: Members,
    @Inject(Organizations) private readonly organizations: Organizations,
  ) {}

  @Get('organizations/:organizationId/invitations')
  @Requires('org.members')
  @Answers(200, invitationList)
  async list(@Param('organizationId') organizationId: string) {
    const items = await this.db.outsideStores((tx) =>
      this.members.listInvitations(tx, organizationId),
    );
    return { items, nextCursor: null };
  }

  @Post('organizations/:organizationId/invitations')
  @Requires('org.members')
  @RateLimit({ name: 'invitation', limit: 50, perSeconds: 3600 })
  @Answers(201, invitation)
  async invite(
    @CurrentAccess() access: Access,
    @CurrentActor() actor: Actor,
    @Body({ schema: invitationInput }) input: z.output<typeof invitationInput>,
  ) {
    await this.db.acrossStores('check which stores an invitation opens', (tx) =>
      this.members.checkStores(tx, access, input.storeIds),
    );
    return this.db.outsideStores((tx) => this.members.invite(tx, access, input), { actor });
  }

  @Delete('organizations/:organizationId/invitations/:invitationId')
  @Requires('org.members')
  @Answers(204)
  async withdraw(
    @Param('organizationId') organizationId: string,
    @Param('invitationId', { schema: id }) invitationId: string,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    await this.db.outsideStores((tx) => this.members.withdraw(tx, organizationId, invitationId), {
      actor,
    });
  }

  /** A token of the API takes no invitation unless it may open access: it would become more than it was. */
  @Post('invitations/accept')
  @RateLimit({ name: 'invitation-accept', limit: 20, perSeconds: 3600 })
  @Answers(200, organization)
  accept(
    @CurrentActor() actor: Actor,
    @Req() { scopes }: ApiRequest,
    @Body({ schema: invitationAcceptInput }) { token }: z.output<typeof invitationAcceptInput>,
  ) {
    if (scopes && !scopes.includes('org.access')) {
      throw httpErrors.error('forbidden', { permission: 'org.access' });
    }
    return this.db.outsideStores(
      async (tx) => {
        const user = await this.accounts.find(tx, actor.userId as string);
        if (!user) throw httpErrors.error('unauthenticated');
        const organizationId = await this.members.accept(tx, user, token);
        const mine = await this.organizations.listOf(tx, user.id);
        return mine.find((candidate) => candidate.id === organizationId);
      },
      { actor },
    );
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Accounts } from '@libs/identity';
import { MemberInvited, Members } from '@libs/stores';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import { Mailer } from '@platform/mail';
import { type EventHandler, HandlesEvent } from '@platform/outbox';
import { composeMail } from '../mails/compose-mail';

/** Mails an invitation, in the language of the invited person where they have an account already. */
@Injectable()
@HandlesEvent(MemberInvited)
export class OnMemberInvited implements EventHandler<typeof MemberInvited> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(Members) private readonly members: Members,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  async handle(event: z.output<typeof MemberInvited.payload>): Promise<void> {
    const found = await this.db.outsideStores(async (tx) => {
      const invitation = await this.members.issueInvitation(
        tx,
        event.organizationId,
        event.invitationId,
      );
      if (!invitation) return null;
      const user = await this.accounts.findByEmail(tx, invitation.email);
      return { invitation, locale: user?.locale ?? 'en' };
    });
    if (!found) return;
    const { email, inviter, organization, role, token } = found.invitation;
    const mail = composeMail({
      name: 'invitation',
      locale: found.locale,
      link: `${this.config.api.url}/admin/invite/${token}`,
      values: { inviter, organization, role },
    });
    await this.mailer.send({ to: email, ...mail });
  }
}

import { Module } from '@nestjs/common';
import { IdentityModule } from '@libs/identity';
import { StoresModule } from '@libs/stores';
import { OnMemberInvited } from './on-member-invited';
import { OnPasswordResetRequested } from './on-password-reset-requested';

/** The mails that events ask for. */
@Module({
  imports: [IdentityModule, StoresModule],
  providers: [OnPasswordResetRequested, OnMemberInvited],
})
export class NotificationsWorkerModule {}

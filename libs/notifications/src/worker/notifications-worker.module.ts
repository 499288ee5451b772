import { Module } from '@nestjs/common';
import { CustomersModule } from '@libs/customers';
import { IdentityModule } from '@libs/identity';
import { StoresModule } from '@libs/stores';
import { OnCustomerCodeRequested } from './on-customer-code-requested';
import { OnMemberInvited } from './on-member-invited';
import { OnPasswordResetRequested } from './on-password-reset-requested';

/** The mails that events ask for. */
@Module({
  imports: [IdentityModule, StoresModule, CustomersModule],
  providers: [OnPasswordResetRequested, OnMemberInvited, OnCustomerCodeRequested],
})
export class NotificationsWorkerModule {}

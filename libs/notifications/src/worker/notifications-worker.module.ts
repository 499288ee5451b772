import { Module } from '@nestjs/common';
import { CustomersModule } from '@libs/customers';
import { DomainsModule } from '@libs/domains';
import { IdentityModule } from '@libs/identity';
import { OrdersModule } from '@libs/orders';
import { StoresModule } from '@libs/stores';
import { OnCustomerCodeRequested } from './on-customer-code-requested';
import { OnMemberInvited } from './on-member-invited';
import {
  MailOrderCancelled,
  MailOrderConfirmed,
  MailParcelShipped,
  MailRefunded,
} from './on-orders';
import { OnPasswordResetRequested } from './on-password-reset-requested';
import { OrderMailer } from './order-mailer.service';

/** The mails that events ask for. */
@Module({
  imports: [IdentityModule, StoresModule, CustomersModule, DomainsModule, OrdersModule],
  providers: [
    OnPasswordResetRequested,
    OnMemberInvited,
    OnCustomerCodeRequested,
    OrderMailer,
    MailOrderConfirmed,
    MailParcelShipped,
    MailRefunded,
    MailOrderCancelled,
  ],
})
export class NotificationsWorkerModule {}

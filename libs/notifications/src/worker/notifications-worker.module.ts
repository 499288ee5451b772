import { Module } from '@nestjs/common';
import { CheckoutModule } from '@libs/checkout';
import { CatalogModule } from '@libs/catalog';
import { ContentModule } from '@libs/content';
import { CustomersModule } from '@libs/customers';
import { DomainsModule } from '@libs/domains';
import { IdentityModule } from '@libs/identity';
import { OrdersModule } from '@libs/orders';
import { PaymentsModule } from '@libs/payments';
import { StoresModule } from '@libs/stores';
import { ThemesModule } from '@libs/themes';
import { NotificationsModule } from '../notifications.module';
import { OnCustomerCodeRequested } from './on-customer-code-requested';
import { MailGiftCards } from './on-gift-cards-issued';
import { MailGiftToBuyer, MailGiftToRecipient } from './on-gift-cards-sent';
import { OnMemberInvited } from './on-member-invited';
import {
  MailOrderCancelled,
  MailOrderConfirmed,
  MailOrderEdited,
  MailParcelShipped,
  MailRefunded,
} from './on-orders';
import { MailMoneyCameLate } from './on-money-came-late';
import { MailAuthorizationAgeing } from './on-authorization-ageing';
import { MailVatNumberConfirmed } from './on-vat-number-confirmed';
import { MailPaymentMismatched } from './on-payment-mismatched';
import { MailPaymentRequested } from './on-payment-requested';
import { MailReturnChanged } from './on-returns';
import { OnPasswordResetRequested } from './on-password-reset-requested';
import { MailWithdrawalReceipt, MailWithdrawalRejected, WithdrawalMailer } from './on-withdrawals';
import { OrderMailer } from './order-mailer.service';
import { ForgetCartMails } from './abandoned-carts/forget-cart-mails.job';
import { FindAbandonedCarts } from './abandoned-carts/find-abandoned-carts.job';
import { RunRemindOfCart } from './abandoned-carts/run-remind-of-cart.job';
import { StoreOwners } from './store-owners.service';
import { MailWebhookPaused } from './webhooks/on-webhook-paused';
import { webhookWorkers } from './webhooks';
import { StorefrontAddress } from './storefront-address';

/** The mails and webhooks that events ask for. */
@Module({
  imports: [
    IdentityModule,
    StoresModule,
    CatalogModule,
    ContentModule,
    CustomersModule,
    ThemesModule,
    DomainsModule,
    PaymentsModule,
    OrdersModule,
    CheckoutModule,
    NotificationsModule,
  ],
  providers: [
    OnPasswordResetRequested,
    OnMemberInvited,
    OnCustomerCodeRequested,
    OrderMailer,
    MailOrderConfirmed,
    MailOrderEdited,
    MailPaymentRequested,
    MailPaymentMismatched,
    MailAuthorizationAgeing,
    MailVatNumberConfirmed,
    MailMoneyCameLate,
    MailParcelShipped,
    MailRefunded,
    MailGiftCards,
    MailGiftToRecipient,
    MailGiftToBuyer,
    MailOrderCancelled,
    StoreOwners,
    FindAbandonedCarts,
    ForgetCartMails,
    RunRemindOfCart,
    MailWebhookPaused,
    ...webhookWorkers,
    StorefrontAddress,
    MailReturnChanged,
    WithdrawalMailer,
    MailWithdrawalReceipt,
    MailWithdrawalRejected,
  ],
})
export class NotificationsWorkerModule {}

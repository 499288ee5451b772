import { Module } from '@nestjs/common';
import { CatalogModule } from '@libs/catalog';
import { CustomersModule } from '@libs/customers';
import { DomainsModule } from '@libs/domains';
import { MediaModule } from '@libs/media';
import { OrdersModule } from '@libs/orders';
import { PaymentsModule } from '@libs/payments';
import { StoreQuoteAssembler } from './assemble/store-quote-assembler.service';
import { CartPrices } from './carts/cart-prices.service';
import { OpenCarts } from './carts/open-carts.service';
import { AbandonedCheckouts } from './checkouts/abandoned-checkouts.service';
import { Buyers } from './checkouts/buyers.service';
import { CheckoutAnswers } from './checkouts/checkout-answers.service';
import { CheckRound } from './checks/check-round.service';
import { StoreChecks } from './checks/store-checks.service';
import { CheckoutQuotes } from './checkouts/checkout-quotes.service';
import { CheckoutHoldings } from './checkouts/checkout-holdings.service';
import { CheckoutTenders } from './checkouts/checkout-tenders.service';
import { CheckoutTokens } from './checkouts/checkout-tokens.service';
import { Checkouts } from './checkouts/checkouts.service';
import { LateMoney } from './checkouts/late-money.service';
import { Paying } from './checkouts/paying.service';
import { Placing } from './checkouts/placing.service';
import { DiscountHolds, QuoteAssembler } from './checkouts/ports';
import { UncheckedNumbers } from './checkouts/unchecked-numbers.service';
import { ShopperRecords } from './checkouts/shopper-records.service';
import { ShopperSignIns } from './checkouts/sign-ins.service';
import { Settling } from './checkouts/settling.service';
import { DiscountCodes } from './discounts/discount-codes.service';
import { StoreDiscountHolds } from './discounts/discount-holds.service';
import { Discounts } from './discounts/discounts.service';
import { BalanceLinks } from './drafts/balance-links.service';
import { PaidByHand } from './drafts/by-hand.service';
import { DraftVatNumbers } from './drafts/draft-vat-numbers.service';
import { Drafts } from './drafts/drafts.service';
import { PaymentRequests } from './drafts/payment-requests.service';
import { Exchanges } from './edits/exchanges.service';
import { OrderEdits } from './edits/order-edits.service';
import { PriceExplanations } from './explain/price-explanations.service';
import { PickupPoints } from './shipping/pickup-points.service';
import { LiveAnswers } from './asking/live-answers.service';
import { RateServices } from './shipping/rate-services/rate-services.service';
import { ShippingZones } from './shipping/shipping-zones.service';
import { TaxRates } from './taxes/tax-rates.service';
import { TaxServices } from './taxes/tax-services/tax-services.service';
import { VatRechecks } from './taxes/vat-numbers/vat-rechecks.service';
import { VatNumbers } from './taxes/vat-numbers/vat-numbers.service';
import { VatRegister } from './taxes/vat-numbers/vat-register';
import { ViesRegister } from './taxes/vat-numbers/vies-register.service';
import { TaxRegistrations } from './taxes/tax-registrations.service';

const services = [
  OpenCarts,
  CartPrices,
  Discounts,
  DiscountCodes,
  StoreDiscountHolds,
  StoreQuoteAssembler,
  PriceExplanations,
  { provide: DiscountHolds, useExisting: StoreDiscountHolds },
  { provide: QuoteAssembler, useExisting: StoreQuoteAssembler },
  AbandonedCheckouts,
  Buyers,
  CheckoutAnswers,
  CheckoutQuotes,
  CheckoutHoldings,
  CheckoutTenders,
  CheckoutTokens,
  Checkouts,
  LateMoney,
  Paying,
  Placing,
  Settling,
  OrderEdits,
  Exchanges,
  ShopperSignIns,
  ShopperRecords,
  Drafts,
  DraftVatNumbers,
  PaidByHand,
  BalanceLinks,
  PaymentRequests,
  ShippingZones,
  RateServices,
  LiveAnswers,
  PickupPoints,
  TaxRegistrations,
  TaxRates,
  TaxServices,
  VatNumbers,
  VatRechecks,
  UncheckedNumbers,
  { provide: VatRegister, useClass: ViesRegister },
  StoreChecks,
  CheckRound,
];

/** Carts, checkouts, and the merchant's rules of what they cost. */
@Module({
  imports: [
    CatalogModule,
    CustomersModule,
    DomainsModule,
    MediaModule,
    OrdersModule,
    PaymentsModule,
  ],
  providers: services,
  exports: services,
})
export class CheckoutModule {}

import { Module } from '@nestjs/common';
import { StoreQuoteAssembler } from './assemble/store-quote-assembler.service';
import { CartPrices } from './carts/cart-prices.service';
import { OpenCarts } from './carts/open-carts.service';
import { DiscountHolds, QuoteAssembler } from './checkouts/ports';
import { DiscountCodes } from './discounts/discount-codes.service';
import { StoreDiscountHolds } from './discounts/discount-holds.service';
import { Discounts } from './discounts/discounts.service';
import { PickupPoints } from './shipping/pickup-points.service';
import { ShippingZones } from './shipping/shipping-zones.service';
import { TaxRates } from './taxes/tax-rates.service';
import { TaxRegistrations } from './taxes/tax-registrations.service';

const services = [
  OpenCarts,
  CartPrices,
  Discounts,
  DiscountCodes,
  StoreDiscountHolds,
  StoreQuoteAssembler,
  { provide: DiscountHolds, useExisting: StoreDiscountHolds },
  { provide: QuoteAssembler, useExisting: StoreQuoteAssembler },
  ShippingZones,
  PickupPoints,
  TaxRegistrations,
  TaxRates,
];

/** Carts, and the merchant's rules of what they cost. */
@Module({ providers: services, exports: services })
export class CheckoutModule {}

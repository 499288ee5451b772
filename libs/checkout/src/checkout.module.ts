import { Module } from '@nestjs/common';
import { OpenCarts } from './carts/open-carts.service';
import { DiscountCodes } from './discounts/discount-codes.service';
import { DiscountHolds } from './discounts/discount-holds.service';
import { Discounts } from './discounts/discounts.service';
import { PickupPoints } from './shipping/pickup-points.service';
import { ShippingZones } from './shipping/shipping-zones.service';
import { TaxRates } from './taxes/tax-rates.service';
import { TaxRegistrations } from './taxes/tax-registrations.service';

const services = [
  OpenCarts,
  Discounts,
  DiscountCodes,
  DiscountHolds,
  ShippingZones,
  PickupPoints,
  TaxRegistrations,
  TaxRates,
];

/** Carts, and the merchant's rules of what they cost. */
@Module({ providers: services, exports: services })
export class CheckoutModule {}

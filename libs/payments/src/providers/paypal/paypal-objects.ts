import { z } from 'zod';
import { currencyExponent, formatDecimal, type Money, parseDecimal } from '@libs/kernel';
import { fromProviderUnits, providerExponent, toProviderUnits } from '../exponents';

const amount = z.object({ currency_code: z.string(), value: z.string() });
const link = z.object({ rel: z.string(), href: z.string() });
const reason = z.object({ reason: z.string().optional() }).optional();

const movement = z.object({
  id: z.string(),
  status: z.string(),
  amount,
  create_time: z.string().optional(),
  update_time: z.string().optional(),
  /** Of an authorization. */
  expiration_time: z.string().optional(),
  status_details: reason,
  /** The operation of ours, as it was told to PayPal. */
  invoice_id: z.string().optional(),
  custom_id: z.string().optional(),
  links: z.array(link).default([]),
});

/** An authorization, capture or refund of PayPal's payments v2. */
export type PayPalMovement = z.output<typeof movement>;

export const paypalMovement = movement;

const personName = z
  .object({ given_name: z.string().optional(), surname: z.string().optional() })
  .optional();
const payer = z.object({ email_address: z.string().optional(), name: personName }).optional();

export const paypalOrder = z.object({
  id: z.string(),
  status: z.string(),
  intent: z.enum(['CAPTURE', 'AUTHORIZE']).optional(),
  create_time: z.string().optional(),
  links: z.array(link).default([]),
  payer,
  payment_source: z.object({ paypal: payer }).optional(),
  purchase_units: z
    .array(
      z.object({
        custom_id: z.string().optional(),
        amount: amount.optional(),
        shipping: z
          .object({
            name: z.object({ full_name: z.string().optional() }).optional(),
            address: z
              .object({
                address_line_1: z.string().optional(),
                address_line_2: z.string().optional(),
                admin_area_1: z.string().optional(),
                admin_area_2: z.string().optional(),
                postal_code: z.string().optional(),
                country_code: z.string().optional(),
              })
              .optional(),
          })
          .optional(),
        payments: z
          .object({
            authorizations: z.array(movement).default([]),
            captures: z.array(movement).default([]),
            refunds: z.array(movement).default([]),
          })
          .optional(),
      }),
    )
    .default([]),
});

/** An order of PayPal's orders v2. */
export type PayPalOrder = z.output<typeof paypalOrder>;

/** An amount as PayPal writes it: a decimal with as many digits as it knows. @throws ProviderError */
export function toPayPalAmount(money: Money): z.input<typeof amount> {
  const units = toProviderUnits('paypal', money);
  const exponent = providerExponent('paypal', money.currency) ?? 0;
  const value =
    exponent === currencyExponent(money.currency)
      ? formatDecimal(units, money.currency)
      : String(units);
  return { currency_code: money.currency, value };
}

/** PayPal's amount in minor units of ISO 4217. */
export function fromPayPalAmount({
  currency_code: currency,
  value,
}: z.output<typeof amount>): Money {
  const exponent = providerExponent('paypal', currency);
  if (exponent !== 0) return { amountMinor: parseDecimal(value, currency), currency };
  return fromProviderUnits('paypal', Number(value.split('.')[0]), currency);
}

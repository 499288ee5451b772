import { leftAddress } from '../left-address';
import type { Approval, AskInput } from '../payment-provider';
import { type PayPalOrder, toPayPalAmount } from './paypal-objects';

/**
 * An order that names no payment of ours yet: the shopper agrees to it and says where they live, and it is not taken
 * before a payment has given it its name and its sum.
 */
export function orderAhead({ money, capture, returnUrl }: AskInput) {
  return {
    intent: capture === 'later' ? 'AUTHORIZE' : 'CAPTURE',
    purchase_units: [{ amount: toPayPalAmount(money) }],
    payment_source: {
      paypal: {
        experience_context: {
          return_url: returnUrl,
          cancel_url: leftAddress(returnUrl, 'over'),
          user_action: 'CONTINUE',
          shipping_preference: 'GET_FROM_FILE',
        },
      },
    },
  };
}

/** The changes that give such an order its payment and its sum. */
export function namedFor(paymentId: string, money: AskInput['money'], order: PayPalOrder) {
  const unit = "/purchase_units/@reference_id=='default'";
  const op = order.purchase_units[0]?.custom_id === undefined ? 'add' : 'replace';
  return [
    { op, path: `${unit}/custom_id`, value: paymentId },
    { op: 'replace', path: `${unit}/amount`, value: toPayPalAmount(money) },
  ];
}

/** Who the shopper is and where the goods go, as PayPal tells it once they have agreed. */
export function approvalOf({
  status,
  payer,
  payment_source: source,
  purchase_units: [unit],
}: PayPalOrder): Approval {
  const who = source?.paypal ?? payer;
  const { name, address } = unit?.shipping ?? {};
  const own = [who?.name?.given_name, who?.name?.surname].filter(Boolean).join(' ');
  return {
    approved: status === 'APPROVED',
    email: who?.email_address ?? payer?.email_address ?? null,
    address: address
      ? {
          name: name?.full_name ?? own,
          address1: address.address_line_1,
          address2: address.address_line_2,
          city: address.admin_area_2,
          province: address.admin_area_1,
          zip: address.postal_code,
          country: address.country_code,
        }
      : null,
  };
}

import type { WebhookTopicName } from '../contract';

/** What each topic tells, and of which object of the API its body is. */
export const webhookTopics: Record<WebhookTopicName, string> = {
  'checkouts/create': 'A shopper began to check out. Body: Checkout.',
  'checkouts/update':
    'A shopper went on in a checkout, or an order came of it; at most one every ten seconds for each. Body: Checkout.',
  'checkouts/delete': 'The time of a checkout was over without an order. Body: id.',
  'orders/create': 'An order was placed. Body: Order.',
  'orders/paid': 'All that is due of an order was received. Body: Order.',
  'orders/cancelled': 'An order was cancelled. Body: Order.',
  'orders/edited': 'The lines of an order changed before it was sent. Body: Order.',
  'fulfillments/create': 'A parcel of an order left. Body: Parcel with orderId.',
  'refunds/create': 'A refund was decided. Body: Refund with orderId.',
  'disputes/create': 'A payment is disputed at the bank. Body: Dispute.',
  'disputes/update': 'A dispute moved on. Body: Dispute.',
  'returns/request': 'Goods are to come back. Body: OrderReturn with orderId.',
  'returns/approve': 'A return was approved. Body: OrderReturn with orderId.',
  'returns/decline': 'A return was declined. Body: OrderReturn with orderId.',
  'returns/receive': 'Goods of a return came back. Body: OrderReturn with orderId.',
  'returns/refund': 'The money of a return goes back. Body: OrderReturn with orderId.',
  'returns/exchange': 'What came back is replaced by other goods. Body: OrderReturn with orderId.',
  'returns/close': 'A return was closed. Body: OrderReturn with orderId.',
  'products/create': 'A product was made. Body: Product.',
  'products/update': 'A product, its variants or pictures changed. Body: Product.',
  'products/delete': 'A product was deleted. Body: id.',
  'collections/create': 'A collection was made. Body: Collection.',
  'collections/update':
    'A collection, its rules or the products chosen for it changed. Body: Collection.',
  'collections/delete': 'A collection was deleted. Body: id.',
  'inventory_levels/update': 'The stock of an item changed at a location. Body: InventoryLevel.',
  'customers/create': 'A customer became known. Body: Customer.',
  'customers/update':
    'A customer, their addresses, groups, consent or way in changed. Body: Customer.',
  'customers/delete': 'A customer was erased. Body: id.',
  'themes/publish': 'Another theme or version is live. Body: Theme.',
  'themes/delete': 'A theme was deleted with its versions. Body: id.',
};

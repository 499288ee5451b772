import { RunDeliverWebhooks } from './run-deliver-webhooks.job';
import { SweepWebhooks } from './sweep-webhooks.job';
import { TellCollectionChanged, TellProductsChanged, TellStockChanged } from './tell-of-catalog';
import {
  GatherCheckoutUpdates,
  RunTellCheckout,
  TellCheckoutExpired,
  TellCheckoutStarted,
} from './tell-of-checkouts';
import { TellCustomerChanged, TellCustomerErased } from './tell-of-customers';
import { TellDisputeChanged } from './tell-of-disputes';
import {
  OrderTeller,
  TellOrderCancelled,
  TellOrderEdited,
  TellOrderPaid,
  TellOrderPlaced,
  TellParcelShipped,
  TellRefundRecorded,
  TellReturnChanged,
} from './tell-of-orders';
import { TellThemeDeleted, TellThemePublished } from './tell-of-themes';

/** Everything that tells receivers what happened. */
export const webhookWorkers = [
  RunDeliverWebhooks,
  SweepWebhooks,
  TellCheckoutStarted,
  GatherCheckoutUpdates,
  RunTellCheckout,
  TellCheckoutExpired,
  OrderTeller,
  TellOrderPlaced,
  TellOrderPaid,
  TellOrderCancelled,
  TellOrderEdited,
  TellParcelShipped,
  TellRefundRecorded,
  TellReturnChanged,
  TellProductsChanged,
  TellStockChanged,
  TellCollectionChanged,
  TellDisputeChanged,
  TellCustomerChanged,
  TellCustomerErased,
  TellThemePublished,
  TellThemeDeleted,
];

import { Injectable } from '@nestjs/common';
import type { StoreReader } from '@platform/database';
import {
  checkPayments,
  ordersWithNews,
  type OrderSums,
  type PaymentFault,
  refundsNeverWanted,
  sumsOfOrders,
} from './check-payments.queries';
import { readUnfinished, type Unfinished } from './unfinished.queries';

/** What a check of a store asks payments for. */
@Injectable()
export class PaymentChecks {
  /** Payments and stored value whose numbers do not follow from what is known. @param since null for all */
  check(store: StoreReader, since: Date | null): Promise<PaymentFault[]> {
    return checkPayments(store, since);
  }

  /** What is held for checkouts and was not touched for a minute: those that are over must have none. */
  unfinished(store: StoreReader): Promise<Unfinished[]> {
    return readUnfinished(store);
  }

  /** What the payments of these orders come to. */
  sumsOfOrders(store: StoreReader, orderIds: readonly string[]): Promise<OrderSums[]> {
    return sumsOfOrders(store, orderIds);
  }

  /** Orders of payments that changed after this moment. */
  ordersWithNews(store: StoreReader, since: Date): Promise<string[]> {
    return ordersWithNews(store, since);
  }

  /** Of these names of refunds, those that no operation bears. */
  refundsNeverWanted(store: StoreReader, keys: readonly string[]): Promise<string[]> {
    return refundsNeverWanted(store, keys);
  }
}

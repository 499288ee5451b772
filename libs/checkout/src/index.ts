export { CheckoutModule } from './checkout.module';
export { StoreChecks } from './checks/store-checks.service';
export type { StoreFault } from './checks/store-fault';
export { OpenCarts, type CartOutcome } from './carts/open-carts.service';
export type { Cart, CartLine, Properties } from './carts/cart';
export type { Refusal } from './carts/judge';
export { shopperCheckouts } from './shopper-checkouts';
export { shopperMails } from './shopper-mails';
export { taxAlarms } from './tax-alarms';

export { CheckoutModule } from './checkout.module';
export { OpenCarts, type CartOutcome } from './carts/open-carts.service';
export type { Cart, CartLine, Properties } from './carts/cart';
export type { Refusal } from './carts/judge';

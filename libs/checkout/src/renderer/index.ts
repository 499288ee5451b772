export { CheckoutRendererModule } from './checkout-renderer.module';
export { Carts, type AjaxAnswer } from './carts';
export { CartRates } from './cart-rates';
export {
  OpenCarts,
  type Addition,
  type CartOutcome,
  type CartOwner,
  type CartRemarks,
  type LineRef,
  type QuantityUpdate,
} from '../carts/open-carts.service';
export type { LineChange } from '../carts/cart-rules';
export { type Properties, idleDays } from '../carts/cart';
export { refusalSentence } from './refusal-sentence';

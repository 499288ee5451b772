export { PaymentsModule } from './payments.module';
export { Payments } from './payments.service';
export { StoredValue } from './stored-value/stored-value.service';
export { FactsChanged, paymentAlarms } from './payments.events';
export { paymentsErrors } from './payments.errors';
export type { BrowserField, Next, PayFlow, PaymentMethod, PaymentView } from './payment-views';

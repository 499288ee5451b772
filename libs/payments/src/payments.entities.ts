import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PaymentState } from './facts/payment-state';
import type { PayFlow, ProviderCode } from './payment-views';

/** How an account is offered; amounts in minor units of the store's currency. */
export interface AccountSettings {
  /** ISO 3166-1 alpha-2 codes; null for everywhere. */
  countries: string[] | null;
  minMinor: number | null;
  maxMinor: number | null;
  feeMinor: number;
  capture: 'now' | 'later';
  /** What the shopper is told to do, of a provider that people carry out. */
  instructions: string;
}

/** A store's account with a provider. */
@Entity('payment_accounts')
export class PaymentAccountRow {
  @PrimaryColumn({ name: 'store_id', type: 'uuid' }) storeId!: string;
  @PrimaryColumn({ name: 'account_id', type: 'uuid' }) accountId!: string;
  @Column({ type: 'text' }) provider!: ProviderCode;
  @Column({ name: 'account_key', type: 'text' }) accountKey!: string;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) description!: string;
  @Column({ name: 'test_mode', type: 'boolean' }) testMode!: boolean;
  @Column({ type: 'boolean' }) enabled!: boolean;
  @Column({ type: 'int' }) position!: number;
  @Column({ type: 'jsonb' }) settings!: AccountSettings;
  @Column({ name: 'public_keys', type: 'jsonb' }) publicKeys!: Record<string, string>;
  @Column({ name: 'sealed_keys', type: 'jsonb' }) sealedKeys!: Record<string, string>;
  /** Since when the provider has refused its keys; null while it takes them. */
  @Column({ name: 'keys_refused_at', type: 'timestamptz', nullable: true })
  keysRefusedAt!: Date | null;
  @Column({ type: 'int' }) version!: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
}

/** A payment: what a checkout asked of a provider, with what its facts add up to. */
@Entity('payments')
export class PaymentRow {
  @PrimaryColumn({ name: 'store_id', type: 'uuid' }) storeId!: string;
  @PrimaryColumn({ name: 'payment_id', type: 'uuid' }) paymentId!: string;
  @Column({ name: 'account_id', type: 'uuid' }) accountId!: string;
  @Column({ type: 'text' }) provider!: ProviderCode;
  @Column({ name: 'test_mode', type: 'boolean' }) testMode!: boolean;
  @Column({ name: 'checkout_id', type: 'uuid' }) checkoutId!: string;
  @Column({ name: 'pay_key', type: 'text' }) payKey!: string;
  @Column({ name: 'order_id', type: 'uuid', nullable: true }) orderId!: string | null;
  @Column({ name: 'amount_minor', type: 'bigint' }) amountMinor!: number;
  @Column({ type: 'text' }) currency!: string;
  @Column({ type: 'text' }) capture!: 'now' | 'later';
  @Column({ name: 'return_url', type: 'text' }) returnUrl!: string;
  @Column({ type: 'text' }) flow!: PayFlow;
  @Column({ name: 'provider_ref', type: 'text', nullable: true }) providerRef!: string | null;
  @Column({ name: 'begun_at', type: 'timestamptz', nullable: true }) begunAt!: Date | null;
  @Column({ name: 'stopped_at', type: 'timestamptz', nullable: true }) stoppedAt!: Date | null;
  @Column({ name: 'unwanted_at', type: 'timestamptz', nullable: true }) unwantedAt!: Date | null;
  @Column({ type: 'text' }) state!: PaymentState;
  @Column({ name: 'authorized_minor', type: 'bigint' }) authorizedMinor!: number;
  @Column({ name: 'captured_minor', type: 'bigint' }) capturedMinor!: number;
  @Column({ name: 'refunded_minor', type: 'bigint' }) refundedMinor!: number;
  @Column({ type: 'boolean' }) mismatch!: boolean;
  @Column({ type: 'text', nullable: true }) failure!: string | null;
  @Column({ name: 'check_at', type: 'timestamptz', nullable: true }) checkAt!: Date | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
}

/** What is wanted of a provider for a payment. */
@Entity('payment_operations')
export class OperationRow {
  @PrimaryColumn({ name: 'store_id', type: 'uuid' }) storeId!: string;
  @PrimaryColumn({ name: 'operation_id', type: 'uuid' }) operationId!: string;
  @Column({ name: 'payment_id', type: 'uuid' }) paymentId!: string;
  @Column({ type: 'text' }) kind!: 'capture' | 'cancel' | 'refund';
  @Column({ type: 'text' }) key!: string;
  @Column({ type: 'int' }) part!: number;
  @Column({ name: 'target_id', type: 'text', nullable: true }) targetId!: string | null;
  @Column({ name: 'amount_minor', type: 'bigint' }) amountMinor!: number;
  @Column({ type: 'text' }) currency!: string;
  @Column({ type: 'boolean' }) final!: boolean;
  @Column({ type: 'text' }) state!: 'wanted' | 'sent' | 'done' | 'failed';
  @Column({ type: 'int' }) round!: number;
  @Column({ type: 'int' }) tries!: number;
  @Column({ name: 'round_sent_at', type: 'timestamptz', nullable: true }) roundSentAt!: Date | null;
  @Column({ name: 'next_at', type: 'timestamptz', nullable: true }) nextAt!: Date | null;
  @Column({ type: 'text', nullable: true }) failure!: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
}

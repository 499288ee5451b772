import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Finding } from './dns/finding';

/** Where a hostname stands; `conflict` and `expired` are claims without a hold. */
export type HostnameState =
  | 'awaiting_dns'
  | 'conflict'
  | 'expired'
  | 'verified'
  | 'issuing'
  | 'active'
  | 'blocked'
  | 'releasing'
  | 'released';

/** Why the last order failed, as the authority said it. */
export interface OrderProblem {
  type: string;
  detail: string;
  at: string;
}

/** One store's claim to a hostname, and its hold once that is proved. */
@Entity('hostnames')
export class HostnameRow {
  @PrimaryColumn({ name: 'store_id', type: 'uuid' }) storeId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'host_ascii', type: 'text' }) host!: string;
  @Column({ name: 'host_unicode', type: 'text' }) unicode!: string;
  @Column({ type: 'text' }) kind!: 'apex' | 'sub';
  @Column({ type: 'text' }) registrable!: string;
  @Column({ type: 'text' }) state!: HostnameState;
  /** Rises with every change of the machine; a write names the version that it read. */
  @Column({ type: 'int' }) version!: number;
  @Column({ type: 'text' }) token!: string;
  /** First label of the store's own CNAME target for this host; unguessable, never reused. */
  @Column({ name: 'target_label', type: 'text' }) targetLabel!: string;
  @Column({ type: 'text', nullable: true }) proof!: 'txt' | 'cname' | null;
  @Column({ name: 'proved_at', type: 'timestamptz', nullable: true }) provedAt!: Date | null;
  @Column({ type: 'text' }) routing!: 'ok' | 'wrong' | 'unknown';
  @Column({ type: 'text' }) caa!: 'allows' | 'forbids' | 'unknown';
  @Column({ type: 'jsonb' }) findings!: Finding[];
  /** Checks since the last success: spaces the next ones out. */
  @Column({ type: 'int' }) checks!: number;
  @Column({ name: 'checked_at', type: 'timestamptz', nullable: true }) checkedAt!: Date | null;
  /** When the next check of the DNS is due. */
  @Column({ name: 'check_at', type: 'timestamptz', nullable: true }) checkAt!: Date | null;
  @Column({ name: 'check_requested_at', type: 'timestamptz', nullable: true })
  checkRequestedAt!: Date | null;
  /** No order before this moment, after failures. */
  @Column({ name: 'issue_after', type: 'timestamptz', nullable: true }) issueAfter!: Date | null;
  @Column({ type: 'int' }) failures!: number;
  @Column({ name: 'last_error', type: 'jsonb', nullable: true }) lastError!: OrderProblem | null;
  @Column({ name: 'certificate_id', type: 'uuid', nullable: true }) certificateId!: string | null;
  @Column({ name: 'is_primary', type: 'boolean' }) primary!: boolean;
  /** When the sweeper wakes the machine for this row. */
  @Column({ name: 'next_at', type: 'timestamptz', nullable: true }) nextAt!: Date | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'released_at', type: 'timestamptz', nullable: true }) releasedAt!: Date | null;
}

/** States in which the store is the host's only holder; the index `hostnames_one_holder` names the same. */
export const HELD: readonly HostnameState[] = [
  'verified',
  'issuing',
  'active',
  'blocked',
  'releasing',
];

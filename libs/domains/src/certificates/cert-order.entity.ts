import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OrderProblem } from '../hostname.entity';

/** `keyed`: our key is safe, nothing asked yet; `ordered`: the authority's order decides everything further. */
export type OrderState = 'keyed' | 'ordered' | 'stored' | 'failed' | 'abandoned';

/** One attempt to get a certificate. */
@Entity('cert_orders')
export class CertOrder {
  @PrimaryColumn({ name: 'store_id', type: 'uuid' }) storeId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'hostname_id', type: 'uuid' }) hostnameId!: string;
  @Column({ type: 'text' }) purpose!: 'first' | 'renew';
  @Column({ type: 'text' }) state!: OrderState;
  @Column({ type: 'int' }) version!: number;
  @Column({ type: 'text', array: true }) names!: string[];
  /** Sealed PKCS #8; gone once the certificate holds it, or the order is over. */
  @Column({ name: 'key_sealed', type: 'text', nullable: true }) keySealed!: string | null;
  @Column({ type: 'bytea' }) csr!: Buffer;
  @Column({ name: 'directory_url', type: 'text' }) directoryUrl!: string;
  @Column({ name: 'order_url', type: 'text', nullable: true }) orderUrl!: string | null;
  /** Faults in a row that were nobody's fault but the network's or the authority's. */
  @Column({ type: 'int' }) attempts!: number;
  /** How often we waited for the authority. */
  @Column({ type: 'int' }) polls!: number;
  @Column({ type: 'jsonb', nullable: true }) error!: OrderProblem | null;
  @Column({ name: 'next_at', type: 'timestamptz', nullable: true }) nextAt!: Date | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true }) closedAt!: Date | null;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An issued certificate with its sealed key. */
@Entity('certificates')
export class Certificate {
  @PrimaryColumn({ name: 'store_id', type: 'uuid' }) storeId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'hostname_id', type: 'uuid' }) hostnameId!: string;
  @Column({ name: 'order_id', type: 'uuid' }) orderId!: string;
  @Column({ type: 'text' }) serial!: string;
  @Column({ type: 'text', array: true }) names!: string[];
  @Column({ type: 'text' }) issuer!: string;
  @Column({ name: 'chain_pem', type: 'text' }) chainPem!: string;
  /** Sealed PKCS #8; shredded some days after the hostname was released. */
  @Column({ name: 'key_sealed', type: 'text', nullable: true }) keySealed!: string | null;
  @Column({ name: 'not_before', type: 'timestamptz' }) notBefore!: Date;
  @Column({ name: 'not_after', type: 'timestamptz' }) notAfter!: Date;
  @Column({ name: 'renew_at', type: 'timestamptz' }) renewAt!: Date;
  @Column({ name: 'superseded_at', type: 'timestamptz', nullable: true })
  supersededAt!: Date | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
}

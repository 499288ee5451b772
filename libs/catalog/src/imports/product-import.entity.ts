import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Actor } from '@platform/audit';
import type { ProductImport, ProductImportCounts } from '../contract/product-imports.contract';

/** One import of a product file. */
@Entity('product_imports')
export class ProductImportRow {
  @PrimaryColumn({ name: 'store_id', type: 'uuid' }) storeId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) status!: ProductImport['status'];
  /** Where the file lies in the blob store. */
  @Column({ name: 'file_key', type: 'text' }) fileKey!: string;
  @Column({ type: 'text' }) filename!: string;
  @Column({ name: 'dry_run', type: 'boolean' }) dryRun!: boolean;
  @Column({ type: 'boolean' }) overwrite!: boolean;
  /** Who asked for it; the changes are recorded under this name. */
  @Column({ type: 'jsonb' }) actor!: Actor;
  @Column({ type: 'real' }) progress!: number;
  /** How many of the file's products are settled. */
  @Column({ name: 'products_done', type: 'int' }) productsDone!: number;
  @Column({ type: 'jsonb' }) counts!: ProductImportCounts;
  @Column({ name: 'problem_count', type: 'int' }) problemCount!: number;
  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true }) finishedAt!: Date | null;
}

/** One finding of an import, in the order in which they were found. */
@Entity('product_import_problems')
export class ProductImportProblemRow {
  @PrimaryColumn({ name: 'store_id', type: 'uuid' }) storeId!: string;
  @PrimaryColumn({ name: 'import_id', type: 'uuid' }) importId!: string;
  @PrimaryColumn({ type: 'int' }) seq!: number;
  @Column({ type: 'int' }) line!: number;
  @Column({ type: 'text', nullable: true }) handle!: string | null;
  @Column({ type: 'text', nullable: true }) field!: string | null;
  @Column({ type: 'text' }) code!: string;
  @Column({ type: 'text' }) message!: string;
  /** Whether it cost the product. */
  @Column({ type: 'boolean' }) fault!: boolean;
}

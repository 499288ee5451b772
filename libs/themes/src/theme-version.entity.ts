import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ThemeMeta } from '@libs/template-engine';
import type { ThemeFinding } from './theme-finding';

/** A file of a version: where its bytes are and what they are. */
export interface ManifestEntry {
  /** SHA-256, hexadecimal. */
  hash: string;
  /** Bytes. */
  size: number;
  mime: string;
  /** What browsers get instead, where it is not the source itself: the hash of a linked style sheet. */
  served?: string;
}

/** The code of a version in one locale: which, and that it is ours. */
export interface SignedArtefact {
  locale: string;
  /** SHA-256 of the code, hexadecimal. */
  hash: string;
  signature: string;
}

/** A row of `theme_versions`; sealed once it is written. */
@Entity('theme_versions')
export class ThemeVersionEntity {
  @PrimaryColumn({ name: 'store_id', type: 'uuid' })
  storeId!: string;

  @PrimaryColumn({ name: 'version_id', type: 'uuid' })
  versionId!: string;

  @Column({ name: 'theme_id', type: 'uuid' })
  themeId!: string;

  @Column({ type: 'int' })
  n!: number;

  @Column({ type: 'jsonb' })
  manifest!: Record<string, ManifestEntry>;

  @Column({ name: 'source_hash', type: 'text' })
  sourceHash!: string;

  @Column({ type: 'text' })
  compiler!: string;

  @Column({ type: 'json' })
  meta!: ThemeMeta;

  @Column({ type: 'jsonb' })
  artefacts!: SignedArtefact[];

  @Column({ type: 'jsonb' })
  findings!: ThemeFinding[];

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'created_by', type: 'text' })
  createdBy!: string;
}

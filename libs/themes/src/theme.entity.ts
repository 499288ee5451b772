import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `themes`. */
@Entity('themes')
export class ThemeEntity {
  @PrimaryColumn({ name: 'store_id', type: 'uuid' })
  storeId!: string;

  @PrimaryColumn({ name: 'theme_id', type: 'uuid' })
  themeId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ name: 'latest_n', type: 'int' })
  latestN!: number;

  @Column({ name: 'latest_version_id', type: 'uuid', nullable: true })
  latestVersionId!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  @Column({ type: 'int' })
  version!: number;
}

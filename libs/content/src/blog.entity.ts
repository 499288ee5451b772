import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `blogs`. */
@Entity('blogs')
export class BlogEntity {
  @PrimaryColumn({ name: 'store_id', type: 'uuid' })
  storeId!: string;

  @PrimaryColumn({ name: 'blog_id', type: 'uuid' })
  blogId!: string;

  @Column({ type: 'text' })
  handle!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ name: 'template_suffix', type: 'text', nullable: true })
  templateSuffix!: string | null;

  @Column({ name: 'seo_title', type: 'text', nullable: true })
  seoTitle!: string | null;

  @Column({ name: 'seo_description', type: 'text', nullable: true })
  seoDescription!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  @Column({ type: 'int' })
  version!: number;
}

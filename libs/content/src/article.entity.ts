import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `articles`. */
@Entity('articles')
export class ArticleEntity {
  @PrimaryColumn({ name: 'store_id', type: 'uuid' })
  storeId!: string;

  @PrimaryColumn({ name: 'article_id', type: 'uuid' })
  articleId!: string;

  @Column({ name: 'blog_id', type: 'uuid' })
  blogId!: string;

  @Column({ type: 'text' })
  handle!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text' })
  author!: string;

  @Column({ name: 'excerpt_html', type: 'text' })
  excerptHtml!: string;

  @Column({ name: 'body_html', type: 'text' })
  bodyHtml!: string;

  @Column({ type: 'text', array: true })
  tags!: string[];

  @Column({ name: 'media_id', type: 'uuid', nullable: true })
  mediaId!: string | null;

  @Column({ name: 'template_suffix', type: 'text', nullable: true })
  templateSuffix!: string | null;

  @Column({ name: 'seo_title', type: 'text', nullable: true })
  seoTitle!: string | null;

  @Column({ name: 'seo_description', type: 'text', nullable: true })
  seoDescription!: string | null;

  @Column({ name: 'published_at', type: 'timestamptz', nullable: true })
  publishedAt!: Date | null;

  /** What it is searched by; written, never read back. */
  @Column({ type: 'tsvector', nullable: true, select: false })
  search?: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  @Column({ type: 'int' })
  version!: number;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One entry of a menu; at most three levels. */
export interface MenuItem {
  title: string;
  link: string;
  items: MenuItem[];
}

/** A row of `menus`. */
@Entity('menus')
export class MenuEntity {
  @PrimaryColumn({ name: 'store_id', type: 'uuid' })
  storeId!: string;

  @PrimaryColumn({ name: 'menu_id', type: 'uuid' })
  menuId!: string;

  @Column({ type: 'text' })
  handle!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'jsonb' })
  items!: MenuItem[];

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'int' })
  version!: number;
}

/** Image of the page data. */
export interface Image {
  src: string;
  width: number;
  height: number;
  alt: string;
}

/** Link of the page data. */
export interface Link {
  title: string;
  url: string;
  active: boolean;
  links: Link[];
}

/** Product of the page data. */
export interface Product {
  id: string;
  title: string;
  url: string;
  vendor: string;
  price: number;
  compare_at_price: number | null;
  on_sale: boolean;
  available: boolean;
  featured_image: Image;
  hover_image: Image | null;
  rating: { value: number; count: number } | null;
  options_with_values: { values: { value: string; url: string; available: boolean }[] }[];
  first_variant_id: string;
}

/** Filter of the page data. */
export interface Filter {
  id: string;
  label: string;
  active_count: number;
  values: { value: string; label: string; count: number; active: boolean; url: string }[];
}

/** What stands around the sections. */
export interface View {
  shop: { name: string };
  request: { locale: string; dir: string };
  page_meta: { title: string; description: string };
  template: { name: string };
  routes: { root: string; search: string };
  menus: { main: { links: Link[] } };
  collection: {
    title: string;
    description: string;
    products_count: number;
    products: Product[];
    filters: Filter[];
  };
}

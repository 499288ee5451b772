-- The schema as the migrations make it, to be read in reviews. Written by `npm run schema`; never run.

CREATE EXTENSION btree_gin;

CREATE TABLE abandoned_cart_mails (
  store_id uuid NOT NULL,
  checkout_id uuid NOT NULL,
  cart_id uuid NOT NULL,
  email text NOT NULL,
  locale text NOT NULL,
  claimed_at timestamp with time zone NOT NULL DEFAULT now(),
  sent_at timestamp with time zone,
  kept_until timestamp with time zone,
  CONSTRAINT abandoned_cart_mails_pkey PRIMARY KEY (store_id, checkout_id),
  CONSTRAINT abandoned_cart_mails_store_id_cart_id_key UNIQUE (store_id, cart_id),
  CONSTRAINT abandoned_cart_mails_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX abandoned_cart_mails_over ON public.abandoned_cart_mails USING btree (kept_until) WHERE (kept_until IS NOT NULL);
ALTER TABLE abandoned_cart_mails ENABLE ROW LEVEL SECURITY;
ALTER TABLE abandoned_cart_mails FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON abandoned_cart_mails TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON abandoned_cart_mails TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON abandoned_cart_mails FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON abandoned_cart_mails TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON abandoned_cart_mails TO caravel_app;
GRANT SELECT ON abandoned_cart_mails TO caravel_search;

CREATE TABLE abandoned_cart_settings (
  store_id uuid NOT NULL,
  enabled_at timestamp with time zone,
  delay_hours integer NOT NULL DEFAULT 10,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT abandoned_cart_settings_pkey PRIMARY KEY (store_id),
  CONSTRAINT abandoned_cart_settings_delay_hours_check CHECK (((delay_hours >= 1) AND (delay_hours <= 20))),
  CONSTRAINT abandoned_cart_settings_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE abandoned_cart_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE abandoned_cart_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON abandoned_cart_settings TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON abandoned_cart_settings TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON abandoned_cart_settings FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON abandoned_cart_settings TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON abandoned_cart_settings TO caravel_app;
GRANT SELECT ON abandoned_cart_settings TO caravel_search;

CREATE TABLE account_audit_log (
  entry_id uuid NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT now(),
  actor jsonb NOT NULL,
  action text NOT NULL,
  target_kind text NOT NULL,
  target_id text NOT NULL,
  before jsonb,
  after jsonb,
  CONSTRAINT account_audit_log_pkey PRIMARY KEY (entry_id)
);
CREATE INDEX account_audit_log_target ON public.account_audit_log USING btree (target_kind, target_id, entry_id);
GRANT INSERT, SELECT ON account_audit_log TO caravel_across;
GRANT INSERT, SELECT ON account_audit_log TO caravel_app;
GRANT SELECT ON account_audit_log TO caravel_search;

CREATE TABLE acme_accounts (
  directory_url text NOT NULL,
  id uuid NOT NULL,
  key_sealed text NOT NULL,
  kid text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT acme_accounts_pkey PRIMARY KEY (directory_url)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON acme_accounts TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON acme_accounts TO caravel_app;
GRANT SELECT ON acme_accounts TO caravel_search;

CREATE TABLE acme_challenges (
  token text NOT NULL,
  host_ascii text NOT NULL,
  key_authorization text NOT NULL,
  order_id uuid NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT acme_challenges_pkey PRIMARY KEY (token)
);
CREATE INDEX acme_challenges_by_order ON public.acme_challenges USING btree (order_id);
GRANT DELETE, INSERT, SELECT, UPDATE ON acme_challenges TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON acme_challenges TO caravel_app;
GRANT SELECT ON acme_challenges TO caravel_search;

CREATE TABLE acme_pauses (
  scope text NOT NULL,
  until timestamp with time zone NOT NULL,
  reason text NOT NULL,
  CONSTRAINT acme_pauses_pkey PRIMARY KEY (scope)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON acme_pauses TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON acme_pauses TO caravel_app;
GRANT SELECT ON acme_pauses TO caravel_search;

CREATE TABLE api_tokens (
  token_id uuid NOT NULL,
  user_id uuid NOT NULL,
  name text NOT NULL,
  token_hash text NOT NULL,
  hint text NOT NULL,
  scopes text[] NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  last_used_at timestamp with time zone,
  expires_at timestamp with time zone,
  CONSTRAINT api_tokens_pkey PRIMARY KEY (token_id),
  CONSTRAINT api_tokens_token_hash_key UNIQUE (token_hash),
  CONSTRAINT api_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id) ON DELETE CASCADE
);
CREATE INDEX api_tokens_by_user ON public.api_tokens USING btree (user_id, token_id);
GRANT DELETE, INSERT, SELECT, UPDATE ON api_tokens TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON api_tokens TO caravel_app;
GRANT SELECT ON api_tokens TO caravel_search;

CREATE TABLE articles (
  store_id uuid NOT NULL,
  article_id uuid NOT NULL,
  blog_id uuid NOT NULL,
  public_id bigint NOT NULL DEFAULT nextval('article_public_ids'::regclass),
  handle text NOT NULL,
  title text NOT NULL,
  author text NOT NULL DEFAULT ''::text,
  excerpt_html text NOT NULL DEFAULT ''::text,
  body_html text NOT NULL DEFAULT ''::text,
  tags text[] NOT NULL DEFAULT '{}'::text[],
  media_id uuid,
  template_suffix text,
  seo_title text,
  seo_description text,
  published_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  search tsvector,
  CONSTRAINT articles_pkey PRIMARY KEY (store_id, article_id),
  CONSTRAINT articles_store_id_blog_id_handle_key UNIQUE (store_id, blog_id, handle),
  CONSTRAINT articles_store_id_public_id_key UNIQUE (store_id, public_id),
  CONSTRAINT articles_store_id_blog_id_fkey FOREIGN KEY (store_id, blog_id) REFERENCES blogs(store_id, blog_id) ON DELETE CASCADE,
  CONSTRAINT articles_store_id_media_id_fkey FOREIGN KEY (store_id, media_id) REFERENCES images(store_id, image_id) ON DELETE SET NULL (media_id)
);
CREATE INDEX articles_by_date ON public.articles USING btree (store_id, blog_id, published_at DESC);
CREATE INDEX articles_search ON public.articles USING gin (store_id, search);
ALTER TABLE articles ENABLE ROW LEVEL SECURITY;
ALTER TABLE articles FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON articles TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON articles TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON articles FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON articles TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON articles TO caravel_app;
GRANT SELECT ON articles TO caravel_search;
COMMENT ON COLUMN articles.search IS 'Null until the row is written again: then its title is searched alone.';

CREATE TABLE audit_log (
  store_id uuid NOT NULL,
  entry_id uuid NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT now(),
  actor jsonb NOT NULL,
  action text NOT NULL,
  target_kind text NOT NULL,
  target_id text NOT NULL,
  before jsonb,
  after jsonb,
  CONSTRAINT audit_log_pkey PRIMARY KEY (store_id, entry_id)
);
CREATE INDEX audit_log_target ON public.audit_log USING btree (store_id, target_kind, target_id, entry_id);
ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_log FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON audit_log TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON audit_log TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON audit_log FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT ON audit_log TO caravel_across;
GRANT INSERT, SELECT ON audit_log TO caravel_app;
GRANT SELECT ON audit_log TO caravel_search;

CREATE TABLE blob_refs (
  store_id uuid NOT NULL,
  owner_kind text NOT NULL,
  owner_id uuid NOT NULL,
  hash text NOT NULL,
  CONSTRAINT blob_refs_pkey PRIMARY KEY (store_id, owner_kind, owner_id, hash),
  CONSTRAINT blob_refs_hash_fkey FOREIGN KEY (hash) REFERENCES blobs(hash),
  CONSTRAINT blob_refs_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX blob_refs_by_hash ON public.blob_refs USING btree (hash);
ALTER TABLE blob_refs ENABLE ROW LEVEL SECURITY;
ALTER TABLE blob_refs FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON blob_refs TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON blob_refs TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON blob_refs FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON blob_refs TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON blob_refs TO caravel_app;
GRANT SELECT ON blob_refs TO caravel_search;

CREATE TABLE blobs (
  hash text NOT NULL,
  size bigint NOT NULL,
  mime text NOT NULL,
  condemned_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT blobs_pkey PRIMARY KEY (hash),
  CONSTRAINT blobs_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
);
CREATE INDEX blobs_condemned ON public.blobs USING btree (condemned_at) WHERE (condemned_at IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON blobs TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON blobs TO caravel_app;
GRANT SELECT ON blobs TO caravel_search;

CREATE TABLE blogs (
  store_id uuid NOT NULL,
  blog_id uuid NOT NULL,
  public_id bigint NOT NULL DEFAULT nextval('blog_public_ids'::regclass),
  handle text NOT NULL,
  title text NOT NULL,
  template_suffix text,
  seo_title text,
  seo_description text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT blogs_pkey PRIMARY KEY (store_id, blog_id),
  CONSTRAINT blogs_store_id_handle_key UNIQUE (store_id, handle),
  CONSTRAINT blogs_store_id_public_id_key UNIQUE (store_id, public_id),
  CONSTRAINT blogs_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE blogs ENABLE ROW LEVEL SECURITY;
ALTER TABLE blogs FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON blogs TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON blogs TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON blogs FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON blogs TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON blogs TO caravel_app;
GRANT SELECT ON blogs TO caravel_search;

CREATE TABLE cart_lines (
  store_id uuid NOT NULL,
  cart_id uuid NOT NULL,
  line_key text NOT NULL,
  variant_id uuid NOT NULL,
  quantity integer NOT NULL,
  properties jsonb NOT NULL DEFAULT '[]'::jsonb,
  position integer NOT NULL,
  added_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT cart_lines_pkey PRIMARY KEY (store_id, cart_id, line_key),
  CONSTRAINT cart_lines_quantity_check CHECK ((quantity > 0)),
  CONSTRAINT cart_lines_store_id_cart_id_fkey FOREIGN KEY (store_id, cart_id) REFERENCES carts(store_id, cart_id) ON DELETE CASCADE,
  CONSTRAINT cart_lines_store_id_variant_id_fkey FOREIGN KEY (store_id, variant_id) REFERENCES variants(store_id, variant_id) ON DELETE CASCADE
);
CREATE INDEX cart_lines_by_variant ON public.cart_lines USING btree (store_id, variant_id);
ALTER TABLE cart_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE cart_lines FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON cart_lines TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON cart_lines TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON cart_lines FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON cart_lines TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON cart_lines TO caravel_app;
GRANT SELECT ON cart_lines TO caravel_search;

CREATE TABLE carts (
  store_id uuid NOT NULL,
  cart_id uuid NOT NULL,
  token_hash text NOT NULL,
  state text NOT NULL DEFAULT 'open'::text,
  currency text NOT NULL,
  note text,
  attributes jsonb NOT NULL DEFAULT '{}'::jsonb,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  discount_codes text[] NOT NULL DEFAULT '{}'::text[],
  customer_id uuid,
  source text,
  market text NOT NULL DEFAULT 'home'::text,
  CONSTRAINT carts_pkey PRIMARY KEY (store_id, cart_id),
  CONSTRAINT carts_store_id_token_hash_key UNIQUE (store_id, token_hash),
  CONSTRAINT carts_state_check CHECK ((state = ANY (ARRAY['open'::text, 'converted'::text, 'merged'::text, 'abandoned'::text]))),
  CONSTRAINT carts_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX carts_idle ON public.carts USING btree (store_id, updated_at) WHERE (state = 'open'::text);
CREATE UNIQUE INDEX carts_of_customer ON public.carts USING btree (store_id, customer_id) WHERE ((state = 'open'::text) AND (customer_id IS NOT NULL));
CREATE INDEX carts_over ON public.carts USING btree (updated_at) WHERE ((state <> 'open'::text) AND (customer_id IS NULL));
CREATE INDEX carts_untouched ON public.carts USING btree (updated_at) WHERE (state = 'open'::text);
ALTER TABLE carts ENABLE ROW LEVEL SECURITY;
ALTER TABLE carts FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON carts TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON carts TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON carts FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON carts TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON carts TO caravel_app;
GRANT SELECT ON carts TO caravel_search;

CREATE TABLE cert_orders (
  store_id uuid NOT NULL,
  id uuid NOT NULL,
  hostname_id uuid NOT NULL,
  purpose text NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  names text[] NOT NULL,
  key_sealed text,
  csr bytea NOT NULL,
  directory_url text NOT NULL,
  order_url text,
  attempts integer NOT NULL DEFAULT 0,
  polls integer NOT NULL DEFAULT 0,
  error jsonb,
  next_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  closed_at timestamp with time zone,
  CONSTRAINT cert_orders_pkey PRIMARY KEY (store_id, id),
  CONSTRAINT cert_orders_purpose_check CHECK ((purpose = ANY (ARRAY['first'::text, 'renew'::text]))),
  CONSTRAINT cert_orders_state_check CHECK ((state = ANY (ARRAY['keyed'::text, 'ordered'::text, 'stored'::text, 'failed'::text, 'abandoned'::text]))),
  CONSTRAINT cert_orders_store_id_hostname_id_fkey FOREIGN KEY (store_id, hostname_id) REFERENCES hostnames(store_id, id)
);
CREATE UNIQUE INDEX cert_orders_one_open ON public.cert_orders USING btree (store_id, hostname_id) WHERE (state = ANY (ARRAY['keyed'::text, 'ordered'::text]));
CREATE INDEX cert_orders_recent ON public.cert_orders USING btree (store_id, hostname_id, created_at);
ALTER TABLE cert_orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE cert_orders FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON cert_orders TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON cert_orders TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON cert_orders FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON cert_orders TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON cert_orders TO caravel_app;
GRANT SELECT ON cert_orders TO caravel_search;

CREATE TABLE certificates (
  store_id uuid NOT NULL,
  id uuid NOT NULL,
  hostname_id uuid NOT NULL,
  order_id uuid NOT NULL,
  serial text NOT NULL,
  names text[] NOT NULL,
  issuer text NOT NULL,
  chain_pem text NOT NULL,
  key_sealed text,
  not_before timestamp with time zone NOT NULL,
  not_after timestamp with time zone NOT NULL,
  renew_at timestamp with time zone NOT NULL,
  superseded_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT certificates_pkey PRIMARY KEY (store_id, id),
  CONSTRAINT certificates_store_id_order_id_key UNIQUE (store_id, order_id),
  CONSTRAINT certificates_store_id_hostname_id_fkey FOREIGN KEY (store_id, hostname_id) REFERENCES hostnames(store_id, id),
  CONSTRAINT certificates_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES cert_orders(store_id, id)
);
CREATE INDEX certificates_by_hostname ON public.certificates USING btree (store_id, hostname_id);
CREATE INDEX certificates_expiry ON public.certificates USING btree (not_after) WHERE (superseded_at IS NULL);
ALTER TABLE certificates ENABLE ROW LEVEL SECURITY;
ALTER TABLE certificates FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON certificates TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON certificates TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON certificates FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON certificates TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON certificates TO caravel_app;
GRANT SELECT ON certificates TO caravel_search;

CREATE TABLE checkouts (
  store_id uuid NOT NULL,
  checkout_id uuid NOT NULL,
  token_hash text NOT NULL,
  browser_hash text,
  cart_id uuid,
  cart_version integer,
  state text NOT NULL DEFAULT 'open'::text,
  version integer NOT NULL DEFAULT 1,
  locale text NOT NULL,
  currency text NOT NULL,
  source text,
  lines jsonb NOT NULL,
  note text,
  attributes jsonb NOT NULL DEFAULT '{}'::jsonb,
  email text,
  phone text,
  shipping_address jsonb,
  billing_address jsonb,
  delivery_rate_id text,
  codes text[] NOT NULL DEFAULT '{}'::text[],
  payment_method jsonb,
  consent jsonb,
  delivery_options jsonb NOT NULL DEFAULT '[]'::jsonb,
  quote jsonb,
  quote_hash text,
  pay_key text,
  payment_id uuid,
  failure text,
  order_id uuid,
  expires_at timestamp with time zone NOT NULL,
  completed_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  exchange jsonb,
  customer_id uuid,
  gift_cards jsonb NOT NULL DEFAULT '[]'::jsonb,
  use_credit boolean NOT NULL DEFAULT false,
  token_round integer NOT NULL DEFAULT 0,
  terms jsonb,
  vat_number jsonb,
  express jsonb,
  forgotten_at timestamp with time zone,
  ip_country text,
  taxes jsonb,
  vat_next_at timestamp with time zone,
  vat_attempts integer NOT NULL DEFAULT 0,
  CONSTRAINT checkouts_pkey PRIMARY KEY (store_id, checkout_id),
  CONSTRAINT checkouts_store_id_token_hash_key UNIQUE (store_id, token_hash),
  CONSTRAINT checkouts_check CHECK (((state = 'completed'::text) = (order_id IS NOT NULL))),
  CONSTRAINT checkouts_check1 CHECK (((state <> 'paying'::text) OR (pay_key IS NOT NULL))),
  CONSTRAINT checkouts_ip_country_check CHECK ((ip_country ~ '^[A-Z]{2}$'::text)),
  CONSTRAINT checkouts_state_check CHECK ((state = ANY (ARRAY['open'::text, 'paying'::text, 'completed'::text, 'expired'::text]))),
  CONSTRAINT checkouts_vat_attempts_check CHECK ((vat_attempts >= 0)),
  CONSTRAINT checkouts_store_id_cart_id_fkey FOREIGN KEY (store_id, cart_id) REFERENCES carts(store_id, cart_id),
  CONSTRAINT checkouts_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX checkouts_by_cart ON public.checkouts USING btree (store_id, cart_id) WHERE (cart_id IS NOT NULL);
CREATE INDEX checkouts_by_order ON public.checkouts USING btree (store_id, order_id) WHERE (order_id IS NOT NULL);
CREATE INDEX checkouts_drafted ON public.checkouts USING btree (store_id, checkout_id) WHERE (terms IS NOT NULL);
CREATE INDEX checkouts_due ON public.checkouts USING btree (expires_at) WHERE (state = ANY (ARRAY['open'::text, 'paying'::text]));
CREATE UNIQUE INDEX checkouts_of_cart ON public.checkouts USING btree (store_id, cart_id) WHERE (state = ANY (ARRAY['open'::text, 'paying'::text]));
CREATE INDEX checkouts_over ON public.checkouts USING btree (expires_at) WHERE ((state = 'expired'::text) AND (terms IS NULL) AND (forgotten_at IS NULL));
CREATE INDEX checkouts_reserved ON public.checkouts USING btree (checkout_id) WHERE ((state = 'open'::text) AND ((terms ->> 'reservedUntil'::text) IS NOT NULL));
CREATE INDEX checkouts_vat_due ON public.checkouts USING btree (vat_next_at) WHERE (vat_next_at IS NOT NULL);
ALTER TABLE checkouts ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkouts FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON checkouts TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON checkouts TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON checkouts FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON checkouts TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON checkouts TO caravel_app;
GRANT SELECT ON checkouts TO caravel_search;
COMMENT ON COLUMN checkouts.ip_country IS 'As a trusted proxy told it; the address itself is kept nowhere.';

CREATE TABLE collection_products (
  store_id uuid NOT NULL,
  collection_id uuid NOT NULL,
  product_id uuid NOT NULL,
  position integer NOT NULL DEFAULT 0,
  CONSTRAINT collection_products_pkey PRIMARY KEY (store_id, collection_id, product_id),
  CONSTRAINT collection_products_store_id_collection_id_fkey FOREIGN KEY (store_id, collection_id) REFERENCES collections(store_id, collection_id) ON DELETE CASCADE,
  CONSTRAINT collection_products_store_id_product_id_fkey FOREIGN KEY (store_id, product_id) REFERENCES products(store_id, product_id) ON DELETE CASCADE
);
CREATE INDEX collection_products_by_product ON public.collection_products USING btree (store_id, product_id);
ALTER TABLE collection_products ENABLE ROW LEVEL SECURITY;
ALTER TABLE collection_products FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON collection_products TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON collection_products TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON collection_products FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON collection_products TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON collection_products TO caravel_app;
GRANT SELECT ON collection_products TO caravel_search;

CREATE TABLE collection_rule_index (
  store_id uuid NOT NULL,
  field text NOT NULL,
  collection_id uuid NOT NULL,
  CONSTRAINT collection_rule_index_pkey PRIMARY KEY (store_id, field, collection_id),
  CONSTRAINT collection_rule_index_store_id_collection_id_fkey FOREIGN KEY (store_id, collection_id) REFERENCES collections(store_id, collection_id) ON DELETE CASCADE
);
ALTER TABLE collection_rule_index ENABLE ROW LEVEL SECURITY;
ALTER TABLE collection_rule_index FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON collection_rule_index TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON collection_rule_index TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON collection_rule_index FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON collection_rule_index TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON collection_rule_index TO caravel_app;
GRANT SELECT ON collection_rule_index TO caravel_search;

CREATE TABLE collections (
  store_id uuid NOT NULL,
  collection_id uuid NOT NULL,
  public_id bigint NOT NULL DEFAULT nextval('collection_public_ids'::regclass),
  kind text NOT NULL,
  handle text NOT NULL,
  title text NOT NULL,
  body_html text NOT NULL DEFAULT ''::text,
  rules jsonb,
  sort_order text NOT NULL DEFAULT 'manual'::text,
  published_at timestamp with time zone DEFAULT now(),
  seo_title text,
  seo_description text,
  template_suffix text,
  media_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  search tsvector,
  CONSTRAINT collections_pkey PRIMARY KEY (store_id, collection_id),
  CONSTRAINT collections_store_id_handle_key UNIQUE (store_id, handle),
  CONSTRAINT collections_store_id_public_id_key UNIQUE (store_id, public_id),
  CONSTRAINT collections_check CHECK (((kind = 'smart'::text) = (rules IS NOT NULL))),
  CONSTRAINT collections_handle_check CHECK ((handle <> ''::text)),
  CONSTRAINT collections_kind_check CHECK ((kind = ANY (ARRAY['manual'::text, 'smart'::text]))),
  CONSTRAINT collections_sort_order_check CHECK ((sort_order = ANY (ARRAY['manual'::text, 'title-ascending'::text, 'title-descending'::text, 'price-ascending'::text, 'price-descending'::text, 'created-ascending'::text, 'created-descending'::text]))),
  CONSTRAINT collections_title_check CHECK ((title <> ''::text)),
  CONSTRAINT collections_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id),
  CONSTRAINT collections_store_id_media_id_fkey FOREIGN KEY (store_id, media_id) REFERENCES images(store_id, image_id)
);
CREATE INDEX collections_search ON public.collections USING gin (store_id, search);
ALTER TABLE collections ENABLE ROW LEVEL SECURITY;
ALTER TABLE collections FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON collections TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON collections TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON collections FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON collections TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON collections TO caravel_app;
GRANT SELECT ON collections TO caravel_search;
COMMENT ON COLUMN collections.search IS 'Null until the row is written again: then its title is searched alone.';

CREATE TABLE contact_messages (
  store_id uuid NOT NULL,
  message_id uuid NOT NULL,
  email text NOT NULL,
  name text NOT NULL DEFAULT ''::text,
  phone text NOT NULL DEFAULT ''::text,
  body text NOT NULL,
  fields jsonb NOT NULL DEFAULT '{}'::jsonb,
  page text NOT NULL,
  locale text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT contact_messages_pkey PRIMARY KEY (store_id, message_id),
  CONSTRAINT contact_messages_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE contact_messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE contact_messages FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON contact_messages TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON contact_messages TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON contact_messages FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON contact_messages TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON contact_messages TO caravel_app;
GRANT SELECT ON contact_messages TO caravel_search;
COMMENT ON COLUMN contact_messages.fields IS 'What the theme asks for beside the usual, by label.';

CREATE TABLE customer_addresses (
  store_id uuid NOT NULL,
  address_id uuid NOT NULL,
  customer_id uuid NOT NULL,
  public_id bigint NOT NULL DEFAULT nextval('customer_public_ids'::regclass),
  address jsonb NOT NULL,
  is_default boolean NOT NULL DEFAULT false,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT customer_addresses_pkey PRIMARY KEY (store_id, address_id),
  CONSTRAINT customer_addresses_store_id_customer_id_fkey FOREIGN KEY (store_id, customer_id) REFERENCES customers(store_id, customer_id) ON DELETE CASCADE
);
CREATE INDEX customer_addresses_by_customer ON public.customer_addresses USING btree (store_id, customer_id);
CREATE UNIQUE INDEX customer_addresses_default ON public.customer_addresses USING btree (store_id, customer_id) WHERE is_default;
ALTER TABLE customer_addresses ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_addresses FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON customer_addresses TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON customer_addresses TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON customer_addresses FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON customer_addresses TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON customer_addresses TO caravel_app;
GRANT SELECT ON customer_addresses TO caravel_search;

CREATE TABLE customer_codes (
  store_id uuid NOT NULL,
  code_id uuid NOT NULL,
  customer_id uuid NOT NULL,
  purpose text NOT NULL,
  code_hash text NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  used_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT customer_codes_pkey PRIMARY KEY (store_id, code_id),
  CONSTRAINT customer_codes_purpose_check CHECK ((purpose = ANY (ARRAY['sign_in'::text, 'reset'::text, 'activate'::text]))),
  CONSTRAINT customer_codes_store_id_customer_id_fkey FOREIGN KEY (store_id, customer_id) REFERENCES customers(store_id, customer_id) ON DELETE CASCADE
);
CREATE INDEX customer_codes_by_customer ON public.customer_codes USING btree (store_id, customer_id, purpose);
ALTER TABLE customer_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_codes FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON customer_codes TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON customer_codes TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON customer_codes FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON customer_codes TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON customer_codes TO caravel_app;
GRANT SELECT ON customer_codes TO caravel_search;

CREATE TABLE customer_consents (
  store_id uuid NOT NULL,
  consent_id uuid NOT NULL,
  customer_id uuid NOT NULL,
  kind text NOT NULL,
  granted boolean NOT NULL,
  source text NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT customer_consents_pkey PRIMARY KEY (store_id, consent_id),
  CONSTRAINT customer_consents_kind_check CHECK ((kind = 'email_marketing'::text)),
  CONSTRAINT customer_consents_store_id_customer_id_fkey FOREIGN KEY (store_id, customer_id) REFERENCES customers(store_id, customer_id) ON DELETE CASCADE
);
CREATE INDEX customer_consents_by_customer ON public.customer_consents USING btree (store_id, customer_id);
ALTER TABLE customer_consents ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_consents FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON customer_consents TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON customer_consents TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON customer_consents FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON customer_consents TO caravel_across;
GRANT DELETE, INSERT, SELECT ON customer_consents TO caravel_app;
GRANT SELECT ON customer_consents TO caravel_search;

CREATE TABLE customer_group_members (
  store_id uuid NOT NULL,
  group_id uuid NOT NULL,
  customer_id uuid NOT NULL,
  CONSTRAINT customer_group_members_pkey PRIMARY KEY (store_id, group_id, customer_id),
  CONSTRAINT customer_group_members_store_id_customer_id_fkey FOREIGN KEY (store_id, customer_id) REFERENCES customers(store_id, customer_id) ON DELETE CASCADE,
  CONSTRAINT customer_group_members_store_id_group_id_fkey FOREIGN KEY (store_id, group_id) REFERENCES customer_groups(store_id, group_id) ON DELETE CASCADE
);
CREATE INDEX customer_group_members_by_customer ON public.customer_group_members USING btree (store_id, customer_id);
ALTER TABLE customer_group_members ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_group_members FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON customer_group_members TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON customer_group_members TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON customer_group_members FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON customer_group_members TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON customer_group_members TO caravel_app;
GRANT SELECT ON customer_group_members TO caravel_search;

CREATE TABLE customer_groups (
  store_id uuid NOT NULL,
  group_id uuid NOT NULL,
  name text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT customer_groups_pkey PRIMARY KEY (store_id, group_id),
  CONSTRAINT customer_groups_store_id_name_key UNIQUE (store_id, name),
  CONSTRAINT customer_groups_name_check CHECK ((name <> ''::text)),
  CONSTRAINT customer_groups_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE customer_groups ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_groups FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON customer_groups TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON customer_groups TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON customer_groups FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON customer_groups TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON customer_groups TO caravel_app;
GRANT SELECT ON customer_groups TO caravel_search;

CREATE TABLE customer_sessions (
  store_id uuid NOT NULL,
  session_id uuid NOT NULL,
  customer_id uuid NOT NULL,
  token_hash text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT customer_sessions_pkey PRIMARY KEY (store_id, session_id),
  CONSTRAINT customer_sessions_store_id_token_hash_key UNIQUE (store_id, token_hash),
  CONSTRAINT customer_sessions_store_id_customer_id_fkey FOREIGN KEY (store_id, customer_id) REFERENCES customers(store_id, customer_id) ON DELETE CASCADE
);
CREATE INDEX customer_sessions_by_customer ON public.customer_sessions USING btree (store_id, customer_id);
ALTER TABLE customer_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON customer_sessions TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON customer_sessions TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON customer_sessions FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON customer_sessions TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON customer_sessions TO caravel_app;
GRANT SELECT ON customer_sessions TO caravel_search;

CREATE TABLE customers (
  store_id uuid NOT NULL,
  customer_id uuid NOT NULL,
  public_id bigint NOT NULL DEFAULT nextval('customer_public_ids'::regclass),
  email text,
  first_name text NOT NULL DEFAULT ''::text,
  last_name text NOT NULL DEFAULT ''::text,
  phone text,
  locale text NOT NULL,
  state text NOT NULL DEFAULT 'guest'::text,
  password_hash text,
  email_verified_at timestamp with time zone,
  email_marketing boolean NOT NULL DEFAULT false,
  tags text[] NOT NULL DEFAULT '{}'::text[],
  note text NOT NULL DEFAULT ''::text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT customers_pkey PRIMARY KEY (store_id, customer_id),
  CONSTRAINT customers_store_id_email_key UNIQUE (store_id, email),
  CONSTRAINT customers_store_id_public_id_key UNIQUE (store_id, public_id),
  CONSTRAINT customers_check CHECK (((email IS NOT NULL) OR (state = 'erased'::text))),
  CONSTRAINT customers_email_check CHECK ((email = lower(email))),
  CONSTRAINT customers_state_check CHECK ((state = ANY (ARRAY['guest'::text, 'enabled'::text, 'disabled'::text, 'erased'::text]))),
  CONSTRAINT customers_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX customers_by_tag ON public.customers USING gin (store_id, tags);
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
ALTER TABLE customers FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON customers TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON customers TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON customers FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON customers TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON customers TO caravel_app;
GRANT SELECT ON customers TO caravel_search;
COMMENT ON COLUMN customers.state IS 'guest: bought or was entered without an account; enabled: may sign in.';
COMMENT ON COLUMN customers.email_verified_at IS 'Who owns the address has proved it; until then nobody else''s orders join the account.';

CREATE TABLE discount_codes (
  store_id uuid NOT NULL,
  code_key text NOT NULL,
  code text NOT NULL,
  discount_id uuid NOT NULL,
  usage_limit integer,
  taken integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT discount_codes_pkey PRIMARY KEY (store_id, code_key),
  CONSTRAINT discount_codes_taken_check CHECK ((taken >= 0)),
  CONSTRAINT discount_codes_usage_limit_check CHECK ((usage_limit > 0)),
  CONSTRAINT discount_codes_store_id_discount_id_fkey FOREIGN KEY (store_id, discount_id) REFERENCES discounts(store_id, discount_id) ON DELETE CASCADE
);
CREATE INDEX discount_codes_by_discount ON public.discount_codes USING btree (store_id, discount_id, code_key);
ALTER TABLE discount_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE discount_codes FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON discount_codes TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON discount_codes TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON discount_codes FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON discount_codes TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON discount_codes TO caravel_app;
GRANT SELECT ON discount_codes TO caravel_search;

CREATE TABLE discount_redemptions (
  store_id uuid NOT NULL,
  discount_id uuid NOT NULL,
  checkout_id uuid NOT NULL,
  order_id uuid,
  code_key text,
  customer_key text,
  units jsonb NOT NULL DEFAULT '{}'::jsonb,
  counted boolean NOT NULL,
  once boolean NOT NULL,
  state text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT discount_redemptions_pkey PRIMARY KEY (store_id, checkout_id, discount_id),
  CONSTRAINT discount_redemptions_state_check CHECK ((state = ANY (ARRAY['held'::text, 'used'::text, 'released'::text]))),
  CONSTRAINT discount_redemptions_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX discount_redemptions_by_discount ON public.discount_redemptions USING btree (store_id, discount_id, state);
CREATE UNIQUE INDEX discount_redemptions_once ON public.discount_redemptions USING btree (store_id, discount_id, customer_key) WHERE (once AND (state <> 'released'::text));
ALTER TABLE discount_redemptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE discount_redemptions FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON discount_redemptions TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON discount_redemptions TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON discount_redemptions FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON discount_redemptions TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON discount_redemptions TO caravel_app;
GRANT SELECT ON discount_redemptions TO caravel_search;

CREATE TABLE discount_units (
  store_id uuid NOT NULL,
  discount_id uuid NOT NULL,
  variant_id uuid NOT NULL,
  cap integer NOT NULL,
  taken integer NOT NULL DEFAULT 0,
  CONSTRAINT discount_units_pkey PRIMARY KEY (store_id, discount_id, variant_id),
  CONSTRAINT discount_units_cap_check CHECK ((cap > 0)),
  CONSTRAINT discount_units_taken_check CHECK ((taken >= 0)),
  CONSTRAINT discount_units_store_id_discount_id_fkey FOREIGN KEY (store_id, discount_id) REFERENCES discounts(store_id, discount_id) ON DELETE CASCADE,
  CONSTRAINT discount_units_store_id_variant_id_fkey FOREIGN KEY (store_id, variant_id) REFERENCES variants(store_id, variant_id) ON DELETE CASCADE
);
ALTER TABLE discount_units ENABLE ROW LEVEL SECURITY;
ALTER TABLE discount_units FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON discount_units TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON discount_units TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON discount_units FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON discount_units TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON discount_units TO caravel_app;
GRANT SELECT ON discount_units TO caravel_search;

CREATE TABLE discounts (
  store_id uuid NOT NULL,
  discount_id uuid NOT NULL,
  title text NOT NULL,
  method text NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  rule jsonb NOT NULL,
  minimum jsonb,
  groups text[],
  combines_with jsonb NOT NULL,
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  usage_limit integer,
  once_per_customer boolean NOT NULL DEFAULT false,
  taken integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT discounts_pkey PRIMARY KEY (store_id, discount_id),
  CONSTRAINT discounts_method_check CHECK ((method = ANY (ARRAY['code'::text, 'automatic'::text]))),
  CONSTRAINT discounts_taken_check CHECK ((taken >= 0)),
  CONSTRAINT discounts_usage_limit_check CHECK ((usage_limit > 0)),
  CONSTRAINT discounts_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX discounts_automatic ON public.discounts USING btree (store_id, discount_id) WHERE ((method = 'automatic'::text) AND enabled);
ALTER TABLE discounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE discounts FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON discounts TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON discounts TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON discounts FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON discounts TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON discounts TO caravel_app;
GRANT SELECT ON discounts TO caravel_search;

CREATE TABLE disputes (
  store_id uuid NOT NULL,
  dispute_id text NOT NULL,
  payment_id uuid NOT NULL,
  provider text NOT NULL,
  status text NOT NULL,
  amount_minor bigint NOT NULL,
  currency text NOT NULL,
  reason text,
  evidence_due_at timestamp with time zone,
  opened_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT disputes_pkey PRIMARY KEY (store_id, provider, dispute_id),
  CONSTRAINT disputes_store_id_payment_id_fkey FOREIGN KEY (store_id, payment_id) REFERENCES payments(store_id, payment_id) ON DELETE CASCADE
);
CREATE INDEX disputes_by_payment ON public.disputes USING btree (store_id, payment_id);
ALTER TABLE disputes ENABLE ROW LEVEL SECURITY;
ALTER TABLE disputes FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON disputes TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON disputes TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON disputes FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT, UPDATE ON disputes TO caravel_across;
GRANT INSERT, SELECT, UPDATE ON disputes TO caravel_app;
GRANT SELECT ON disputes TO caravel_search;

CREATE TABLE document_files (
  store_id uuid NOT NULL,
  document_id uuid NOT NULL,
  sha256 text NOT NULL,
  bytes bytea NOT NULL,
  CONSTRAINT document_files_pkey PRIMARY KEY (store_id, document_id),
  CONSTRAINT document_files_store_id_document_id_fkey FOREIGN KEY (store_id, document_id) REFERENCES documents(store_id, document_id)
);
ALTER TABLE document_files ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_files FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON document_files TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON document_files TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON document_files FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT ON document_files TO caravel_across;
GRANT INSERT, SELECT ON document_files TO caravel_app;
GRANT SELECT ON document_files TO caravel_search;

CREATE TABLE document_settings (
  store_id uuid NOT NULL,
  issue_at text NOT NULL,
  seller jsonb,
  shown_to_shoppers boolean NOT NULL,
  CONSTRAINT document_settings_pkey PRIMARY KEY (store_id),
  CONSTRAINT document_settings_issue_at_check CHECK ((issue_at = ANY (ARRAY['capture'::text, 'shipment'::text, 'never'::text]))),
  CONSTRAINT document_settings_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE document_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON document_settings TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON document_settings TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON document_settings FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON document_settings TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON document_settings TO caravel_app;
GRANT SELECT ON document_settings TO caravel_search;

CREATE TABLE documents (
  store_id uuid NOT NULL,
  document_id uuid NOT NULL,
  order_id uuid NOT NULL,
  kind text NOT NULL,
  series text NOT NULL,
  number bigint NOT NULL,
  name text NOT NULL,
  refund_id uuid,
  corrects uuid,
  content jsonb NOT NULL,
  content_sha256 text NOT NULL,
  issued_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT documents_pkey PRIMARY KEY (store_id, document_id),
  CONSTRAINT documents_store_id_series_number_key UNIQUE (store_id, series, number),
  CONSTRAINT documents_kind_check CHECK ((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text]))),
  CONSTRAINT documents_store_id_corrects_fkey FOREIGN KEY (store_id, corrects) REFERENCES documents(store_id, document_id),
  CONSTRAINT documents_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id),
  CONSTRAINT documents_store_id_refund_id_fkey FOREIGN KEY (store_id, refund_id) REFERENCES refunds(store_id, refund_id)
);
CREATE INDEX documents_by_order ON public.documents USING btree (store_id, order_id);
CREATE UNIQUE INDEX documents_first_invoice ON public.documents USING btree (store_id, order_id) WHERE ((kind = 'invoice'::text) AND (corrects IS NULL));
CREATE UNIQUE INDEX documents_of_refund ON public.documents USING btree (store_id, refund_id) WHERE (refund_id IS NOT NULL);
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE documents FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON documents TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON documents TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON documents FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT ON documents TO caravel_across;
GRANT INSERT, SELECT ON documents TO caravel_app;
GRANT SELECT ON documents TO caravel_search;

CREATE TABLE fulfilment_lines (
  store_id uuid NOT NULL,
  fulfilment_id uuid NOT NULL,
  order_line_id uuid NOT NULL,
  quantity integer NOT NULL,
  CONSTRAINT fulfilment_lines_pkey PRIMARY KEY (store_id, fulfilment_id, order_line_id),
  CONSTRAINT fulfilment_lines_quantity_check CHECK ((quantity > 0)),
  CONSTRAINT fulfilment_lines_store_id_fulfilment_id_fkey FOREIGN KEY (store_id, fulfilment_id) REFERENCES fulfilments(store_id, fulfilment_id),
  CONSTRAINT fulfilment_lines_store_id_order_line_id_fkey FOREIGN KEY (store_id, order_line_id) REFERENCES order_lines(store_id, order_line_id)
);
ALTER TABLE fulfilment_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE fulfilment_lines FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON fulfilment_lines TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON fulfilment_lines TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON fulfilment_lines FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT ON fulfilment_lines TO caravel_across;
GRANT INSERT, SELECT ON fulfilment_lines TO caravel_app;
GRANT SELECT ON fulfilment_lines TO caravel_search;

CREATE TABLE fulfilments (
  store_id uuid NOT NULL,
  fulfilment_id uuid NOT NULL,
  order_id uuid NOT NULL,
  request_key text NOT NULL,
  location_id uuid,
  carrier text,
  tracking_number text,
  tracking_url text,
  delivery_status text NOT NULL DEFAULT 'in_transit'::text,
  notify boolean NOT NULL,
  shipped_at timestamp with time zone NOT NULL DEFAULT now(),
  delivered_at timestamp with time zone,
  CONSTRAINT fulfilments_pkey PRIMARY KEY (store_id, fulfilment_id),
  CONSTRAINT fulfilments_store_id_order_id_request_key_key UNIQUE (store_id, order_id, request_key),
  CONSTRAINT fulfilments_delivery_status_check CHECK ((delivery_status = ANY (ARRAY['label'::text, 'in_transit'::text, 'out_for_delivery'::text, 'delivered'::text, 'failure'::text]))),
  CONSTRAINT fulfilments_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id)
);
ALTER TABLE fulfilments ENABLE ROW LEVEL SECURITY;
ALTER TABLE fulfilments FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON fulfilments TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON fulfilments TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON fulfilments FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON fulfilments TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON fulfilments TO caravel_app;
GRANT SELECT ON fulfilments TO caravel_search;

CREATE TABLE general_discounts (
  store_id uuid NOT NULL,
  general_discount_id uuid NOT NULL,
  discount_id uuid NOT NULL,
  targets jsonb NOT NULL,
  benefit jsonb NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone,
  CONSTRAINT general_discounts_pkey PRIMARY KEY (store_id, general_discount_id),
  CONSTRAINT general_discounts_check CHECK ((ends_at >= starts_at)),
  CONSTRAINT general_discounts_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id) ON DELETE CASCADE
);
CREATE INDEX general_discounts_by_discount ON public.general_discounts USING btree (store_id, discount_id, ends_at);
ALTER TABLE general_discounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE general_discounts FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON general_discounts TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON general_discounts TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON general_discounts FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON general_discounts TO caravel_across;
GRANT INSERT, SELECT ON general_discounts TO caravel_app;
GRANT SELECT ON general_discounts TO caravel_search;
GRANT UPDATE (ends_at) ON general_discounts TO caravel_app;

CREATE TABLE host_history (
  store_id uuid NOT NULL,
  host_ascii text NOT NULL,
  held_from timestamp with time zone NOT NULL,
  held_until timestamp with time zone,
  CONSTRAINT host_history_pkey PRIMARY KEY (store_id, host_ascii, held_from)
);
CREATE INDEX host_history_by_host ON public.host_history USING btree (host_ascii);
ALTER TABLE host_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE host_history FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON host_history TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON host_history TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON host_history FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT, UPDATE ON host_history TO caravel_across;
GRANT INSERT, SELECT, UPDATE ON host_history TO caravel_app;
GRANT SELECT ON host_history TO caravel_search;

CREATE TABLE hostnames (
  store_id uuid NOT NULL,
  id uuid NOT NULL,
  host_ascii text NOT NULL,
  host_unicode text NOT NULL,
  kind text NOT NULL,
  registrable text NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  token text NOT NULL,
  target_label text NOT NULL,
  proof text,
  proved_at timestamp with time zone,
  routing text NOT NULL DEFAULT 'unknown'::text,
  caa text NOT NULL DEFAULT 'unknown'::text,
  findings jsonb NOT NULL DEFAULT '[]'::jsonb,
  checks integer NOT NULL DEFAULT 0,
  checked_at timestamp with time zone,
  check_at timestamp with time zone,
  check_requested_at timestamp with time zone,
  issue_after timestamp with time zone,
  failures integer NOT NULL DEFAULT 0,
  last_error jsonb,
  certificate_id uuid,
  is_primary boolean NOT NULL DEFAULT false,
  next_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  released_at timestamp with time zone,
  CONSTRAINT hostnames_pkey PRIMARY KEY (store_id, id),
  CONSTRAINT hostnames_caa_check CHECK ((caa = ANY (ARRAY['allows'::text, 'forbids'::text, 'unknown'::text]))),
  CONSTRAINT hostnames_kind_check CHECK ((kind = ANY (ARRAY['apex'::text, 'sub'::text]))),
  CONSTRAINT hostnames_proof_check CHECK ((proof = ANY (ARRAY['txt'::text, 'cname'::text]))),
  CONSTRAINT hostnames_routing_check CHECK ((routing = ANY (ARRAY['ok'::text, 'wrong'::text, 'unknown'::text]))),
  CONSTRAINT hostnames_state_check CHECK ((state = ANY (ARRAY['awaiting_dns'::text, 'conflict'::text, 'expired'::text, 'verified'::text, 'issuing'::text, 'active'::text, 'blocked'::text, 'releasing'::text, 'released'::text]))),
  CONSTRAINT hostnames_store_id_certificate_id_fkey FOREIGN KEY (store_id, certificate_id) REFERENCES certificates(store_id, id),
  CONSTRAINT hostnames_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX hostnames_claims ON public.hostnames USING btree (host_ascii);
CREATE INDEX hostnames_due ON public.hostnames USING btree (next_at) WHERE (next_at IS NOT NULL);
CREATE UNIQUE INDEX hostnames_once_per_store ON public.hostnames USING btree (store_id, host_ascii) WHERE (state <> 'released'::text);
CREATE UNIQUE INDEX hostnames_one_holder ON public.hostnames USING btree (host_ascii) WHERE (state = ANY (ARRAY['verified'::text, 'issuing'::text, 'active'::text, 'blocked'::text, 'releasing'::text]));
CREATE UNIQUE INDEX hostnames_one_primary ON public.hostnames USING btree (store_id) WHERE is_primary;
CREATE UNIQUE INDEX hostnames_target ON public.hostnames USING btree (target_label);
ALTER TABLE hostnames ENABLE ROW LEVEL SECURITY;
ALTER TABLE hostnames FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON hostnames TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON hostnames TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON hostnames FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON hostnames TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON hostnames TO caravel_app;
GRANT SELECT ON hostnames TO caravel_search;

CREATE TABLE idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  state text NOT NULL,
  status integer,
  response text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key),
  CONSTRAINT idempotency_keys_state_check CHECK ((state = ANY (ARRAY['started'::text, 'done'::text])))
);
CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON idempotency_keys TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON idempotency_keys TO caravel_app;
GRANT SELECT ON idempotency_keys TO caravel_search;

CREATE TABLE images (
  store_id uuid NOT NULL,
  image_id uuid NOT NULL,
  source_url text,
  state text NOT NULL DEFAULT 'pending'::text,
  content_hash text,
  mime text,
  width integer,
  height integer,
  bytes bigint,
  error_code text,
  error text,
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT images_pkey PRIMARY KEY (store_id, image_id),
  CONSTRAINT images_check CHECK (((state <> 'ready'::text) OR ((content_hash IS NOT NULL) AND (width > 0) AND (height > 0)))),
  CONSTRAINT images_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'ready'::text, 'failed'::text]))),
  CONSTRAINT images_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX images_by_state ON public.images USING btree (store_id, state, image_id);
ALTER TABLE images ENABLE ROW LEVEL SECURITY;
ALTER TABLE images FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON images TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON images TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON images FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON images TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON images TO caravel_app;
GRANT SELECT ON images TO caravel_search;

CREATE TABLE inventory_levels (
  store_id uuid NOT NULL,
  item_id uuid NOT NULL,
  location_id uuid NOT NULL,
  on_hand integer NOT NULL,
  committed integer NOT NULL DEFAULT 0,
  reserved integer NOT NULL DEFAULT 0,
  unavailable integer NOT NULL DEFAULT 0,
  incoming integer NOT NULL DEFAULT 0,
  oversell boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT inventory_levels_pkey PRIMARY KEY (store_id, item_id, location_id),
  CONSTRAINT inventory_levels_check CHECK ((oversell OR (on_hand < 0) OR ((((on_hand - committed) - reserved) - unavailable) >= 0))),
  CONSTRAINT inventory_levels_committed_check CHECK ((committed >= 0)),
  CONSTRAINT inventory_levels_incoming_check CHECK ((incoming >= 0)),
  CONSTRAINT inventory_levels_reserved_check CHECK ((reserved >= 0)),
  CONSTRAINT inventory_levels_unavailable_check CHECK ((unavailable >= 0)),
  CONSTRAINT inventory_levels_store_id_item_id_fkey FOREIGN KEY (store_id, item_id) REFERENCES variants(store_id, variant_id) ON DELETE CASCADE,
  CONSTRAINT inventory_levels_store_id_location_id_fkey FOREIGN KEY (store_id, location_id) REFERENCES locations(store_id, location_id)
);
ALTER TABLE inventory_levels ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventory_levels FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON inventory_levels TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON inventory_levels TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON inventory_levels FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON inventory_levels TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON inventory_levels TO caravel_app;
GRANT SELECT ON inventory_levels TO caravel_search;

CREATE TABLE invitations (
  organization_id uuid NOT NULL,
  invitation_id uuid NOT NULL,
  email text NOT NULL,
  role_id uuid NOT NULL,
  store_ids uuid[],
  invited_by uuid NOT NULL,
  token_hash text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL,
  accepted_at timestamp with time zone,
  CONSTRAINT invitations_pkey PRIMARY KEY (organization_id, invitation_id),
  CONSTRAINT invitations_token_hash_key UNIQUE (token_hash),
  CONSTRAINT invitations_email_check CHECK ((email = lower(email))),
  CONSTRAINT invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES users(user_id),
  CONSTRAINT invitations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(organization_id) ON DELETE CASCADE,
  CONSTRAINT invitations_organization_id_role_id_fkey FOREIGN KEY (organization_id, role_id) REFERENCES roles(organization_id, role_id)
);
CREATE UNIQUE INDEX invitations_open ON public.invitations USING btree (organization_id, email) WHERE (accepted_at IS NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON invitations TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON invitations TO caravel_app;
GRANT SELECT ON invitations TO caravel_search;

CREATE TABLE jobs (
  job_id uuid NOT NULL,
  store_id uuid,
  lane uuid NOT NULL GENERATED ALWAYS AS COALESCE(store_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid) STORED,
  name text NOT NULL,
  version integer NOT NULL,
  queue text NOT NULL,
  payload jsonb NOT NULL,
  state text NOT NULL DEFAULT 'ready'::text,
  attempts integer NOT NULL DEFAULT 0,
  max_attempts integer NOT NULL,
  dispatches integer NOT NULL DEFAULT 0,
  run_at timestamp with time zone NOT NULL DEFAULT now(),
  lease_until timestamp with time zone,
  dedupe_key text,
  last_error text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT jobs_pkey PRIMARY KEY (job_id),
  CONSTRAINT jobs_queue_check CHECK ((queue = ANY (ARRAY['swift'::text, 'steady'::text, 'heavy'::text]))),
  CONSTRAINT jobs_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'queued'::text, 'running'::text, 'dead'::text])))
);
CREATE INDEX jobs_by_lane ON public.jobs USING btree (queue, lane, run_at, job_id) WHERE (state = 'ready'::text);
CREATE INDEX jobs_dead ON public.jobs USING btree (lane, job_id) WHERE (state = 'dead'::text);
CREATE INDEX jobs_due ON public.jobs USING btree (queue, run_at) WHERE (state = 'ready'::text);
CREATE INDEX jobs_in_flight ON public.jobs USING btree (queue, lane) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE INDEX jobs_leases ON public.jobs USING btree (state, lease_until) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE UNIQUE INDEX jobs_waiting_once ON public.jobs USING btree (name, lane, dedupe_key) WHERE ((state = ANY (ARRAY['ready'::text, 'queued'::text])) AND (dedupe_key IS NOT NULL));
ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE jobs FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON jobs TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON jobs TO caravel_app USING ((NOT (store_id IS DISTINCT FROM (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid))) WITH CHECK ((NOT (store_id IS DISTINCT FROM (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)));
GRANT DELETE, INSERT, SELECT, UPDATE ON jobs TO caravel_across;
GRANT INSERT, SELECT ON jobs TO caravel_app;
GRANT SELECT ON jobs TO caravel_search;
GRANT UPDATE (run_at) ON jobs TO caravel_app;

CREATE TABLE live_themes (
  store_id uuid NOT NULL,
  theme_id uuid NOT NULL,
  version_id uuid NOT NULL,
  publication_id uuid NOT NULL,
  published_at timestamp with time zone NOT NULL,
  published_by text NOT NULL,
  CONSTRAINT live_themes_pkey PRIMARY KEY (store_id),
  CONSTRAINT live_themes_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id),
  CONSTRAINT live_themes_store_id_publication_id_fkey FOREIGN KEY (store_id, publication_id) REFERENCES theme_publications(store_id, publication_id),
  CONSTRAINT live_themes_store_id_theme_id_version_id_fkey FOREIGN KEY (store_id, theme_id, version_id) REFERENCES theme_versions(store_id, theme_id, version_id)
);
ALTER TABLE live_themes ENABLE ROW LEVEL SECURITY;
ALTER TABLE live_themes FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON live_themes TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON live_themes TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON live_themes FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON live_themes TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON live_themes TO caravel_app;
GRANT SELECT ON live_themes TO caravel_search;

CREATE TABLE locations (
  store_id uuid NOT NULL,
  location_id uuid NOT NULL,
  name text NOT NULL,
  is_default boolean NOT NULL DEFAULT false,
  priority integer NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  delivers_to text[],
  CONSTRAINT locations_pkey PRIMARY KEY (store_id, location_id),
  CONSTRAINT locations_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE UNIQUE INDEX locations_default ON public.locations USING btree (store_id) WHERE is_default;
ALTER TABLE locations ENABLE ROW LEVEL SECURITY;
ALTER TABLE locations FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON locations TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON locations TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON locations FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON locations TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON locations TO caravel_app;
GRANT SELECT ON locations TO caravel_search;

CREATE TABLE mail_templates (
  store_id uuid NOT NULL,
  kind text NOT NULL,
  locale text NOT NULL,
  subject text NOT NULL,
  body text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT mail_templates_pkey PRIMARY KEY (store_id, kind, locale),
  CONSTRAINT mail_templates_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE mail_templates ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_templates FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON mail_templates TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON mail_templates TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON mail_templates FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON mail_templates TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON mail_templates TO caravel_app;
GRANT SELECT ON mail_templates TO caravel_search;

CREATE TABLE market_prices (
  store_id uuid NOT NULL,
  market_id uuid NOT NULL,
  variant_id uuid NOT NULL,
  price_minor bigint NOT NULL,
  compare_at_minor bigint,
  CONSTRAINT market_prices_pkey PRIMARY KEY (store_id, variant_id, market_id),
  CONSTRAINT market_prices_compare_at_minor_check CHECK ((compare_at_minor >= 0)),
  CONSTRAINT market_prices_price_minor_check CHECK ((price_minor >= 0)),
  CONSTRAINT market_prices_store_id_market_id_fkey FOREIGN KEY (store_id, market_id) REFERENCES markets(store_id, market_id) ON DELETE CASCADE,
  CONSTRAINT market_prices_store_id_variant_id_fkey FOREIGN KEY (store_id, variant_id) REFERENCES variants(store_id, variant_id) ON DELETE CASCADE
);
CREATE INDEX market_prices_by_market ON public.market_prices USING btree (store_id, market_id, variant_id);
ALTER TABLE market_prices ENABLE ROW LEVEL SECURITY;
ALTER TABLE market_prices FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON market_prices TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON market_prices TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON market_prices FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON market_prices TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON market_prices TO caravel_app;
GRANT SELECT ON market_prices TO caravel_search;

CREATE TABLE marketing_opt_outs (
  store_id uuid NOT NULL,
  email text NOT NULL,
  source text NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT marketing_opt_outs_pkey PRIMARY KEY (store_id, email),
  CONSTRAINT marketing_opt_outs_email_check CHECK ((email = lower(email))),
  CONSTRAINT marketing_opt_outs_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE marketing_opt_outs ENABLE ROW LEVEL SECURITY;
ALTER TABLE marketing_opt_outs FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON marketing_opt_outs TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON marketing_opt_outs TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON marketing_opt_outs FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON marketing_opt_outs TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON marketing_opt_outs TO caravel_app;
GRANT SELECT ON marketing_opt_outs TO caravel_search;

CREATE TABLE markets (
  store_id uuid NOT NULL,
  market_id uuid NOT NULL,
  name text NOT NULL,
  countries text[] NOT NULL,
  currency text NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  rate_source text NOT NULL,
  markup_ppm integer NOT NULL DEFAULT 0,
  ending jsonb,
  frozen_until timestamp with time zone,
  prior_price jsonb NOT NULL,
  alarm jsonb,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT markets_pkey PRIMARY KEY (store_id, market_id),
  CONSTRAINT markets_markup_ppm_check CHECK ((markup_ppm > '-1000000'::integer)),
  CONSTRAINT markets_name_check CHECK ((name <> ''::text)),
  CONSTRAINT markets_rate_source_check CHECK ((rate_source = ANY (ARRAY['manual'::text, 'ecb'::text]))),
  CONSTRAINT markets_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE markets ENABLE ROW LEVEL SECURITY;
ALTER TABLE markets FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON markets TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON markets TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON markets FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON markets TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON markets TO caravel_app;
GRANT SELECT ON markets TO caravel_search;

CREATE TABLE members (
  organization_id uuid NOT NULL,
  user_id uuid NOT NULL,
  role_id uuid NOT NULL,
  store_ids uuid[],
  joined_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT members_pkey PRIMARY KEY (organization_id, user_id),
  CONSTRAINT members_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(organization_id) ON DELETE CASCADE,
  CONSTRAINT members_organization_id_role_id_fkey FOREIGN KEY (organization_id, role_id) REFERENCES roles(organization_id, role_id),
  CONSTRAINT members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id) ON DELETE CASCADE
);
CREATE INDEX members_by_user ON public.members USING btree (user_id);
GRANT DELETE, INSERT, SELECT, UPDATE ON members TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON members TO caravel_app;
GRANT SELECT ON members TO caravel_search;
COMMENT ON COLUMN members.store_ids IS 'The stores that this member may enter; null for all of the organization.';

CREATE TABLE menus (
  store_id uuid NOT NULL,
  menu_id uuid NOT NULL,
  handle text NOT NULL,
  title text NOT NULL,
  items jsonb NOT NULL DEFAULT '[]'::jsonb,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT menus_pkey PRIMARY KEY (store_id, menu_id),
  CONSTRAINT menus_store_id_handle_key UNIQUE (store_id, handle),
  CONSTRAINT menus_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE menus ENABLE ROW LEVEL SECURITY;
ALTER TABLE menus FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON menus TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON menus TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON menus FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON menus TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON menus TO caravel_app;
GRANT SELECT ON menus TO caravel_search;

CREATE TABLE metafield_definitions (
  store_id uuid NOT NULL,
  definition_id uuid NOT NULL,
  owner text NOT NULL,
  namespace text NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  description text,
  type text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT metafield_definitions_pkey PRIMARY KEY (store_id, definition_id),
  CONSTRAINT metafield_definitions_store_id_owner_namespace_key_key UNIQUE (store_id, owner, namespace, key),
  CONSTRAINT metafield_definitions_owner_check CHECK ((owner = ANY (ARRAY['product'::text, 'variant'::text]))),
  CONSTRAINT metafield_definitions_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE metafield_definitions ENABLE ROW LEVEL SECURITY;
ALTER TABLE metafield_definitions FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON metafield_definitions TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON metafield_definitions TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON metafield_definitions FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON metafield_definitions TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON metafield_definitions TO caravel_app;
GRANT SELECT ON metafield_definitions TO caravel_search;

CREATE TABLE metaobject_definitions (
  store_id uuid NOT NULL,
  definition_id uuid NOT NULL,
  type text NOT NULL,
  name text NOT NULL,
  fields jsonb NOT NULL,
  display_field text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT metaobject_definitions_pkey PRIMARY KEY (store_id, definition_id),
  CONSTRAINT metaobject_definitions_store_id_type_key UNIQUE (store_id, type),
  CONSTRAINT metaobject_definitions_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE metaobject_definitions ENABLE ROW LEVEL SECURITY;
ALTER TABLE metaobject_definitions FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON metaobject_definitions TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON metaobject_definitions TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON metaobject_definitions FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON metaobject_definitions TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON metaobject_definitions TO caravel_app;
GRANT SELECT ON metaobject_definitions TO caravel_search;
COMMENT ON COLUMN metaobject_definitions.fields IS 'A list of {key, name, type, required}.';

CREATE TABLE metaobjects (
  store_id uuid NOT NULL,
  metaobject_id uuid NOT NULL,
  definition_id uuid NOT NULL,
  public_id bigint NOT NULL DEFAULT nextval('metaobject_public_ids'::regclass),
  handle text NOT NULL,
  fields jsonb NOT NULL,
  published_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT metaobjects_pkey PRIMARY KEY (store_id, metaobject_id),
  CONSTRAINT metaobjects_store_id_definition_id_handle_key UNIQUE (store_id, definition_id, handle),
  CONSTRAINT metaobjects_store_id_public_id_key UNIQUE (store_id, public_id),
  CONSTRAINT metaobjects_store_id_definition_id_fkey FOREIGN KEY (store_id, definition_id) REFERENCES metaobject_definitions(store_id, definition_id) ON DELETE CASCADE
);
ALTER TABLE metaobjects ENABLE ROW LEVEL SECURITY;
ALTER TABLE metaobjects FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON metaobjects TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON metaobjects TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON metaobjects FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON metaobjects TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON metaobjects TO caravel_app;
GRANT SELECT ON metaobjects TO caravel_search;

CREATE TABLE newsletter_sign_ups (
  store_id uuid NOT NULL,
  sign_up_id uuid NOT NULL,
  email text NOT NULL,
  source text NOT NULL,
  locale text NOT NULL,
  consented_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT newsletter_sign_ups_pkey PRIMARY KEY (store_id, sign_up_id),
  CONSTRAINT newsletter_sign_ups_store_id_email_key UNIQUE (store_id, email),
  CONSTRAINT newsletter_sign_ups_email_check CHECK ((email = lower(email))),
  CONSTRAINT newsletter_sign_ups_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE newsletter_sign_ups ENABLE ROW LEVEL SECURITY;
ALTER TABLE newsletter_sign_ups FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON newsletter_sign_ups TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON newsletter_sign_ups TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON newsletter_sign_ups FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON newsletter_sign_ups TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON newsletter_sign_ups TO caravel_app;
GRANT SELECT ON newsletter_sign_ups TO caravel_search;
COMMENT ON COLUMN newsletter_sign_ups.source IS 'The page whose form was sent.';

CREATE TABLE order_allocations (
  store_id uuid NOT NULL,
  order_allocation_id uuid NOT NULL,
  order_id uuid NOT NULL,
  order_line_id uuid NOT NULL,
  item_id uuid NOT NULL,
  location_id uuid,
  quantity integer NOT NULL,
  backordered integer NOT NULL DEFAULT 0,
  done integer NOT NULL DEFAULT 0,
  CONSTRAINT order_allocations_pkey PRIMARY KEY (store_id, order_allocation_id),
  CONSTRAINT order_allocations_check CHECK (((backordered >= 0) AND (backordered <= quantity))),
  CONSTRAINT order_allocations_check1 CHECK (((done >= 0) AND (done <= quantity))),
  CONSTRAINT order_allocations_quantity_check CHECK ((quantity > 0)),
  CONSTRAINT order_allocations_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id),
  CONSTRAINT order_allocations_store_id_order_line_id_fkey FOREIGN KEY (store_id, order_line_id) REFERENCES order_lines(store_id, order_line_id)
);
CREATE INDEX order_allocations_by_line ON public.order_allocations USING btree (store_id, order_id, order_line_id);
CREATE INDEX order_allocations_open ON public.order_allocations USING btree (store_id, item_id, location_id) WHERE (done < quantity);
ALTER TABLE order_allocations ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_allocations FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON order_allocations TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON order_allocations TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON order_allocations FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON order_allocations TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON order_allocations TO caravel_app;
GRANT SELECT ON order_allocations TO caravel_search;

CREATE TABLE order_deliveries (
  store_id uuid NOT NULL,
  order_delivery_id uuid NOT NULL,
  order_id uuid NOT NULL,
  position integer NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  price_minor bigint NOT NULL,
  discount_minor bigint NOT NULL,
  total_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  base_minor bigint NOT NULL,
  discount_allocations jsonb NOT NULL DEFAULT '[]'::jsonb,
  promise jsonb NOT NULL DEFAULT '{}'::jsonb,
  refunded_minor bigint NOT NULL DEFAULT 0,
  refunded_tax_minor bigint NOT NULL DEFAULT 0,
  CONSTRAINT order_deliveries_pkey PRIMARY KEY (store_id, order_delivery_id),
  CONSTRAINT order_deliveries_store_id_order_id_position_key UNIQUE (store_id, order_id, "position"),
  CONSTRAINT order_deliveries_check CHECK (((refunded_minor >= 0) AND (refunded_minor <= total_minor))),
  CONSTRAINT order_deliveries_check1 CHECK (((refunded_tax_minor >= 0) AND (refunded_tax_minor <= tax_minor))),
  CONSTRAINT order_deliveries_kind_check CHECK ((kind = ANY (ARRAY['shipping'::text, 'fee'::text]))),
  CONSTRAINT order_deliveries_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id)
);
ALTER TABLE order_deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON order_deliveries TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON order_deliveries TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON order_deliveries FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON order_deliveries TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON order_deliveries TO caravel_app;
GRANT SELECT ON order_deliveries TO caravel_search;

CREATE TABLE order_discounts (
  store_id uuid NOT NULL,
  order_id uuid NOT NULL,
  position integer NOT NULL,
  discount_id text NOT NULL,
  title text NOT NULL,
  code text,
  class text NOT NULL,
  amount_minor bigint NOT NULL,
  revision integer NOT NULL DEFAULT 0,
  CONSTRAINT order_discounts_pkey PRIMARY KEY (store_id, order_id, revision, "position"),
  CONSTRAINT order_discounts_class_check CHECK ((class = ANY (ARRAY['product'::text, 'order'::text, 'shipping'::text]))),
  CONSTRAINT order_discounts_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id)
);
ALTER TABLE order_discounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_discounts FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON order_discounts TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON order_discounts TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON order_discounts FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT ON order_discounts TO caravel_across;
GRANT INSERT, SELECT ON order_discounts TO caravel_app;
GRANT SELECT ON order_discounts TO caravel_search;

CREATE TABLE order_edits (
  store_id uuid NOT NULL,
  order_edit_id uuid NOT NULL,
  order_id uuid NOT NULL,
  revision integer NOT NULL,
  request_key text NOT NULL,
  reason text,
  notify boolean NOT NULL,
  changes jsonb NOT NULL,
  before_minor bigint NOT NULL,
  after_minor bigint NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT order_edits_pkey PRIMARY KEY (store_id, order_edit_id),
  CONSTRAINT order_edits_store_id_order_id_request_key_key UNIQUE (store_id, order_id, request_key),
  CONSTRAINT order_edits_store_id_order_id_revision_key UNIQUE (store_id, order_id, revision),
  CONSTRAINT order_edits_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id)
);
ALTER TABLE order_edits ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_edits FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON order_edits TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON order_edits TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON order_edits FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT ON order_edits TO caravel_across;
GRANT INSERT, SELECT ON order_edits TO caravel_app;
GRANT SELECT ON order_edits TO caravel_search;

CREATE TABLE order_events (
  store_id uuid NOT NULL,
  order_event_id uuid NOT NULL,
  order_id uuid NOT NULL,
  kind text NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  actor jsonb NOT NULL,
  data jsonb NOT NULL DEFAULT '{}'::jsonb,
  CONSTRAINT order_events_pkey PRIMARY KEY (store_id, order_event_id),
  CONSTRAINT order_events_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id)
);
CREATE INDEX order_events_by_order ON public.order_events USING btree (store_id, order_id, order_event_id);
ALTER TABLE order_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_events FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON order_events TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON order_events TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON order_events FOR SELECT TO caravel_search USING (true);
CREATE TRIGGER order_events_only_forget BEFORE UPDATE ON public.order_events FOR EACH ROW EXECUTE FUNCTION order_events_only_forget();
GRANT INSERT, SELECT ON order_events TO caravel_across;
GRANT INSERT, SELECT ON order_events TO caravel_app;
GRANT SELECT ON order_events TO caravel_search;
GRANT UPDATE (actor, data) ON order_events TO caravel_app;

CREATE TABLE order_gift_cards (
  store_id uuid NOT NULL,
  order_line_id uuid NOT NULL,
  unit integer NOT NULL,
  order_id uuid NOT NULL,
  account_id uuid NOT NULL,
  sealed_code text NOT NULL,
  withdrawn_at timestamp with time zone,
  due_at timestamp with time zone,
  sent_at timestamp with time zone,
  CONSTRAINT order_gift_cards_pkey PRIMARY KEY (store_id, order_line_id, unit),
  CONSTRAINT order_gift_cards_store_id_account_id_key UNIQUE (store_id, account_id),
  CONSTRAINT order_gift_cards_unit_check CHECK ((unit > 0)),
  CONSTRAINT order_gift_cards_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id),
  CONSTRAINT order_gift_cards_store_id_order_line_id_fkey FOREIGN KEY (store_id, order_line_id) REFERENCES order_lines(store_id, order_line_id)
);
CREATE INDEX order_gift_cards_by_order ON public.order_gift_cards USING btree (store_id, order_id);
CREATE INDEX order_gift_cards_due ON public.order_gift_cards USING btree (due_at) WHERE ((due_at IS NOT NULL) AND (sent_at IS NULL) AND (withdrawn_at IS NULL));
ALTER TABLE order_gift_cards ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_gift_cards FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON order_gift_cards TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON order_gift_cards TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON order_gift_cards FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT, UPDATE ON order_gift_cards TO caravel_across;
GRANT INSERT, SELECT, UPDATE ON order_gift_cards TO caravel_app;
GRANT SELECT ON order_gift_cards TO caravel_search;

CREATE TABLE order_gift_recipients (
  store_id uuid NOT NULL,
  order_line_id uuid NOT NULL,
  order_id uuid NOT NULL,
  email text,
  name text,
  message text,
  send_on date,
  CONSTRAINT order_gift_recipients_pkey PRIMARY KEY (store_id, order_line_id),
  CONSTRAINT order_gift_recipients_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id),
  CONSTRAINT order_gift_recipients_store_id_order_line_id_fkey FOREIGN KEY (store_id, order_line_id) REFERENCES order_lines(store_id, order_line_id)
);
CREATE INDEX order_gift_recipients_by_email ON public.order_gift_recipients USING btree (store_id, lower(email));
CREATE INDEX order_gift_recipients_by_order ON public.order_gift_recipients USING btree (store_id, order_id);
ALTER TABLE order_gift_recipients ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_gift_recipients FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON order_gift_recipients TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON order_gift_recipients TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON order_gift_recipients FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT, UPDATE ON order_gift_recipients TO caravel_across;
GRANT INSERT, SELECT, UPDATE ON order_gift_recipients TO caravel_app;
GRANT SELECT ON order_gift_recipients TO caravel_search;

CREATE TABLE order_lines (
  store_id uuid NOT NULL,
  order_line_id uuid NOT NULL,
  order_id uuid NOT NULL,
  position integer NOT NULL,
  variant_id uuid,
  product_id uuid,
  title text NOT NULL,
  variant_title text,
  sku text,
  image_url text,
  properties jsonb NOT NULL DEFAULT '[]'::jsonb,
  requires_shipping boolean NOT NULL,
  taxable boolean NOT NULL,
  gift_card boolean NOT NULL DEFAULT false,
  grams double precision NOT NULL DEFAULT 0,
  quantity integer NOT NULL,
  unit_minor bigint NOT NULL,
  subtotal_minor bigint NOT NULL,
  product_discount_minor bigint NOT NULL,
  order_discount_minor bigint NOT NULL,
  total_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  base_minor bigint NOT NULL,
  discount_allocations jsonb NOT NULL DEFAULT '[]'::jsonb,
  shipped integer NOT NULL DEFAULT 0,
  removed integer NOT NULL DEFAULT 0,
  refunded_unshipped integer NOT NULL DEFAULT 0,
  restocked integer NOT NULL DEFAULT 0,
  refunded_units integer NOT NULL DEFAULT 0,
  refunded_minor bigint NOT NULL DEFAULT 0,
  refunded_tax_minor bigint NOT NULL DEFAULT 0,
  CONSTRAINT order_lines_pkey PRIMARY KEY (store_id, order_line_id),
  CONSTRAINT order_lines_store_id_order_id_position_key UNIQUE (store_id, order_id, "position"),
  CONSTRAINT order_lines_check CHECK (((restocked >= 0) AND (restocked <= shipped))),
  CONSTRAINT order_lines_check1 CHECK (((refunded_units >= 0) AND (refunded_units <= quantity))),
  CONSTRAINT order_lines_check2 CHECK (((refunded_minor >= 0) AND (refunded_minor <= total_minor))),
  CONSTRAINT order_lines_check3 CHECK (((refunded_tax_minor >= 0) AND (refunded_tax_minor <= tax_minor))),
  CONSTRAINT order_lines_check4 CHECK ((((shipped + removed) + refunded_unshipped) <= quantity)),
  CONSTRAINT order_lines_check5 CHECK ((refunded_unshipped <= refunded_units)),
  CONSTRAINT order_lines_quantity_check CHECK ((quantity >= 0)),
  CONSTRAINT order_lines_refunded_unshipped_check CHECK ((refunded_unshipped >= 0)),
  CONSTRAINT order_lines_removed_check CHECK ((removed >= 0)),
  CONSTRAINT order_lines_shipped_check CHECK ((shipped >= 0)),
  CONSTRAINT order_lines_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id)
);
CREATE INDEX order_lines_by_variant ON public.order_lines USING btree (store_id, variant_id);
ALTER TABLE order_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_lines FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON order_lines TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON order_lines TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON order_lines FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT, UPDATE ON order_lines TO caravel_across;
GRANT INSERT, SELECT, UPDATE ON order_lines TO caravel_app;
GRANT SELECT ON order_lines TO caravel_search;

CREATE TABLE order_settings (
  store_id uuid NOT NULL,
  cancel_unpaid boolean NOT NULL,
  hold_disputed boolean NOT NULL,
  refund_tenders text[] NOT NULL DEFAULT '{provider,store_credit,gift_card}'::text[],
  CONSTRAINT order_settings_pkey PRIMARY KEY (store_id),
  CONSTRAINT each_tender_once CHECK (((cardinality(refund_tenders) = 3) AND (refund_tenders @> '{provider,store_credit,gift_card}'::text[]))),
  CONSTRAINT order_settings_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE order_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON order_settings TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON order_settings TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON order_settings FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON order_settings TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON order_settings TO caravel_app;
GRANT SELECT ON order_settings TO caravel_search;

CREATE TABLE order_status_tokens (
  store_id uuid NOT NULL,
  token_hash text NOT NULL,
  order_id uuid NOT NULL,
  given_by text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  opened_at timestamp with time zone,
  CONSTRAINT order_status_tokens_pkey PRIMARY KEY (store_id, token_hash),
  CONSTRAINT order_status_tokens_given_by_check CHECK ((given_by = ANY (ARRAY['checkout'::text, 'mail'::text]))),
  CONSTRAINT order_status_tokens_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id)
);
CREATE INDEX order_status_tokens_by_order ON public.order_status_tokens USING btree (store_id, order_id);
ALTER TABLE order_status_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_status_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON order_status_tokens TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON order_status_tokens TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON order_status_tokens FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON order_status_tokens TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON order_status_tokens TO caravel_app;
GRANT SELECT ON order_status_tokens TO caravel_search;

CREATE TABLE order_tax_lines (
  store_id uuid NOT NULL,
  order_id uuid NOT NULL,
  position integer NOT NULL,
  taxed text NOT NULL,
  taxed_id uuid NOT NULL,
  name text NOT NULL,
  jurisdiction text NOT NULL,
  ppm integer NOT NULL,
  scheme text NOT NULL,
  taxable_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  base_tax_minor bigint NOT NULL,
  revision integer NOT NULL DEFAULT 0,
  CONSTRAINT order_tax_lines_pkey PRIMARY KEY (store_id, order_id, revision, "position"),
  CONSTRAINT order_tax_lines_taxed_check CHECK ((taxed = ANY (ARRAY['line'::text, 'shipping'::text, 'fee'::text]))),
  CONSTRAINT order_tax_lines_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id)
);
ALTER TABLE order_tax_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_tax_lines FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON order_tax_lines TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON order_tax_lines TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON order_tax_lines FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT ON order_tax_lines TO caravel_across;
GRANT INSERT, SELECT ON order_tax_lines TO caravel_app;
GRANT SELECT ON order_tax_lines TO caravel_search;

CREATE TABLE order_tenders (
  store_id uuid NOT NULL,
  order_id uuid NOT NULL,
  position integer NOT NULL,
  kind text NOT NULL,
  tender_id text NOT NULL,
  amount_minor bigint NOT NULL,
  CONSTRAINT order_tenders_pkey PRIMARY KEY (store_id, order_id, "position"),
  CONSTRAINT order_tenders_amount_minor_check CHECK ((amount_minor > 0)),
  CONSTRAINT order_tenders_kind_check CHECK ((kind = ANY (ARRAY['provider'::text, 'gift_card'::text, 'store_credit'::text]))),
  CONSTRAINT order_tenders_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id)
);
ALTER TABLE order_tenders ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_tenders FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON order_tenders TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON order_tenders TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON order_tenders FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT ON order_tenders TO caravel_across;
GRANT INSERT, SELECT ON order_tenders TO caravel_app;
GRANT SELECT ON order_tenders TO caravel_search;

CREATE TABLE orders (
  store_id uuid NOT NULL,
  order_id uuid NOT NULL,
  checkout_id uuid NOT NULL,
  test boolean NOT NULL,
  series text NOT NULL,
  number bigint,
  name text NOT NULL DEFAULT ''::text,
  state text NOT NULL DEFAULT 'open'::text,
  financial_status text NOT NULL DEFAULT 'pending'::text,
  fulfilment_status text NOT NULL DEFAULT 'unfulfilled'::text,
  return_status text NOT NULL DEFAULT 'none'::text,
  on_hold boolean NOT NULL DEFAULT false,
  capture_failed boolean NOT NULL DEFAULT false,
  capture_tries integer NOT NULL DEFAULT 0,
  locale text NOT NULL,
  source text,
  customer_id uuid,
  email text,
  phone text,
  shipping_address jsonb,
  billing_address jsonb,
  note text,
  attributes jsonb NOT NULL DEFAULT '{}'::jsonb,
  tags text[] NOT NULL DEFAULT '{}'::text[],
  risk text[] NOT NULL DEFAULT '{}'::text[],
  consent jsonb,
  currency text NOT NULL,
  subtotal_minor bigint NOT NULL,
  discount_minor bigint NOT NULL,
  shipping_minor bigint NOT NULL,
  fees_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  tax_included boolean NOT NULL,
  total_minor bigint NOT NULL,
  due_minor bigint NOT NULL,
  base jsonb NOT NULL,
  reasons jsonb NOT NULL DEFAULT '{}'::jsonb,
  authorized_minor bigint NOT NULL DEFAULT 0,
  captured_minor bigint NOT NULL DEFAULT 0,
  refunded_minor bigint NOT NULL DEFAULT 0,
  lapsed text,
  cancel_reason text,
  cancelled_at timestamp with time zone,
  placed_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  search_text text NOT NULL DEFAULT ''::text,
  revision integer NOT NULL DEFAULT 0,
  asked_to_pay_at timestamp with time zone,
  unpaid_until timestamp with time zone,
  CONSTRAINT orders_pkey PRIMARY KEY (store_id, order_id),
  CONSTRAINT orders_store_id_checkout_id_key UNIQUE (store_id, checkout_id),
  CONSTRAINT orders_store_id_series_number_key UNIQUE (store_id, series, number),
  CONSTRAINT orders_authorized_minor_check CHECK ((authorized_minor >= 0)),
  CONSTRAINT orders_cancel_reason_check CHECK ((cancel_reason = ANY (ARRAY['customer'::text, 'inventory'::text, 'fraud'::text, 'declined'::text, 'other'::text]))),
  CONSTRAINT orders_captured_minor_check CHECK ((captured_minor >= 0)),
  CONSTRAINT orders_check CHECK (((state = 'cancelled'::text) = (cancelled_at IS NOT NULL))),
  CONSTRAINT orders_due_minor_check CHECK ((due_minor >= 0)),
  CONSTRAINT orders_financial_status_check CHECK ((financial_status = ANY (ARRAY['pending'::text, 'authorized'::text, 'expired'::text, 'voided'::text, 'partially_paid'::text, 'paid'::text, 'partially_refunded'::text, 'refunded'::text]))),
  CONSTRAINT orders_fulfilment_status_check CHECK ((fulfilment_status = ANY (ARRAY['unfulfilled'::text, 'partial'::text, 'fulfilled'::text, 'on_hold'::text, 'restocked'::text]))),
  CONSTRAINT orders_lapsed_check CHECK ((lapsed = ANY (ARRAY['expired'::text, 'voided'::text]))),
  CONSTRAINT orders_refunded_minor_check CHECK ((refunded_minor >= 0)),
  CONSTRAINT orders_return_status_check CHECK ((return_status = ANY (ARRAY['none'::text, 'requested'::text, 'in_progress'::text, 'inspection_complete'::text, 'returned'::text]))),
  CONSTRAINT orders_revision_check CHECK ((revision >= 0)),
  CONSTRAINT orders_state_check CHECK ((state = ANY (ARRAY['open'::text, 'archived'::text, 'cancelled'::text]))),
  CONSTRAINT orders_total_minor_check CHECK ((total_minor >= 0)),
  CONSTRAINT orders_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX orders_by_customer ON public.orders USING btree (store_id, customer_id) WHERE (customer_id IS NOT NULL);
CREATE INDEX orders_by_email ON public.orders USING btree (store_id, lower(email));
CREATE INDEX orders_newest ON public.orders USING btree (store_id, placed_at DESC, order_id DESC);
CREATE INDEX orders_unpaid ON public.orders USING btree (unpaid_until) WHERE (unpaid_until IS NOT NULL);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE orders FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON orders TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON orders TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON orders FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT, UPDATE ON orders TO caravel_across;
GRANT INSERT, SELECT, UPDATE ON orders TO caravel_app;
GRANT SELECT ON orders TO caravel_search;

CREATE TABLE organizations (
  organization_id uuid NOT NULL,
  name text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT organizations_pkey PRIMARY KEY (organization_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON organizations TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON organizations TO caravel_app;
GRANT SELECT ON organizations TO caravel_search;

CREATE TABLE outbox_events (
  event_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  store_id uuid,
  name text NOT NULL,
  version integer NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT outbox_events_pkey PRIMARY KEY (event_id)
);
ALTER TABLE outbox_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox_events FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON outbox_events TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON outbox_events TO caravel_app WITH CHECK ((NOT (store_id IS DISTINCT FROM (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)));
GRANT DELETE, INSERT, SELECT, UPDATE ON outbox_events TO caravel_across;
GRANT INSERT ON outbox_events TO caravel_app;
GRANT SELECT ON outbox_events TO caravel_search;

CREATE TABLE pages (
  store_id uuid NOT NULL,
  page_id uuid NOT NULL,
  public_id bigint NOT NULL DEFAULT nextval('page_public_ids'::regclass),
  handle text NOT NULL,
  title text NOT NULL,
  body_html text NOT NULL DEFAULT ''::text,
  template_suffix text,
  seo_title text,
  seo_description text,
  published_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  search tsvector,
  CONSTRAINT pages_pkey PRIMARY KEY (store_id, page_id),
  CONSTRAINT pages_store_id_handle_key UNIQUE (store_id, handle),
  CONSTRAINT pages_store_id_public_id_key UNIQUE (store_id, public_id),
  CONSTRAINT pages_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX pages_search ON public.pages USING gin (store_id, search);
ALTER TABLE pages ENABLE ROW LEVEL SECURITY;
ALTER TABLE pages FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON pages TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON pages TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON pages FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON pages TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON pages TO caravel_app;
GRANT SELECT ON pages TO caravel_search;
COMMENT ON COLUMN pages.search IS 'Null until the row is written again: then its title is searched alone.';

CREATE TABLE password_resets (
  token_hash text NOT NULL,
  user_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT password_resets_pkey PRIMARY KEY (token_hash),
  CONSTRAINT password_resets_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id) ON DELETE CASCADE
);
GRANT DELETE, INSERT, SELECT, UPDATE ON password_resets TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON password_resets TO caravel_app;
GRANT SELECT ON password_resets TO caravel_search;

CREATE TABLE payment_accounts (
  store_id uuid NOT NULL,
  account_id uuid NOT NULL,
  provider text NOT NULL,
  account_key text NOT NULL,
  title text NOT NULL,
  description text NOT NULL DEFAULT ''::text,
  test_mode boolean NOT NULL,
  enabled boolean NOT NULL DEFAULT false,
  position integer NOT NULL DEFAULT 0,
  settings jsonb NOT NULL DEFAULT '{}'::jsonb,
  public_keys jsonb NOT NULL DEFAULT '{}'::jsonb,
  sealed_keys jsonb NOT NULL DEFAULT '{}'::jsonb,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  keys_refused_at timestamp with time zone,
  CONSTRAINT payment_accounts_pkey PRIMARY KEY (store_id, account_id),
  CONSTRAINT payment_accounts_store_id_account_key_key UNIQUE (store_id, account_key),
  CONSTRAINT payment_accounts_title_check CHECK ((title <> ''::text)),
  CONSTRAINT payment_accounts_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE payment_accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON payment_accounts TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON payment_accounts TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON payment_accounts FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON payment_accounts TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON payment_accounts TO caravel_app;
GRANT SELECT ON payment_accounts TO caravel_search;

CREATE TABLE payment_attempts (
  store_id uuid NOT NULL,
  payment_id uuid NOT NULL,
  attempt_no integer NOT NULL,
  method text,
  three_ds text,
  failure_code text,
  at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT payment_attempts_pkey PRIMARY KEY (store_id, payment_id, attempt_no),
  CONSTRAINT payment_attempts_store_id_payment_id_fkey FOREIGN KEY (store_id, payment_id) REFERENCES payments(store_id, payment_id) ON DELETE CASCADE
);
ALTER TABLE payment_attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_attempts FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON payment_attempts TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON payment_attempts TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON payment_attempts FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT ON payment_attempts TO caravel_across;
GRANT INSERT, SELECT ON payment_attempts TO caravel_app;
GRANT SELECT ON payment_attempts TO caravel_search;

CREATE TABLE payment_facts (
  store_id uuid NOT NULL,
  provider text NOT NULL,
  kind text NOT NULL,
  object_id text NOT NULL,
  payment_id uuid NOT NULL,
  parent_id text,
  status text NOT NULL,
  amount_minor bigint NOT NULL,
  currency text NOT NULL,
  reason text,
  operation_key text,
  due_at timestamp with time zone,
  happened_at timestamp with time zone NOT NULL,
  source text NOT NULL,
  first_seen timestamp with time zone NOT NULL DEFAULT now(),
  last_seen timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT payment_facts_pkey PRIMARY KEY (store_id, provider, kind, object_id),
  CONSTRAINT payment_facts_kind_check CHECK ((kind = ANY (ARRAY['auth'::text, 'capture'::text, 'refund'::text, 'dispute'::text]))),
  CONSTRAINT payment_facts_source_check CHECK ((source = ANY (ARRAY['answer'::text, 'return'::text, 'webhook'::text, 'poll'::text, 'staff'::text]))),
  CONSTRAINT payment_facts_store_id_payment_id_fkey FOREIGN KEY (store_id, payment_id) REFERENCES payments(store_id, payment_id) ON DELETE CASCADE
);
CREATE INDEX payment_facts_by_payment ON public.payment_facts USING btree (store_id, payment_id);
ALTER TABLE payment_facts ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_facts FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON payment_facts TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON payment_facts TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON payment_facts FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT, UPDATE ON payment_facts TO caravel_across;
GRANT INSERT, SELECT, UPDATE ON payment_facts TO caravel_app;
GRANT SELECT ON payment_facts TO caravel_search;

CREATE TABLE payment_operations (
  store_id uuid NOT NULL,
  operation_id uuid NOT NULL,
  payment_id uuid NOT NULL,
  kind text NOT NULL,
  key text NOT NULL,
  part integer NOT NULL DEFAULT 0,
  target_id text,
  amount_minor bigint NOT NULL,
  currency text NOT NULL,
  final boolean NOT NULL DEFAULT true,
  state text NOT NULL DEFAULT 'wanted'::text,
  round integer NOT NULL DEFAULT 1,
  tries integer NOT NULL DEFAULT 0,
  round_sent_at timestamp with time zone,
  next_at timestamp with time zone DEFAULT now(),
  failure text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT payment_operations_pkey PRIMARY KEY (store_id, operation_id),
  CONSTRAINT payment_operations_store_id_payment_id_key_part_key UNIQUE (store_id, payment_id, key, part),
  CONSTRAINT payment_operations_amount_minor_check CHECK ((amount_minor >= 0)),
  CONSTRAINT payment_operations_kind_check CHECK ((kind = ANY (ARRAY['capture'::text, 'cancel'::text, 'refund'::text]))),
  CONSTRAINT payment_operations_state_check CHECK ((state = ANY (ARRAY['wanted'::text, 'sent'::text, 'done'::text, 'failed'::text]))),
  CONSTRAINT payment_operations_store_id_payment_id_fkey FOREIGN KEY (store_id, payment_id) REFERENCES payments(store_id, payment_id) ON DELETE CASCADE
);
CREATE INDEX payment_operations_due ON public.payment_operations USING btree (next_at) WHERE (state = ANY (ARRAY['wanted'::text, 'sent'::text]));
ALTER TABLE payment_operations ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_operations FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON payment_operations TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON payment_operations TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON payment_operations FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT, UPDATE ON payment_operations TO caravel_across;
GRANT INSERT, SELECT, UPDATE ON payment_operations TO caravel_app;
GRANT SELECT ON payment_operations TO caravel_search;

CREATE TABLE payment_reconciliations (
  store_id uuid NOT NULL,
  account_id uuid NOT NULL,
  ran_at timestamp with time zone NOT NULL DEFAULT now(),
  looked integer NOT NULL,
  healed integer NOT NULL,
  findings jsonb NOT NULL,
  failure text,
  CONSTRAINT payment_reconciliations_pkey PRIMARY KEY (store_id, account_id),
  CONSTRAINT payment_reconciliations_store_id_account_id_fkey FOREIGN KEY (store_id, account_id) REFERENCES payment_accounts(store_id, account_id) ON DELETE CASCADE
);
ALTER TABLE payment_reconciliations ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_reconciliations FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON payment_reconciliations TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON payment_reconciliations TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON payment_reconciliations FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON payment_reconciliations TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON payment_reconciliations TO caravel_app;
GRANT SELECT ON payment_reconciliations TO caravel_search;

CREATE TABLE payments (
  store_id uuid NOT NULL,
  payment_id uuid NOT NULL,
  account_id uuid NOT NULL,
  provider text NOT NULL,
  test_mode boolean NOT NULL,
  checkout_id uuid NOT NULL,
  pay_key text NOT NULL,
  order_id uuid,
  amount_minor bigint NOT NULL,
  currency text NOT NULL,
  capture text NOT NULL,
  return_url text NOT NULL,
  provider_ref text,
  begun_at timestamp with time zone,
  stopped_at timestamp with time zone,
  unwanted_at timestamp with time zone,
  state text NOT NULL DEFAULT 'created'::text,
  authorized_minor bigint NOT NULL DEFAULT 0,
  captured_minor bigint NOT NULL DEFAULT 0,
  refunded_minor bigint NOT NULL DEFAULT 0,
  mismatch boolean NOT NULL DEFAULT false,
  failure text,
  check_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  flow text NOT NULL DEFAULT 'redirect'::text,
  authorization_expires_at timestamp with time zone,
  authorization_due_at timestamp with time zone,
  authorization_warned_at timestamp with time zone,
  CONSTRAINT payments_pkey PRIMARY KEY (store_id, payment_id),
  CONSTRAINT payments_store_id_checkout_id_pay_key_key UNIQUE (store_id, checkout_id, pay_key),
  CONSTRAINT payments_amount_minor_check CHECK ((amount_minor > 0)),
  CONSTRAINT payments_capture_check CHECK ((capture = ANY (ARRAY['now'::text, 'later'::text]))),
  CONSTRAINT payments_flow_check CHECK ((flow = ANY (ARRAY['browser'::text, 'redirect'::text, 'approved'::text]))),
  CONSTRAINT payments_state_check CHECK ((state = ANY (ARRAY['created'::text, 'action_required'::text, 'processing'::text, 'authorized'::text, 'part_captured'::text, 'captured'::text, 'failed'::text, 'canceled'::text, 'expired'::text, 'surplus'::text]))),
  CONSTRAINT payments_store_id_account_id_fkey FOREIGN KEY (store_id, account_id) REFERENCES payment_accounts(store_id, account_id)
);
CREATE INDEX payments_ageing ON public.payments USING btree (authorization_due_at) WHERE ((authorization_due_at IS NOT NULL) AND (authorization_warned_at IS NULL));
CREATE INDEX payments_by_order ON public.payments USING btree (store_id, order_id) WHERE (order_id IS NOT NULL);
CREATE INDEX payments_by_ref ON public.payments USING btree (store_id, account_id, provider_ref) WHERE (provider_ref IS NOT NULL);
CREATE INDEX payments_due ON public.payments USING btree (check_at) WHERE (check_at IS NOT NULL);
ALTER TABLE payments ENABLE ROW LEVEL SECURITY;
ALTER TABLE payments FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON payments TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON payments TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON payments FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT, UPDATE ON payments TO caravel_across;
GRANT INSERT, SELECT, UPDATE ON payments TO caravel_app;
GRANT SELECT ON payments TO caravel_search;

CREATE TABLE pickup_points (
  store_id uuid NOT NULL,
  location_id uuid NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  title text NOT NULL,
  address jsonb NOT NULL,
  instructions text,
  ready_hours integer NOT NULL,
  price_minor bigint NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT pickup_points_pkey PRIMARY KEY (store_id, location_id),
  CONSTRAINT pickup_points_price_minor_check CHECK ((price_minor >= 0)),
  CONSTRAINT pickup_points_ready_hours_check CHECK ((ready_hours >= 0)),
  CONSTRAINT pickup_points_store_id_location_id_fkey FOREIGN KEY (store_id, location_id) REFERENCES locations(store_id, location_id) ON DELETE CASCADE
);
ALTER TABLE pickup_points ENABLE ROW LEVEL SECURITY;
ALTER TABLE pickup_points FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON pickup_points TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON pickup_points TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON pickup_points FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON pickup_points TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON pickup_points TO caravel_app;
GRANT SELECT ON pickup_points TO caravel_search;

CREATE TABLE price_intervals (
  store_id uuid NOT NULL,
  interval_id uuid NOT NULL,
  variant_id uuid NOT NULL,
  price_list text NOT NULL DEFAULT 'base'::text,
  amount_minor bigint NOT NULL,
  currency text NOT NULL,
  kind text NOT NULL DEFAULT 'list'::text,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone,
  cause text NOT NULL,
  actor text NOT NULL,
  list_minor bigint,
  list_kind text,
  discounts jsonb,
  CONSTRAINT price_intervals_pkey PRIMARY KEY (store_id, interval_id),
  CONSTRAINT price_intervals_amount_minor_check CHECK ((amount_minor >= 0)),
  CONSTRAINT price_intervals_check CHECK ((list_minor >= amount_minor)),
  CONSTRAINT price_intervals_discounted CHECK (((kind = 'automatic_discount'::text) = ((list_minor IS NOT NULL) AND (list_kind IS NOT NULL) AND (discounts IS NOT NULL)))),
  CONSTRAINT price_intervals_kind_check CHECK ((kind = ANY (ARRAY['list'::text, 'sale'::text, 'automatic_discount'::text]))),
  CONSTRAINT price_intervals_list_kind_check CHECK ((list_kind = ANY (ARRAY['list'::text, 'sale'::text]))),
  CONSTRAINT price_intervals_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX price_intervals_by_variant ON public.price_intervals USING btree (store_id, variant_id, starts_at);
CREATE INDEX price_intervals_discounted ON public.price_intervals USING btree (store_id, variant_id) WHERE ((ends_at IS NULL) AND (kind = 'automatic_discount'::text));
CREATE UNIQUE INDEX price_intervals_open ON public.price_intervals USING btree (store_id, variant_id, price_list) WHERE (ends_at IS NULL);
ALTER TABLE price_intervals ENABLE ROW LEVEL SECURITY;
ALTER TABLE price_intervals FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON price_intervals TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY closed_once ON price_intervals AS RESTRICTIVE FOR UPDATE TO caravel_app USING ((ends_at IS NULL)) WITH CHECK ((ends_at IS NOT NULL));
CREATE POLICY own_store ON price_intervals TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON price_intervals FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON price_intervals TO caravel_across;
GRANT INSERT, SELECT ON price_intervals TO caravel_app;
GRANT SELECT ON price_intervals TO caravel_search;
GRANT UPDATE (ends_at) ON price_intervals TO caravel_app;

CREATE TABLE price_schedules (
  store_id uuid NOT NULL,
  schedule_id uuid NOT NULL,
  title text NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  state text NOT NULL DEFAULT 'planned'::text,
  next_at timestamp with time zone,
  began_at timestamp with time zone,
  over_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT price_schedules_pkey PRIMARY KEY (store_id, schedule_id),
  CONSTRAINT price_schedules_check CHECK ((ends_at > starts_at)),
  CONSTRAINT price_schedules_check1 CHECK (((next_at IS NULL) = (state = ANY (ARRAY['ended'::text, 'cancelled'::text, 'missed'::text])))),
  CONSTRAINT price_schedules_check2 CHECK (((over_at IS NULL) = (next_at IS NOT NULL))),
  CONSTRAINT price_schedules_check3 CHECK (((state <> ALL (ARRAY['running'::text, 'ended'::text])) OR (began_at IS NOT NULL))),
  CONSTRAINT price_schedules_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'running'::text, 'ended'::text, 'cancelled'::text, 'missed'::text]))),
  CONSTRAINT price_schedules_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX price_schedules_due ON public.price_schedules USING btree (next_at) WHERE (next_at IS NOT NULL);
ALTER TABLE price_schedules ENABLE ROW LEVEL SECURITY;
ALTER TABLE price_schedules FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON price_schedules TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON price_schedules TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON price_schedules FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON price_schedules TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON price_schedules TO caravel_app;
GRANT SELECT ON price_schedules TO caravel_search;

CREATE TABLE product_import_problems (
  store_id uuid NOT NULL,
  import_id uuid NOT NULL,
  seq integer NOT NULL,
  line integer NOT NULL,
  handle text,
  field text,
  code text NOT NULL,
  message text NOT NULL,
  fault boolean NOT NULL,
  CONSTRAINT product_import_problems_pkey PRIMARY KEY (store_id, import_id, seq),
  CONSTRAINT product_import_problems_store_id_import_id_fkey FOREIGN KEY (store_id, import_id) REFERENCES product_imports(store_id, id) ON DELETE CASCADE
);
ALTER TABLE product_import_problems ENABLE ROW LEVEL SECURITY;
ALTER TABLE product_import_problems FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON product_import_problems TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON product_import_problems TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON product_import_problems FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON product_import_problems TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON product_import_problems TO caravel_app;
GRANT SELECT ON product_import_problems TO caravel_search;

CREATE TABLE product_imports (
  store_id uuid NOT NULL,
  id uuid NOT NULL,
  status text NOT NULL DEFAULT 'queued'::text,
  file_key text NOT NULL,
  filename text NOT NULL,
  dry_run boolean NOT NULL,
  overwrite boolean NOT NULL,
  actor jsonb NOT NULL,
  progress real NOT NULL DEFAULT 0,
  products_done integer NOT NULL DEFAULT 0,
  counts jsonb NOT NULL,
  problem_count integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  finished_at timestamp with time zone,
  CONSTRAINT product_imports_pkey PRIMARY KEY (store_id, id),
  CONSTRAINT product_imports_progress_check CHECK (((progress >= (0)::double precision) AND (progress <= (1)::double precision))),
  CONSTRAINT product_imports_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'completed'::text, 'failed'::text]))),
  CONSTRAINT product_imports_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE product_imports ENABLE ROW LEVEL SECURITY;
ALTER TABLE product_imports FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON product_imports TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON product_imports TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON product_imports FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON product_imports TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON product_imports TO caravel_app;
GRANT SELECT ON product_imports TO caravel_search;

CREATE TABLE product_media (
  store_id uuid NOT NULL,
  product_media_id uuid NOT NULL,
  product_id uuid NOT NULL,
  position integer NOT NULL,
  alt text,
  media_id uuid NOT NULL,
  source_url text,
  CONSTRAINT product_media_pkey PRIMARY KEY (store_id, product_media_id),
  CONSTRAINT product_media_store_id_media_id_fkey FOREIGN KEY (store_id, media_id) REFERENCES images(store_id, image_id),
  CONSTRAINT product_media_store_id_product_id_fkey FOREIGN KEY (store_id, product_id) REFERENCES products(store_id, product_id) ON DELETE CASCADE
);
CREATE INDEX product_media_by_media ON public.product_media USING btree (store_id, media_id);
CREATE INDEX product_media_by_product ON public.product_media USING btree (store_id, product_id, "position");
ALTER TABLE product_media ENABLE ROW LEVEL SECURITY;
ALTER TABLE product_media FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON product_media TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON product_media TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON product_media FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON product_media TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON product_media TO caravel_app;
GRANT SELECT ON product_media TO caravel_search;

CREATE TABLE product_metafields (
  store_id uuid NOT NULL,
  product_id uuid NOT NULL,
  namespace text NOT NULL,
  key text NOT NULL,
  type text NOT NULL,
  value jsonb NOT NULL,
  CONSTRAINT product_metafields_pkey PRIMARY KEY (store_id, product_id, namespace, key),
  CONSTRAINT product_metafields_store_id_product_id_fkey FOREIGN KEY (store_id, product_id) REFERENCES products(store_id, product_id) ON DELETE CASCADE
);
ALTER TABLE product_metafields ENABLE ROW LEVEL SECURITY;
ALTER TABLE product_metafields FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON product_metafields TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON product_metafields TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON product_metafields FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON product_metafields TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON product_metafields TO caravel_app;
GRANT SELECT ON product_metafields TO caravel_search;

CREATE TABLE product_recommendations (
  store_id uuid NOT NULL,
  product_id uuid NOT NULL,
  intent text NOT NULL,
  recommended_id uuid NOT NULL,
  position integer NOT NULL,
  CONSTRAINT product_recommendations_pkey PRIMARY KEY (store_id, product_id, intent, recommended_id),
  CONSTRAINT product_recommendations_check CHECK ((recommended_id <> product_id)),
  CONSTRAINT product_recommendations_intent_check CHECK ((intent = ANY (ARRAY['related'::text, 'complementary'::text]))),
  CONSTRAINT product_recommendations_position_check CHECK (("position" > 0)),
  CONSTRAINT product_recommendations_store_id_product_id_fkey FOREIGN KEY (store_id, product_id) REFERENCES products(store_id, product_id) ON DELETE CASCADE,
  CONSTRAINT product_recommendations_store_id_recommended_id_fkey FOREIGN KEY (store_id, recommended_id) REFERENCES products(store_id, product_id) ON DELETE CASCADE
);
CREATE INDEX product_recommendations_by_recommended ON public.product_recommendations USING btree (store_id, recommended_id);
ALTER TABLE product_recommendations ENABLE ROW LEVEL SECURITY;
ALTER TABLE product_recommendations FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON product_recommendations TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON product_recommendations TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON product_recommendations FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON product_recommendations TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON product_recommendations TO caravel_app;
GRANT SELECT ON product_recommendations TO caravel_search;

CREATE TABLE products (
  store_id uuid NOT NULL,
  product_id uuid NOT NULL,
  public_id bigint NOT NULL DEFAULT nextval('product_public_ids'::regclass),
  handle text NOT NULL,
  title text NOT NULL,
  body_html text NOT NULL DEFAULT ''::text,
  vendor text NOT NULL DEFAULT ''::text,
  product_type text NOT NULL DEFAULT ''::text,
  tags text[] NOT NULL DEFAULT '{}'::text[],
  status text NOT NULL DEFAULT 'active'::text,
  published_at timestamp with time zone,
  seo_title text,
  seo_description text,
  gift_card boolean NOT NULL DEFAULT false,
  template_suffix text,
  options jsonb NOT NULL DEFAULT '[]'::jsonb,
  variant_count integer NOT NULL DEFAULT 0,
  price_min_minor bigint NOT NULL DEFAULT 0,
  price_max_minor bigint NOT NULL DEFAULT 0,
  search tsvector NOT NULL DEFAULT ''::tsvector,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT products_pkey PRIMARY KEY (store_id, product_id),
  CONSTRAINT products_store_id_handle_key UNIQUE (store_id, handle),
  CONSTRAINT products_store_id_public_id_key UNIQUE (store_id, public_id),
  CONSTRAINT products_handle_check CHECK ((handle <> ''::text)),
  CONSTRAINT products_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'active'::text, 'archived'::text]))),
  CONSTRAINT products_title_check CHECK ((title <> ''::text)),
  CONSTRAINT products_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX products_search ON public.products USING gin (store_id, search);
ALTER TABLE products ENABLE ROW LEVEL SECURITY;
ALTER TABLE products FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON products TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON products TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON products FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON products TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON products TO caravel_app;
GRANT SELECT ON products TO caravel_search;

CREATE TABLE provider_events (
  store_id uuid NOT NULL,
  provider text NOT NULL,
  event_id text NOT NULL,
  account_id uuid NOT NULL,
  type text NOT NULL,
  payload jsonb,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  applied_at timestamp with time zone,
  error text,
  CONSTRAINT provider_events_pkey PRIMARY KEY (store_id, provider, event_id),
  CONSTRAINT provider_events_store_id_account_id_fkey FOREIGN KEY (store_id, account_id) REFERENCES payment_accounts(store_id, account_id) ON DELETE CASCADE
);
CREATE INDEX provider_events_old ON public.provider_events USING btree (received_at) WHERE (payload IS NOT NULL);
ALTER TABLE provider_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE provider_events FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON provider_events TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON provider_events TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON provider_events FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT, UPDATE ON provider_events TO caravel_across;
GRANT INSERT, SELECT, UPDATE ON provider_events TO caravel_app;
GRANT SELECT ON provider_events TO caravel_search;

CREATE TABLE rate_answers (
  store_id uuid NOT NULL,
  service_id uuid NOT NULL,
  question_hash text NOT NULL,
  rates jsonb,
  answered_at timestamp with time zone NOT NULL DEFAULT now(),
  good_until timestamp with time zone NOT NULL,
  CONSTRAINT rate_answers_pkey PRIMARY KEY (store_id, service_id, question_hash),
  CONSTRAINT rate_answers_store_id_service_id_fkey FOREIGN KEY (store_id, service_id) REFERENCES rate_services(store_id, service_id) ON DELETE CASCADE
);
CREATE INDEX rate_answers_by_age ON public.rate_answers USING btree (store_id, service_id, good_until);
ALTER TABLE rate_answers ENABLE ROW LEVEL SECURITY;
ALTER TABLE rate_answers FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON rate_answers TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON rate_answers TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON rate_answers FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON rate_answers TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON rate_answers TO caravel_app;
GRANT SELECT ON rate_answers TO caravel_search;

CREATE TABLE rate_intervals (
  store_id uuid NOT NULL,
  interval_id uuid NOT NULL,
  market_id uuid NOT NULL,
  rate_1e10 bigint NOT NULL,
  markup_ppm integer NOT NULL,
  ending jsonb,
  source text NOT NULL,
  rate_day date,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone,
  actor text NOT NULL,
  CONSTRAINT rate_intervals_pkey PRIMARY KEY (store_id, interval_id),
  CONSTRAINT rate_intervals_rate_1e10_check CHECK ((rate_1e10 > 0)),
  CONSTRAINT rate_intervals_store_id_market_id_fkey FOREIGN KEY (store_id, market_id) REFERENCES markets(store_id, market_id)
);
CREATE INDEX rate_intervals_by_market ON public.rate_intervals USING btree (store_id, market_id, starts_at);
CREATE UNIQUE INDEX rate_intervals_open ON public.rate_intervals USING btree (store_id, market_id) WHERE (ends_at IS NULL);
ALTER TABLE rate_intervals ENABLE ROW LEVEL SECURITY;
ALTER TABLE rate_intervals FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON rate_intervals TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY closed_once ON rate_intervals AS RESTRICTIVE FOR UPDATE TO caravel_app USING ((ends_at IS NULL)) WITH CHECK ((ends_at IS NOT NULL));
CREATE POLICY own_store ON rate_intervals TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON rate_intervals FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON rate_intervals TO caravel_across;
GRANT INSERT, SELECT ON rate_intervals TO caravel_app;
GRANT SELECT ON rate_intervals TO caravel_search;
GRANT UPDATE (ends_at) ON rate_intervals TO caravel_app;

CREATE TABLE rate_limits (
  bucket text NOT NULL,
  tokens double precision NOT NULL,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT rate_limits_pkey PRIMARY KEY (bucket)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON rate_limits TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON rate_limits TO caravel_app;
GRANT SELECT ON rate_limits TO caravel_search;

CREATE TABLE rate_services (
  store_id uuid NOT NULL,
  service_id uuid NOT NULL,
  name text NOT NULL,
  address text NOT NULL,
  active boolean NOT NULL,
  countries text[],
  origin jsonb NOT NULL,
  fallback_rates jsonb NOT NULL,
  sealed_secret text NOT NULL,
  sealed_previous_secret text,
  previous_until timestamp with time zone,
  failures integer NOT NULL DEFAULT 0,
  resting_until timestamp with time zone,
  last_success_at timestamp with time zone,
  last_failure_at timestamp with time zone,
  last_failure text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT rate_services_pkey PRIMARY KEY (store_id, service_id),
  CONSTRAINT rate_services_failures_check CHECK ((failures >= 0)),
  CONSTRAINT rate_services_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE rate_services ENABLE ROW LEVEL SECURITY;
ALTER TABLE rate_services FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON rate_services TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON rate_services TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON rate_services FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON rate_services TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON rate_services TO caravel_app;
GRANT SELECT ON rate_services TO caravel_search;

CREATE TABLE reference_rates (
  source text NOT NULL,
  currency text NOT NULL,
  rate_1e10 bigint NOT NULL,
  rate_day date NOT NULL,
  fetched_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT reference_rates_pkey PRIMARY KEY (source, currency),
  CONSTRAINT reference_rates_rate_1e10_check CHECK ((rate_1e10 > 0))
);
GRANT DELETE, INSERT, SELECT, UPDATE ON reference_rates TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON reference_rates TO caravel_app;
GRANT SELECT ON reference_rates TO caravel_search;

CREATE TABLE refund_deliveries (
  store_id uuid NOT NULL,
  refund_id uuid NOT NULL,
  order_delivery_id uuid NOT NULL,
  amount_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  CONSTRAINT refund_deliveries_pkey PRIMARY KEY (store_id, refund_id, order_delivery_id),
  CONSTRAINT refund_deliveries_store_id_order_delivery_id_fkey FOREIGN KEY (store_id, order_delivery_id) REFERENCES order_deliveries(store_id, order_delivery_id),
  CONSTRAINT refund_deliveries_store_id_refund_id_fkey FOREIGN KEY (store_id, refund_id) REFERENCES refunds(store_id, refund_id)
);
ALTER TABLE refund_deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE refund_deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON refund_deliveries TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON refund_deliveries TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON refund_deliveries FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT ON refund_deliveries TO caravel_across;
GRANT INSERT, SELECT ON refund_deliveries TO caravel_app;
GRANT SELECT ON refund_deliveries TO caravel_search;

CREATE TABLE refund_lines (
  store_id uuid NOT NULL,
  refund_id uuid NOT NULL,
  order_line_id uuid NOT NULL,
  quantity integer NOT NULL,
  amount_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  restock text NOT NULL,
  unshipped integer NOT NULL,
  CONSTRAINT refund_lines_pkey PRIMARY KEY (store_id, refund_id, order_line_id),
  CONSTRAINT refund_lines_check CHECK (((unshipped >= 0) AND (unshipped <= quantity))),
  CONSTRAINT refund_lines_quantity_check CHECK ((quantity > 0)),
  CONSTRAINT refund_lines_restock_check CHECK ((restock = ANY (ARRAY['return'::text, 'cancel'::text, 'no_restock'::text]))),
  CONSTRAINT refund_lines_store_id_order_line_id_fkey FOREIGN KEY (store_id, order_line_id) REFERENCES order_lines(store_id, order_line_id),
  CONSTRAINT refund_lines_store_id_refund_id_fkey FOREIGN KEY (store_id, refund_id) REFERENCES refunds(store_id, refund_id)
);
ALTER TABLE refund_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE refund_lines FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON refund_lines TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON refund_lines TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON refund_lines FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT ON refund_lines TO caravel_across;
GRANT INSERT, SELECT ON refund_lines TO caravel_app;
GRANT SELECT ON refund_lines TO caravel_search;

CREATE TABLE refund_tenders (
  store_id uuid NOT NULL,
  refund_id uuid NOT NULL,
  position integer NOT NULL,
  kind text NOT NULL,
  tender_id text NOT NULL,
  amount_minor bigint NOT NULL,
  state text NOT NULL DEFAULT 'pending'::text,
  credited_to uuid,
  CONSTRAINT refund_tenders_pkey PRIMARY KEY (store_id, refund_id, "position"),
  CONSTRAINT refund_tenders_amount_minor_check CHECK ((amount_minor > 0)),
  CONSTRAINT refund_tenders_kind_check CHECK ((kind = ANY (ARRAY['provider'::text, 'gift_card'::text, 'store_credit'::text]))),
  CONSTRAINT refund_tenders_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'succeeded'::text, 'failed'::text]))),
  CONSTRAINT refund_tenders_store_id_refund_id_fkey FOREIGN KEY (store_id, refund_id) REFERENCES refunds(store_id, refund_id)
);
ALTER TABLE refund_tenders ENABLE ROW LEVEL SECURITY;
ALTER TABLE refund_tenders FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON refund_tenders TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON refund_tenders TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON refund_tenders FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT, UPDATE ON refund_tenders TO caravel_across;
GRANT INSERT, SELECT, UPDATE ON refund_tenders TO caravel_app;
GRANT SELECT ON refund_tenders TO caravel_search;

CREATE TABLE refunds (
  store_id uuid NOT NULL,
  refund_id uuid NOT NULL,
  order_id uuid NOT NULL,
  request_key text NOT NULL,
  state text NOT NULL DEFAULT 'pending'::text,
  amount_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  free_minor bigint NOT NULL DEFAULT 0,
  reason text,
  exchange jsonb,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  kind text NOT NULL DEFAULT 'goods'::text,
  CONSTRAINT refunds_pkey PRIMARY KEY (store_id, refund_id),
  CONSTRAINT refunds_store_id_order_id_request_key_key UNIQUE (store_id, order_id, request_key),
  CONSTRAINT refunds_amount_minor_check CHECK (((amount_minor > 0) OR ((kind = 'exchange'::text) AND (amount_minor = 0)))),
  CONSTRAINT refunds_kind_check CHECK ((kind = ANY (ARRAY['goods'::text, 'overpaid'::text, 'exchange'::text]))),
  CONSTRAINT refunds_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'succeeded'::text, 'failed'::text]))),
  CONSTRAINT refunds_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id)
);
ALTER TABLE refunds ENABLE ROW LEVEL SECURITY;
ALTER TABLE refunds FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON refunds TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON refunds TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON refunds FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT, UPDATE ON refunds TO caravel_across;
GRANT INSERT, SELECT, UPDATE ON refunds TO caravel_app;
GRANT SELECT ON refunds TO caravel_search;

CREATE TABLE return_lines (
  store_id uuid NOT NULL,
  return_id uuid NOT NULL,
  order_line_id uuid NOT NULL,
  quantity integer NOT NULL,
  reason text,
  received integer NOT NULL DEFAULT 0,
  damaged integer NOT NULL DEFAULT 0,
  replacement jsonb,
  CONSTRAINT return_lines_pkey PRIMARY KEY (store_id, return_id, order_line_id),
  CONSTRAINT return_lines_check CHECK (((received + damaged) <= quantity)),
  CONSTRAINT return_lines_damaged_check CHECK ((damaged >= 0)),
  CONSTRAINT return_lines_quantity_check CHECK ((quantity > 0)),
  CONSTRAINT return_lines_received_check CHECK ((received >= 0)),
  CONSTRAINT return_lines_store_id_order_line_id_fkey FOREIGN KEY (store_id, order_line_id) REFERENCES order_lines(store_id, order_line_id),
  CONSTRAINT return_lines_store_id_return_id_fkey FOREIGN KEY (store_id, return_id) REFERENCES returns(store_id, return_id)
);
ALTER TABLE return_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE return_lines FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON return_lines TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON return_lines TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON return_lines FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON return_lines TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON return_lines TO caravel_app;
GRANT SELECT ON return_lines TO caravel_search;

CREATE TABLE returns (
  store_id uuid NOT NULL,
  return_id uuid NOT NULL,
  order_id uuid NOT NULL,
  request_key text NOT NULL,
  state text NOT NULL,
  requested_by text NOT NULL,
  note text,
  decline_reason text,
  refund_id uuid,
  withdrawal_id uuid,
  due_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  held_until timestamp with time zone,
  CONSTRAINT returns_pkey PRIMARY KEY (store_id, return_id),
  CONSTRAINT returns_store_id_order_id_request_key_key UNIQUE (store_id, order_id, request_key),
  CONSTRAINT returns_requested_by_check CHECK ((requested_by = ANY (ARRAY['customer'::text, 'staff'::text, 'withdrawal'::text]))),
  CONSTRAINT returns_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'approved'::text, 'declined'::text, 'in_transit'::text, 'received'::text, 'refunded'::text, 'exchanged'::text, 'closed'::text]))),
  CONSTRAINT returns_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id),
  CONSTRAINT returns_store_id_refund_id_fkey FOREIGN KEY (store_id, refund_id) REFERENCES refunds(store_id, refund_id)
);
CREATE UNIQUE INDEX returns_by_withdrawal ON public.returns USING btree (store_id, withdrawal_id) WHERE (withdrawal_id IS NOT NULL);
CREATE INDEX returns_held ON public.returns USING btree (held_until) WHERE (held_until IS NOT NULL);
ALTER TABLE returns ENABLE ROW LEVEL SECURITY;
ALTER TABLE returns FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON returns TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON returns TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON returns FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON returns TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON returns TO caravel_app;
GRANT SELECT ON returns TO caravel_search;

CREATE TABLE roles (
  organization_id uuid NOT NULL,
  role_id uuid NOT NULL,
  name text NOT NULL,
  permissions text[] NOT NULL,
  built_in boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT roles_pkey PRIMARY KEY (organization_id, role_id),
  CONSTRAINT roles_organization_id_name_key UNIQUE (organization_id, name),
  CONSTRAINT roles_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(organization_id) ON DELETE CASCADE
);
GRANT DELETE, INSERT, SELECT, UPDATE ON roles TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON roles TO caravel_app;
GRANT SELECT ON roles TO caravel_search;

CREATE TABLE schedule_ticks (
  name text NOT NULL,
  next_at timestamp with time zone NOT NULL,
  CONSTRAINT schedule_ticks_pkey PRIMARY KEY (name)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON schedule_ticks TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON schedule_ticks TO caravel_app;
GRANT SELECT ON schedule_ticks TO caravel_search;

CREATE TABLE scheduled_prices (
  store_id uuid NOT NULL,
  schedule_id uuid NOT NULL,
  variant_id uuid NOT NULL,
  price_minor bigint NOT NULL,
  compare_at_minor bigint,
  before_minor bigint,
  before_compare_at_minor bigint,
  CONSTRAINT scheduled_prices_pkey PRIMARY KEY (store_id, schedule_id, variant_id),
  CONSTRAINT scheduled_prices_compare_at_minor_check CHECK ((compare_at_minor >= 0)),
  CONSTRAINT scheduled_prices_price_minor_check CHECK ((price_minor >= 0)),
  CONSTRAINT scheduled_prices_store_id_schedule_id_fkey FOREIGN KEY (store_id, schedule_id) REFERENCES price_schedules(store_id, schedule_id) ON DELETE CASCADE,
  CONSTRAINT scheduled_prices_store_id_variant_id_fkey FOREIGN KEY (store_id, variant_id) REFERENCES variants(store_id, variant_id) ON DELETE CASCADE
);
CREATE INDEX scheduled_prices_by_variant ON public.scheduled_prices USING btree (store_id, variant_id);
ALTER TABLE scheduled_prices ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduled_prices FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON scheduled_prices TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON scheduled_prices TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON scheduled_prices FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON scheduled_prices TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON scheduled_prices TO caravel_app;
GRANT SELECT ON scheduled_prices TO caravel_search;

CREATE TABLE sessions (
  session_id uuid NOT NULL,
  user_id uuid NOT NULL,
  token_hash text NOT NULL,
  user_agent text,
  ip text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  last_used_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT sessions_pkey PRIMARY KEY (session_id),
  CONSTRAINT sessions_token_hash_key UNIQUE (token_hash),
  CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id) ON DELETE CASCADE
);
CREATE INDEX sessions_by_user ON public.sessions USING btree (user_id, session_id);
GRANT DELETE, INSERT, SELECT, UPDATE ON sessions TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON sessions TO caravel_app;
GRANT SELECT ON sessions TO caravel_search;

CREATE TABLE shipping_settings (
  store_id uuid NOT NULL,
  settings jsonb NOT NULL,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT shipping_settings_pkey PRIMARY KEY (store_id),
  CONSTRAINT shipping_settings_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE shipping_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE shipping_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON shipping_settings TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON shipping_settings TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON shipping_settings FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON shipping_settings TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON shipping_settings TO caravel_app;
GRANT SELECT ON shipping_settings TO caravel_search;

CREATE TABLE shipping_zones (
  store_id uuid NOT NULL,
  zone_id uuid NOT NULL,
  name text NOT NULL,
  countries jsonb NOT NULL,
  rest_of_world boolean NOT NULL DEFAULT false,
  rates jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT shipping_zones_pkey PRIMARY KEY (store_id, zone_id),
  CONSTRAINT shipping_zones_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE UNIQUE INDEX shipping_zones_rest ON public.shipping_zones USING btree (store_id) WHERE rest_of_world;
ALTER TABLE shipping_zones ENABLE ROW LEVEL SECURITY;
ALTER TABLE shipping_zones FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON shipping_zones TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON shipping_zones TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON shipping_zones FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON shipping_zones TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON shipping_zones TO caravel_app;
GRANT SELECT ON shipping_zones TO caravel_search;

CREATE TABLE stock_movements (
  store_id uuid NOT NULL,
  movement_id uuid NOT NULL,
  item_id uuid NOT NULL,
  location_id uuid NOT NULL,
  delta_on_hand integer NOT NULL DEFAULT 0,
  delta_committed integer NOT NULL DEFAULT 0,
  delta_reserved integer NOT NULL DEFAULT 0,
  delta_unavailable integer NOT NULL DEFAULT 0,
  cause text NOT NULL,
  ref_kind text,
  ref_id text,
  actor text NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT now(),
  reason text,
  delta_incoming integer NOT NULL DEFAULT 0,
  CONSTRAINT stock_movements_pkey PRIMARY KEY (store_id, movement_id),
  CONSTRAINT stock_movements_cause_check CHECK ((cause = ANY (ARRAY['reserve'::text, 'release'::text, 'commit'::text, 'fulfil'::text, 'cancel'::text, 'restock'::text, 'count'::text, 'transfer'::text, 'import'::text, 'repair'::text, 'move'::text]))),
  CONSTRAINT stock_movements_reason_check CHECK ((reason = ANY (ARRAY['damaged'::text, 'quality_control'::text, 'safety_stock'::text]))),
  CONSTRAINT stock_movements_reasoned CHECK (((delta_unavailable = 0) OR (reason IS NOT NULL))),
  CONSTRAINT stock_movements_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX stock_movements_by_item ON public.stock_movements USING btree (store_id, item_id, location_id);
CREATE INDEX stock_movements_unavailable ON public.stock_movements USING btree (store_id, item_id, location_id) WHERE (delta_unavailable <> 0);
ALTER TABLE stock_movements ENABLE ROW LEVEL SECURITY;
ALTER TABLE stock_movements FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON stock_movements TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON stock_movements TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON stock_movements FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON stock_movements TO caravel_across;
GRANT INSERT, SELECT ON stock_movements TO caravel_app;
GRANT SELECT ON stock_movements TO caravel_search;

CREATE TABLE stock_reservations (
  store_id uuid NOT NULL,
  checkout_id uuid NOT NULL,
  item_id uuid NOT NULL,
  location_id uuid NOT NULL,
  qty integer NOT NULL,
  state text NOT NULL DEFAULT 'active'::text,
  expires_at timestamp with time zone NOT NULL,
  backordered integer NOT NULL DEFAULT 0,
  CONSTRAINT stock_reservations_pkey PRIMARY KEY (store_id, checkout_id, item_id, location_id),
  CONSTRAINT stock_reservations_check CHECK (((backordered >= 0) AND (backordered <= qty))),
  CONSTRAINT stock_reservations_qty_check CHECK ((qty > 0)),
  CONSTRAINT stock_reservations_state_check CHECK ((state = ANY (ARRAY['active'::text, 'committed'::text, 'released'::text]))),
  CONSTRAINT stock_reservations_store_id_location_id_fkey FOREIGN KEY (store_id, location_id) REFERENCES locations(store_id, location_id)
);
CREATE INDEX stock_reservations_open ON public.stock_reservations USING btree (store_id, expires_at) WHERE (state = 'active'::text);
ALTER TABLE stock_reservations ENABLE ROW LEVEL SECURITY;
ALTER TABLE stock_reservations FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON stock_reservations TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON stock_reservations TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON stock_reservations FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON stock_reservations TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON stock_reservations TO caravel_app;
GRANT SELECT ON stock_reservations TO caravel_search;

CREATE TABLE stock_transfer_lines (
  store_id uuid NOT NULL,
  transfer_id uuid NOT NULL,
  item_id uuid NOT NULL,
  quantity integer NOT NULL,
  received integer NOT NULL DEFAULT 0,
  rejected integer NOT NULL DEFAULT 0,
  CONSTRAINT stock_transfer_lines_pkey PRIMARY KEY (store_id, transfer_id, item_id),
  CONSTRAINT stock_transfer_lines_check CHECK (((received + rejected) <= quantity)),
  CONSTRAINT stock_transfer_lines_quantity_check CHECK ((quantity > 0)),
  CONSTRAINT stock_transfer_lines_received_check CHECK ((received >= 0)),
  CONSTRAINT stock_transfer_lines_rejected_check CHECK ((rejected >= 0)),
  CONSTRAINT stock_transfer_lines_store_id_transfer_id_fkey FOREIGN KEY (store_id, transfer_id) REFERENCES stock_transfers(store_id, transfer_id)
);
ALTER TABLE stock_transfer_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE stock_transfer_lines FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON stock_transfer_lines TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON stock_transfer_lines TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON stock_transfer_lines FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON stock_transfer_lines TO caravel_across;
GRANT INSERT, SELECT, UPDATE ON stock_transfer_lines TO caravel_app;
GRANT SELECT ON stock_transfer_lines TO caravel_search;

CREATE TABLE stock_transfers (
  store_id uuid NOT NULL,
  transfer_id uuid NOT NULL,
  from_location_id uuid NOT NULL,
  to_location_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'open'::text,
  note text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  shipped_at timestamp with time zone,
  closed_at timestamp with time zone,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT stock_transfers_pkey PRIMARY KEY (store_id, transfer_id),
  CONSTRAINT stock_transfers_check CHECK ((from_location_id <> to_location_id)),
  CONSTRAINT stock_transfers_state_check CHECK ((state = ANY (ARRAY['open'::text, 'shipped'::text, 'received'::text, 'cancelled'::text]))),
  CONSTRAINT stock_transfers_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id),
  CONSTRAINT stock_transfers_store_id_from_location_id_fkey FOREIGN KEY (store_id, from_location_id) REFERENCES locations(store_id, location_id),
  CONSTRAINT stock_transfers_store_id_to_location_id_fkey FOREIGN KEY (store_id, to_location_id) REFERENCES locations(store_id, location_id)
);
ALTER TABLE stock_transfers ENABLE ROW LEVEL SECURITY;
ALTER TABLE stock_transfers FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON stock_transfers TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON stock_transfers TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON stock_transfers FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON stock_transfers TO caravel_across;
GRANT INSERT, SELECT, UPDATE ON stock_transfers TO caravel_app;
GRANT SELECT ON stock_transfers TO caravel_search;

CREATE TABLE store_checks (
  store_id uuid NOT NULL,
  checked_at timestamp with time zone NOT NULL,
  whole_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  CONSTRAINT store_checks_pkey PRIMARY KEY (store_id),
  CONSTRAINT store_checks_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE store_checks ENABLE ROW LEVEL SECURITY;
ALTER TABLE store_checks FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON store_checks TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON store_checks TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON store_checks FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON store_checks TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON store_checks TO caravel_app;
GRANT SELECT ON store_checks TO caravel_search;

CREATE TABLE store_counters (
  store_id uuid NOT NULL,
  series text NOT NULL,
  next bigint NOT NULL DEFAULT 0,
  prefix text NOT NULL DEFAULT ''::text,
  suffix text NOT NULL DEFAULT ''::text,
  shown_from bigint NOT NULL DEFAULT 0,
  CONSTRAINT store_counters_pkey PRIMARY KEY (store_id, series),
  CONSTRAINT store_counters_next_check CHECK ((next >= 0)),
  CONSTRAINT store_counters_shown_from_check CHECK ((shown_from >= 0)),
  CONSTRAINT store_counters_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE store_counters ENABLE ROW LEVEL SECURITY;
ALTER TABLE store_counters FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON store_counters TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON store_counters TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON store_counters FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT, UPDATE ON store_counters TO caravel_across;
GRANT INSERT, SELECT, UPDATE ON store_counters TO caravel_app;
GRANT SELECT ON store_counters TO caravel_search;

CREATE TABLE store_faults (
  store_id uuid NOT NULL,
  fault_key text NOT NULL,
  area text NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  found text NOT NULL,
  expected text NOT NULL,
  mendable boolean NOT NULL,
  first_seen_at timestamp with time zone NOT NULL DEFAULT now(),
  last_seen_at timestamp with time zone NOT NULL DEFAULT now(),
  confirmed_at timestamp with time zone,
  cleared_at timestamp with time zone,
  CONSTRAINT store_faults_pkey PRIMARY KEY (store_id, fault_key),
  CONSTRAINT store_faults_area_check CHECK ((area = ANY (ARRAY['stock'::text, 'orders'::text, 'payments'::text, 'discounts'::text]))),
  CONSTRAINT store_faults_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE store_faults ENABLE ROW LEVEL SECURITY;
ALTER TABLE store_faults FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON store_faults TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON store_faults TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON store_faults FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON store_faults TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON store_faults TO caravel_app;
GRANT SELECT ON store_faults TO caravel_search;

CREATE TABLE store_policies (
  store_id uuid NOT NULL,
  kind text NOT NULL,
  page_id uuid NOT NULL,
  CONSTRAINT store_policies_pkey PRIMARY KEY (store_id, kind),
  CONSTRAINT store_policies_kind_check CHECK ((kind = ANY (ARRAY['terms'::text, 'privacy'::text, 'refund'::text, 'shipping'::text, 'imprint'::text]))),
  CONSTRAINT store_policies_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id),
  CONSTRAINT store_policies_store_id_page_id_fkey FOREIGN KEY (store_id, page_id) REFERENCES pages(store_id, page_id) ON DELETE CASCADE
);
CREATE INDEX store_policies_page ON public.store_policies USING btree (store_id, page_id);
ALTER TABLE store_policies ENABLE ROW LEVEL SECURITY;
ALTER TABLE store_policies FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON store_policies TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON store_policies TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON store_policies FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON store_policies TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON store_policies TO caravel_app;
GRANT SELECT ON store_policies TO caravel_search;

CREATE TABLE store_stamps (
  store_id uuid NOT NULL,
  v bigint NOT NULL DEFAULT 1,
  CONSTRAINT store_stamps_pkey PRIMARY KEY (store_id)
);
ALTER TABLE store_stamps ENABLE ROW LEVEL SECURITY;
ALTER TABLE store_stamps FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON store_stamps TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON store_stamps TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON store_stamps FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON store_stamps TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON store_stamps TO caravel_app;
GRANT SELECT ON store_stamps TO caravel_search;

CREATE TABLE stored_value_accounts (
  store_id uuid NOT NULL,
  account_id uuid NOT NULL,
  kind text NOT NULL,
  code_hash text,
  last_characters text,
  customer_id uuid,
  currency text NOT NULL,
  balance_minor bigint NOT NULL DEFAULT 0,
  expires_at timestamp with time zone,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT stored_value_accounts_pkey PRIMARY KEY (store_id, account_id),
  CONSTRAINT stored_value_accounts_store_id_code_hash_key UNIQUE (store_id, code_hash),
  CONSTRAINT stored_value_accounts_balance_minor_check CHECK ((balance_minor >= 0)),
  CONSTRAINT stored_value_accounts_check CHECK (((kind = 'gift_card'::text) = (code_hash IS NOT NULL))),
  CONSTRAINT stored_value_accounts_check1 CHECK (((kind = 'store_credit'::text) = (customer_id IS NOT NULL))),
  CONSTRAINT stored_value_accounts_kind_check CHECK ((kind = ANY (ARRAY['gift_card'::text, 'store_credit'::text]))),
  CONSTRAINT stored_value_accounts_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE UNIQUE INDEX stored_value_credit ON public.stored_value_accounts USING btree (store_id, customer_id, currency) WHERE (customer_id IS NOT NULL);
ALTER TABLE stored_value_accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE stored_value_accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON stored_value_accounts TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON stored_value_accounts TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON stored_value_accounts FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON stored_value_accounts TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON stored_value_accounts TO caravel_app;
GRANT SELECT ON stored_value_accounts TO caravel_search;

CREATE TABLE stored_value_entries (
  store_id uuid NOT NULL,
  entry_id uuid NOT NULL,
  account_id uuid NOT NULL,
  kind text NOT NULL,
  delta_minor bigint NOT NULL,
  ref text NOT NULL,
  order_id uuid,
  at timestamp with time zone NOT NULL DEFAULT now(),
  reason text,
  CONSTRAINT stored_value_entries_pkey PRIMARY KEY (store_id, entry_id),
  CONSTRAINT stored_value_entries_kind_check CHECK ((kind = ANY (ARRAY['issue'::text, 'hold'::text, 'release'::text, 'spend'::text, 'refund'::text, 'adjust'::text]))),
  CONSTRAINT stored_value_entries_store_id_account_id_fkey FOREIGN KEY (store_id, account_id) REFERENCES stored_value_accounts(store_id, account_id)
);
CREATE INDEX stored_value_entries_by_account ON public.stored_value_entries USING btree (store_id, account_id, at);
CREATE UNIQUE INDEX stored_value_entries_once ON public.stored_value_entries USING btree (store_id, account_id, kind, ref) WHERE (kind = ANY (ARRAY['issue'::text, 'refund'::text, 'adjust'::text]));
CREATE UNIQUE INDEX stored_value_entries_one_card ON public.stored_value_entries USING btree (store_id, ref) WHERE ((kind = 'issue'::text) AND (ref ~~ 'card:%'::text));
ALTER TABLE stored_value_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE stored_value_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON stored_value_entries TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON stored_value_entries TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON stored_value_entries FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON stored_value_entries TO caravel_across;
GRANT INSERT, SELECT ON stored_value_entries TO caravel_app;
GRANT SELECT ON stored_value_entries TO caravel_search;

CREATE TABLE stored_value_holds (
  store_id uuid NOT NULL,
  checkout_id uuid NOT NULL,
  account_id uuid NOT NULL,
  amount_minor bigint NOT NULL,
  state text NOT NULL,
  order_id uuid,
  at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT stored_value_holds_pkey PRIMARY KEY (store_id, checkout_id, account_id),
  CONSTRAINT stored_value_holds_amount_minor_check CHECK ((amount_minor > 0)),
  CONSTRAINT stored_value_holds_state_check CHECK ((state = ANY (ARRAY['held'::text, 'spent'::text, 'released'::text]))),
  CONSTRAINT stored_value_holds_store_id_account_id_fkey FOREIGN KEY (store_id, account_id) REFERENCES stored_value_accounts(store_id, account_id)
);
CREATE INDEX stored_value_holds_by_order ON public.stored_value_holds USING btree (store_id, order_id) WHERE (order_id IS NOT NULL);
ALTER TABLE stored_value_holds ENABLE ROW LEVEL SECURITY;
ALTER TABLE stored_value_holds FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON stored_value_holds TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON stored_value_holds TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON stored_value_holds FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON stored_value_holds TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON stored_value_holds TO caravel_app;
GRANT SELECT ON stored_value_holds TO caravel_search;

CREATE TABLE stores (
  store_id uuid NOT NULL,
  organization_id uuid NOT NULL,
  handle text NOT NULL,
  name text NOT NULL,
  state text NOT NULL DEFAULT 'open'::text,
  currency text NOT NULL,
  country text NOT NULL,
  locale text NOT NULL,
  email text,
  description text,
  time_zone text NOT NULL DEFAULT 'UTC'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  password_hash text,
  other_locales text[] NOT NULL DEFAULT '{}'::text[],
  CONSTRAINT stores_pkey PRIMARY KEY (store_id),
  CONSTRAINT stores_handle_key UNIQUE (handle),
  CONSTRAINT stores_handle_check CHECK ((handle ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::text)),
  CONSTRAINT stores_state_check CHECK ((state = ANY (ARRAY['open'::text, 'suspended'::text, 'closed'::text]))),
  CONSTRAINT stores_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(organization_id)
);
CREATE INDEX stores_by_organization ON public.stores USING btree (organization_id, store_id);
ALTER TABLE stores ENABLE ROW LEVEL SECURITY;
ALTER TABLE stores FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON stores TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON stores TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON stores FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON stores TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON stores TO caravel_app;
GRANT SELECT ON stores TO caravel_search;
COMMENT ON COLUMN stores.password_hash IS 'Shoppers must know the password to get in; null for a store that is open to all.';
COMMENT ON COLUMN stores.other_locales IS 'Published beside locale; each has addresses of its own, /de/...';

CREATE TABLE tax_answers (
  store_id uuid NOT NULL,
  service_id uuid NOT NULL,
  question_hash text NOT NULL,
  rates jsonb,
  answered_at timestamp with time zone NOT NULL DEFAULT now(),
  good_until timestamp with time zone NOT NULL,
  CONSTRAINT tax_answers_pkey PRIMARY KEY (store_id, service_id, question_hash),
  CONSTRAINT tax_answers_store_id_service_id_fkey FOREIGN KEY (store_id, service_id) REFERENCES tax_services(store_id, service_id) ON DELETE CASCADE
);
CREATE INDEX tax_answers_by_age ON public.tax_answers USING btree (store_id, service_id, good_until);
ALTER TABLE tax_answers ENABLE ROW LEVEL SECURITY;
ALTER TABLE tax_answers FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON tax_answers TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON tax_answers TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON tax_answers FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON tax_answers TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON tax_answers TO caravel_app;
GRANT SELECT ON tax_answers TO caravel_search;

CREATE TABLE tax_rates (
  store_id uuid NOT NULL,
  rate_id uuid NOT NULL,
  country text NOT NULL,
  region text,
  category text NOT NULL,
  name text NOT NULL,
  jurisdiction text NOT NULL,
  ppm integer NOT NULL,
  compound boolean NOT NULL DEFAULT false,
  exempt_below_minor bigint,
  valid_from date NOT NULL,
  valid_to date,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT tax_rates_pkey PRIMARY KEY (store_id, rate_id),
  CONSTRAINT tax_rates_check CHECK ((valid_to > valid_from)),
  CONSTRAINT tax_rates_exempt_below_minor_check CHECK ((exempt_below_minor > 0)),
  CONSTRAINT tax_rates_ppm_check CHECK ((ppm >= 0)),
  CONSTRAINT tax_rates_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX tax_rates_by_place ON public.tax_rates USING btree (store_id, country, category);
ALTER TABLE tax_rates ENABLE ROW LEVEL SECURITY;
ALTER TABLE tax_rates FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON tax_rates TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON tax_rates TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON tax_rates FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON tax_rates TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON tax_rates TO caravel_app;
GRANT SELECT ON tax_rates TO caravel_search;

CREATE TABLE tax_registrations (
  store_id uuid NOT NULL,
  registration_id uuid NOT NULL,
  scheme text NOT NULL,
  country text NOT NULL,
  region text,
  number text NOT NULL,
  rate_1e10 bigint,
  valid_from date NOT NULL,
  valid_to date,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT tax_registrations_pkey PRIMARY KEY (store_id, registration_id),
  CONSTRAINT tax_registrations_check CHECK ((valid_to > valid_from)),
  CONSTRAINT tax_registrations_rate_1e10_check CHECK ((rate_1e10 > 0)),
  CONSTRAINT tax_registrations_scheme_check CHECK ((scheme = ANY (ARRAY['local'::text, 'oss'::text, 'ioss'::text, 'uk_import'::text]))),
  CONSTRAINT tax_registrations_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE tax_registrations ENABLE ROW LEVEL SECURITY;
ALTER TABLE tax_registrations FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON tax_registrations TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON tax_registrations TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON tax_registrations FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON tax_registrations TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON tax_registrations TO caravel_app;
GRANT SELECT ON tax_registrations TO caravel_search;

CREATE TABLE tax_services (
  store_id uuid NOT NULL,
  service_id uuid NOT NULL,
  name text NOT NULL,
  address text NOT NULL,
  active boolean NOT NULL,
  countries text[] NOT NULL,
  sealed_secret text NOT NULL,
  sealed_previous_secret text,
  previous_until timestamp with time zone,
  failures integer NOT NULL DEFAULT 0,
  resting_until timestamp with time zone,
  last_success_at timestamp with time zone,
  last_failure_at timestamp with time zone,
  last_failure text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT tax_services_pkey PRIMARY KEY (store_id, service_id),
  CONSTRAINT tax_services_failures_check CHECK ((failures >= 0)),
  CONSTRAINT tax_services_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE tax_services ENABLE ROW LEVEL SECURITY;
ALTER TABLE tax_services FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON tax_services TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON tax_services TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON tax_services FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON tax_services TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON tax_services TO caravel_app;
GRANT SELECT ON tax_services TO caravel_search;

CREATE TABLE tax_settings (
  store_id uuid NOT NULL,
  settings jsonb NOT NULL,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT tax_settings_pkey PRIMARY KEY (store_id),
  CONSTRAINT tax_settings_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE tax_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE tax_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON tax_settings TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON tax_settings TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON tax_settings FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON tax_settings TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON tax_settings TO caravel_app;
GRANT SELECT ON tax_settings TO caravel_search;

CREATE TABLE theme_builds (
  store_id uuid NOT NULL,
  version_id uuid NOT NULL,
  compiler text NOT NULL,
  build_id uuid NOT NULL,
  meta json,
  artefacts jsonb NOT NULL,
  findings jsonb NOT NULL DEFAULT '[]'::jsonb,
  built_at timestamp with time zone NOT NULL,
  CONSTRAINT theme_builds_pkey PRIMARY KEY (store_id, version_id, compiler),
  CONSTRAINT theme_builds_check CHECK (((meta IS NULL) = (artefacts = '[]'::jsonb))),
  CONSTRAINT theme_builds_store_id_version_id_fkey FOREIGN KEY (store_id, version_id) REFERENCES theme_versions(store_id, version_id)
);
ALTER TABLE theme_builds ENABLE ROW LEVEL SECURITY;
ALTER TABLE theme_builds FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON theme_builds TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON theme_builds TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON theme_builds FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON theme_builds TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON theme_builds TO caravel_app;
GRANT SELECT ON theme_builds TO caravel_search;

CREATE TABLE theme_previews (
  store_id uuid NOT NULL,
  preview_id uuid NOT NULL,
  theme_id uuid,
  version_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT theme_previews_pkey PRIMARY KEY (store_id, preview_id),
  CONSTRAINT theme_previews_check CHECK (((theme_id IS NULL) = (version_id IS NULL))),
  CONSTRAINT theme_previews_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE theme_previews ENABLE ROW LEVEL SECURITY;
ALTER TABLE theme_previews FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON theme_previews TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON theme_previews TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON theme_previews FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON theme_previews TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON theme_previews TO caravel_app;
GRANT SELECT ON theme_previews TO caravel_search;

CREATE TABLE theme_problems (
  store_id uuid NOT NULL,
  theme_id uuid NOT NULL,
  version_id uuid NOT NULL,
  template text NOT NULL,
  section text NOT NULL,
  code text NOT NULL,
  file text NOT NULL,
  line integer NOT NULL,
  column integer NOT NULL,
  message text NOT NULL,
  count bigint NOT NULL,
  first_seen_at timestamp with time zone NOT NULL,
  last_seen_at timestamp with time zone NOT NULL,
  left_out_at timestamp with time zone,
  told_at timestamp with time zone,
  CONSTRAINT theme_problems_pkey PRIMARY KEY (store_id, version_id, template, section, code),
  CONSTRAINT theme_problems_count_check CHECK ((count > 0)),
  CONSTRAINT theme_problems_store_id_theme_id_fkey FOREIGN KEY (store_id, theme_id) REFERENCES themes(store_id, theme_id) ON DELETE CASCADE
);
CREATE INDEX theme_problems_by_theme ON public.theme_problems USING btree (store_id, theme_id, last_seen_at DESC);
ALTER TABLE theme_problems ENABLE ROW LEVEL SECURITY;
ALTER TABLE theme_problems FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON theme_problems TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON theme_problems TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON theme_problems FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON theme_problems TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON theme_problems TO caravel_app;
GRANT SELECT ON theme_problems TO caravel_search;

CREATE TABLE theme_publications (
  store_id uuid NOT NULL,
  publication_id uuid NOT NULL,
  kind text NOT NULL,
  theme_id uuid NOT NULL,
  version_id uuid NOT NULL,
  replaced_id uuid,
  published_at timestamp with time zone NOT NULL DEFAULT now(),
  published_by text NOT NULL,
  CONSTRAINT theme_publications_pkey PRIMARY KEY (store_id, publication_id),
  CONSTRAINT theme_publications_kind_check CHECK ((kind = ANY (ARRAY['publish'::text, 'rollback'::text]))),
  CONSTRAINT theme_publications_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id),
  CONSTRAINT theme_publications_store_id_replaced_id_fkey FOREIGN KEY (store_id, replaced_id) REFERENCES theme_publications(store_id, publication_id)
);
ALTER TABLE theme_publications ENABLE ROW LEVEL SECURITY;
ALTER TABLE theme_publications FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON theme_publications TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON theme_publications TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON theme_publications FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT ON theme_publications TO caravel_across;
GRANT INSERT, SELECT ON theme_publications TO caravel_app;
GRANT SELECT ON theme_publications TO caravel_search;

CREATE TABLE theme_uploads (
  store_id uuid NOT NULL,
  version_id uuid NOT NULL,
  started_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT theme_uploads_pkey PRIMARY KEY (store_id, version_id),
  CONSTRAINT theme_uploads_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE theme_uploads ENABLE ROW LEVEL SECURITY;
ALTER TABLE theme_uploads FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON theme_uploads TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON theme_uploads TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON theme_uploads FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON theme_uploads TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON theme_uploads TO caravel_app;
GRANT SELECT ON theme_uploads TO caravel_search;

CREATE TABLE theme_versions (
  store_id uuid NOT NULL,
  version_id uuid NOT NULL,
  theme_id uuid NOT NULL,
  n integer NOT NULL,
  manifest jsonb NOT NULL,
  source_hash text NOT NULL,
  compiler text NOT NULL,
  meta json NOT NULL,
  artefacts jsonb NOT NULL,
  findings jsonb NOT NULL DEFAULT '[]'::jsonb,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  CONSTRAINT theme_versions_pkey PRIMARY KEY (store_id, version_id),
  CONSTRAINT theme_versions_store_id_theme_id_n_key UNIQUE (store_id, theme_id, n),
  CONSTRAINT theme_versions_store_id_theme_id_version_id_key UNIQUE (store_id, theme_id, version_id),
  CONSTRAINT theme_versions_n_check CHECK ((n > 0)),
  CONSTRAINT theme_versions_store_id_theme_id_fkey FOREIGN KEY (store_id, theme_id) REFERENCES themes(store_id, theme_id)
);
ALTER TABLE theme_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE theme_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON theme_versions TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON theme_versions TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY pruning ON theme_versions TO CURRENT_USER USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK (false);
CREATE POLICY search ON theme_versions FOR SELECT TO caravel_search USING (true);
CREATE TRIGGER sealed BEFORE DELETE OR UPDATE ON public.theme_versions FOR EACH ROW EXECUTE FUNCTION theme_versions_are_sealed();
GRANT INSERT, SELECT ON theme_versions TO caravel_across;
GRANT INSERT, SELECT ON theme_versions TO caravel_app;
GRANT SELECT ON theme_versions TO caravel_search;

CREATE TABLE themes (
  store_id uuid NOT NULL,
  theme_id uuid NOT NULL,
  name text NOT NULL,
  latest_n integer NOT NULL DEFAULT 0,
  latest_version_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT themes_pkey PRIMARY KEY (store_id, theme_id),
  CONSTRAINT themes_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE themes ENABLE ROW LEVEL SECURITY;
ALTER TABLE themes FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON themes TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON themes TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON themes FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON themes TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON themes TO caravel_app;
GRANT SELECT ON themes TO caravel_search;

CREATE TABLE users (
  user_id uuid NOT NULL,
  email text NOT NULL,
  name text NOT NULL,
  password_hash text NOT NULL,
  locale text NOT NULL DEFAULT 'en'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT users_pkey PRIMARY KEY (user_id),
  CONSTRAINT users_email_key UNIQUE (email),
  CONSTRAINT users_email_check CHECK ((email = lower(email)))
);
GRANT DELETE, INSERT, SELECT, UPDATE ON users TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON users TO caravel_app;
GRANT SELECT ON users TO caravel_search;

CREATE TABLE variant_metafields (
  store_id uuid NOT NULL,
  variant_id uuid NOT NULL,
  namespace text NOT NULL,
  key text NOT NULL,
  type text NOT NULL,
  value jsonb NOT NULL,
  CONSTRAINT variant_metafields_pkey PRIMARY KEY (store_id, variant_id, namespace, key),
  CONSTRAINT variant_metafields_store_id_variant_id_fkey FOREIGN KEY (store_id, variant_id) REFERENCES variants(store_id, variant_id) ON DELETE CASCADE
);
ALTER TABLE variant_metafields ENABLE ROW LEVEL SECURITY;
ALTER TABLE variant_metafields FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON variant_metafields TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON variant_metafields TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON variant_metafields FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON variant_metafields TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON variant_metafields TO caravel_app;
GRANT SELECT ON variant_metafields TO caravel_search;

CREATE TABLE variant_price_facts (
  store_id uuid NOT NULL,
  variant_id uuid NOT NULL,
  market text NOT NULL,
  kind text NOT NULL,
  prior_minor bigint NOT NULL,
  reduction_since timestamp with time zone NOT NULL,
  on_market_since timestamp with time zone NOT NULL,
  CONSTRAINT variant_price_facts_pkey PRIMARY KEY (store_id, variant_id, market),
  CONSTRAINT variant_price_facts_kind_check CHECK ((kind = ANY (ARRAY['sale'::text, 'automatic_discount'::text]))),
  CONSTRAINT variant_price_facts_prior_minor_check CHECK ((prior_minor >= 0)),
  CONSTRAINT variant_price_facts_store_id_variant_id_fkey FOREIGN KEY (store_id, variant_id) REFERENCES variants(store_id, variant_id) ON DELETE CASCADE
);
ALTER TABLE variant_price_facts ENABLE ROW LEVEL SECURITY;
ALTER TABLE variant_price_facts FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON variant_price_facts TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON variant_price_facts TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON variant_price_facts FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON variant_price_facts TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON variant_price_facts TO caravel_app;
GRANT SELECT ON variant_price_facts TO caravel_search;

CREATE TABLE variants (
  store_id uuid NOT NULL,
  variant_id uuid NOT NULL,
  product_id uuid NOT NULL,
  public_id bigint NOT NULL DEFAULT nextval('variant_public_ids'::regclass),
  position integer NOT NULL,
  option1 text,
  option2 text,
  option3 text,
  sku text,
  barcode text,
  price_minor bigint NOT NULL,
  compare_at_minor bigint,
  cost_minor bigint,
  currency text NOT NULL,
  weight_grams double precision NOT NULL DEFAULT 0,
  weight_unit text NOT NULL DEFAULT 'kg'::text,
  taxable boolean NOT NULL DEFAULT true,
  tax_code text,
  requires_shipping boolean NOT NULL DEFAULT true,
  unit_price jsonb,
  product_media_id uuid,
  tracked boolean NOT NULL DEFAULT false,
  inventory_policy text NOT NULL DEFAULT 'deny'::text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT variants_pkey PRIMARY KEY (store_id, variant_id),
  CONSTRAINT variants_by_options UNIQUE NULLS NOT DISTINCT (store_id, product_id, option1, option2, option3) DEFERRABLE,
  CONSTRAINT variants_store_id_public_id_key UNIQUE (store_id, public_id),
  CONSTRAINT variants_compare_at_minor_check CHECK ((compare_at_minor >= 0)),
  CONSTRAINT variants_cost_minor_check CHECK ((cost_minor >= 0)),
  CONSTRAINT variants_inventory_policy_check CHECK ((inventory_policy = ANY (ARRAY['deny'::text, 'continue'::text]))),
  CONSTRAINT variants_price_minor_check CHECK ((price_minor >= 0)),
  CONSTRAINT variants_weight_grams_check CHECK ((weight_grams >= (0)::double precision)),
  CONSTRAINT variants_weight_unit_check CHECK ((weight_unit = ANY (ARRAY['g'::text, 'kg'::text, 'lb'::text, 'oz'::text]))),
  CONSTRAINT variants_store_id_product_id_fkey FOREIGN KEY (store_id, product_id) REFERENCES products(store_id, product_id) ON DELETE CASCADE,
  CONSTRAINT variants_store_id_product_media_id_fkey FOREIGN KEY (store_id, product_media_id) REFERENCES product_media(store_id, product_media_id) ON DELETE SET NULL (product_media_id)
);
CREATE INDEX variants_by_sku ON public.variants USING btree (store_id, sku) WHERE (sku IS NOT NULL);
ALTER TABLE variants ENABLE ROW LEVEL SECURITY;
ALTER TABLE variants FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON variants TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON variants TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON variants FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON variants TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON variants TO caravel_app;
GRANT SELECT ON variants TO caravel_search;

CREATE TABLE vat_rechecks (
  store_id uuid NOT NULL,
  order_id uuid NOT NULL,
  number text NOT NULL,
  country text NOT NULL,
  state text NOT NULL DEFAULT 'asking'::text,
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamp with time zone,
  until timestamp with time zone NOT NULL,
  consultation text,
  name text,
  checked_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT vat_rechecks_pkey PRIMARY KEY (store_id, order_id),
  CONSTRAINT vat_rechecks_attempts_check CHECK ((attempts >= 0)),
  CONSTRAINT vat_rechecks_check CHECK (((state = 'asking'::text) = (next_at IS NOT NULL))),
  CONSTRAINT vat_rechecks_check1 CHECK (((state <> ALL (ARRAY['valid'::text, 'invalid'::text])) OR (checked_at IS NOT NULL))),
  CONSTRAINT vat_rechecks_state_check CHECK ((state = ANY (ARRAY['asking'::text, 'valid'::text, 'invalid'::text, 'given_up'::text]))),
  CONSTRAINT vat_rechecks_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
CREATE INDEX vat_rechecks_due ON public.vat_rechecks USING btree (next_at) WHERE (next_at IS NOT NULL);
ALTER TABLE vat_rechecks ENABLE ROW LEVEL SECURITY;
ALTER TABLE vat_rechecks FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON vat_rechecks TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON vat_rechecks TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON vat_rechecks FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON vat_rechecks TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON vat_rechecks TO caravel_app;
GRANT SELECT ON vat_rechecks TO caravel_search;

CREATE TABLE webhook_attempts (
  store_id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  attempt integer NOT NULL,
  at timestamp with time zone NOT NULL,
  duration_ms integer NOT NULL,
  request_headers jsonb NOT NULL,
  status integer,
  response_excerpt text,
  error text,
  CONSTRAINT webhook_attempts_pkey PRIMARY KEY (store_id, delivery_id, attempt),
  CONSTRAINT webhook_attempts_store_id_delivery_id_fkey FOREIGN KEY (store_id, delivery_id) REFERENCES webhook_deliveries(store_id, delivery_id) ON DELETE CASCADE
);
ALTER TABLE webhook_attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_attempts FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON webhook_attempts TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON webhook_attempts TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON webhook_attempts FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_attempts TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_attempts TO caravel_app;
GRANT SELECT ON webhook_attempts TO caravel_search;

CREATE TABLE webhook_deliveries (
  store_id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  event_id uuid NOT NULL,
  sequence bigint NOT NULL,
  state text NOT NULL DEFAULT 'pending'::text,
  attempts integer NOT NULL DEFAULT 0,
  replays integer NOT NULL DEFAULT 0,
  trying_since timestamp with time zone,
  next_attempt_at timestamp with time zone NOT NULL DEFAULT now(),
  lease_until timestamp with time zone,
  delivered_at timestamp with time zone,
  last_status integer,
  last_error text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (store_id, delivery_id),
  CONSTRAINT webhook_deliveries_store_id_subscription_id_event_id_key UNIQUE (store_id, subscription_id, event_id),
  CONSTRAINT webhook_deliveries_store_id_subscription_id_sequence_key UNIQUE (store_id, subscription_id, sequence),
  CONSTRAINT webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text]))),
  CONSTRAINT webhook_deliveries_store_id_event_id_fkey FOREIGN KEY (store_id, event_id) REFERENCES webhook_events(store_id, event_id) ON DELETE CASCADE,
  CONSTRAINT webhook_deliveries_store_id_subscription_id_fkey FOREIGN KEY (store_id, subscription_id) REFERENCES webhook_subscriptions(store_id, subscription_id) ON DELETE CASCADE
);
CREATE INDEX webhook_deliveries_by_event ON public.webhook_deliveries USING btree (store_id, event_id);
CREATE INDEX webhook_deliveries_pending ON public.webhook_deliveries USING btree (store_id, subscription_id, sequence) WHERE (state = 'pending'::text);
ALTER TABLE webhook_deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON webhook_deliveries TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON webhook_deliveries TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON webhook_deliveries FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_deliveries TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_deliveries TO caravel_app;
GRANT SELECT ON webhook_deliveries TO caravel_search;

CREATE TABLE webhook_events (
  store_id uuid NOT NULL,
  event_id uuid NOT NULL,
  topic text NOT NULL,
  resource_id text NOT NULL,
  payload text NOT NULL,
  test boolean NOT NULL DEFAULT false,
  triggered_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT webhook_events_pkey PRIMARY KEY (store_id, event_id)
);
CREATE INDEX webhook_events_by_age ON public.webhook_events USING btree (store_id, triggered_at);
ALTER TABLE webhook_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_events FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON webhook_events TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON webhook_events TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON webhook_events FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_events TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_events TO caravel_app;
GRANT SELECT ON webhook_events TO caravel_search;

CREATE TABLE webhook_subscriptions (
  store_id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  address text NOT NULL,
  topics text[] NOT NULL,
  state text NOT NULL DEFAULT 'active'::text,
  pause_reason text,
  paused_at timestamp with time zone,
  sealed_secret text NOT NULL,
  sealed_previous_secret text,
  previous_until timestamp with time zone,
  next_sequence bigint NOT NULL DEFAULT 1,
  failures integer NOT NULL DEFAULT 0,
  failing_since timestamp with time zone,
  resting_until timestamp with time zone,
  last_success_at timestamp with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT webhook_subscriptions_pkey PRIMARY KEY (store_id, subscription_id),
  CONSTRAINT webhook_subscriptions_check CHECK (((state = 'paused'::text) = ((pause_reason IS NOT NULL) AND (paused_at IS NOT NULL)))),
  CONSTRAINT webhook_subscriptions_check1 CHECK (((sealed_previous_secret IS NULL) = (previous_until IS NULL))),
  CONSTRAINT webhook_subscriptions_pause_reason_check CHECK ((pause_reason = ANY (ARRAY['staff'::text, 'failing'::text, 'gone'::text]))),
  CONSTRAINT webhook_subscriptions_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text]))),
  CONSTRAINT webhook_subscriptions_topics_check CHECK ((cardinality(topics) > 0)),
  CONSTRAINT webhook_subscriptions_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id)
);
ALTER TABLE webhook_subscriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_subscriptions FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON webhook_subscriptions TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON webhook_subscriptions TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON webhook_subscriptions FOR SELECT TO caravel_search USING (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_subscriptions TO caravel_across;
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_subscriptions TO caravel_app;
GRANT SELECT ON webhook_subscriptions TO caravel_search;
COMMENT ON COLUMN webhook_subscriptions.failures IS 'Attempts in a row that failed, whatever they carried.';
COMMENT ON COLUMN webhook_subscriptions.resting_until IS 'A receiver that keeps failing is asked with one delivery at a time, not before this moment.';

CREATE TABLE withdrawals (
  store_id uuid NOT NULL,
  withdrawal_id uuid NOT NULL,
  request_key text NOT NULL,
  order_id uuid,
  stated_name text NOT NULL,
  stated_reference text NOT NULL,
  email text NOT NULL,
  lines jsonb,
  statement_text text NOT NULL,
  locale text NOT NULL,
  ip_hash text,
  page_version text NOT NULL,
  late boolean NOT NULL DEFAULT false,
  confirmed_at timestamp with time zone NOT NULL DEFAULT now(),
  receipt_hash text NOT NULL,
  status text NOT NULL DEFAULT 'received'::text,
  rejection text,
  receipt_sent_at timestamp with time zone,
  name text NOT NULL DEFAULT ''::text,
  submitted_at timestamp with time zone NOT NULL DEFAULT now(),
  stated_goods text,
  answer text,
  receipt_message_id text,
  CONSTRAINT withdrawals_pkey PRIMARY KEY (store_id, withdrawal_id),
  CONSTRAINT withdrawals_store_id_request_key_key UNIQUE (store_id, request_key),
  CONSTRAINT withdrawals_answer_check CHECK ((answer = ANY (ARRAY['cancelled'::text, 'return'::text, 'refunded'::text, 'staff'::text]))),
  CONSTRAINT withdrawals_status_check CHECK ((status = ANY (ARRAY['received'::text, 'matched'::text, 'unmatched'::text, 'rejected'::text, 'completed'::text]))),
  CONSTRAINT withdrawals_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(store_id),
  CONSTRAINT withdrawals_store_id_order_id_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders(store_id, order_id)
);
CREATE INDEX withdrawals_by_order ON public.withdrawals USING btree (store_id, order_id) WHERE (order_id IS NOT NULL);
CREATE INDEX withdrawals_newest ON public.withdrawals USING btree (store_id, withdrawal_id DESC);
ALTER TABLE withdrawals ENABLE ROW LEVEL SECURITY;
ALTER TABLE withdrawals FORCE ROW LEVEL SECURITY;
CREATE POLICY across_stores ON withdrawals TO caravel_across USING (true) WITH CHECK (true);
CREATE POLICY own_store ON withdrawals TO caravel_app USING ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid)) WITH CHECK ((store_id = (NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid));
CREATE POLICY search ON withdrawals FOR SELECT TO caravel_search USING (true);
GRANT INSERT, SELECT ON withdrawals TO caravel_across;
GRANT INSERT, SELECT ON withdrawals TO caravel_app;
GRANT SELECT ON withdrawals TO caravel_search;
GRANT UPDATE (order_id, late, status, rejection, receipt_sent_at, answer, receipt_message_id) ON withdrawals TO caravel_app;

CREATE OR REPLACE FUNCTION public.order_event_forgotten(kind text, data jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
        SELECT CASE WHEN kind = 'return_requested' AND jsonb_typeof(rest -> 'lines') = 'array'
          THEN jsonb_set(rest, '{lines}', (SELECT coalesce(jsonb_agg(line - 'reason'), '[]')
            FROM jsonb_array_elements(rest -> 'lines') line))
          ELSE rest END
        FROM (SELECT data - 'note' - 'text' - 'declineReason' - CASE
          WHEN kind IN ('shipped', 'tracking_changed') THEN ARRAY['number', 'url']
          WHEN kind IN ('refund_wanted', 'edited', 'withdrawal_rejected') THEN ARRAY['reason']
          ELSE ARRAY[]::text[] END AS rest) AS left_over
      $function$;
GRANT EXECUTE ON FUNCTION order_event_forgotten TO PUBLIC;

CREATE OR REPLACE FUNCTION public.order_events_only_forget()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF NEW.data <> order_event_forgotten(OLD.kind, OLD.data) OR NOT (NEW.actor = OLD.actor
        OR (OLD.actor->>'kind' = 'customer' AND NEW.actor = OLD.actor || '{"label": ""}')) THEN
        RAISE EXCEPTION 'The timeline of an order can only forget names and words.'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $function$;
GRANT EXECUTE ON FUNCTION order_events_only_forget TO PUBLIC;

CREATE OR REPLACE FUNCTION public.prune_theme_versions(unwanted uuid[])
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET "themes.pruning" TO 'on'
AS $function$
    WITH gone AS (
      DELETE FROM theme_versions
      WHERE store_id = nullif(current_setting('app.store_id', true), '')::uuid
        AND version_id = ANY (unwanted)
      RETURNING 1
    ) SELECT count(*) FROM gone
  $function$;
GRANT EXECUTE ON FUNCTION prune_theme_versions TO caravel_app;

CREATE OR REPLACE FUNCTION public.search_products(wanted tsquery, only_visible boolean)
 RETURNS TABLE(product_id uuid, rank real)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    SELECT p.product_id, ts_rank(p.search, wanted)
    FROM products p
    WHERE p.store_id = nullif(current_setting('app.store_id', true), '')::uuid
      AND p.search @@ wanted
      AND (NOT only_visible OR (p.status = 'active' AND p.published_at <= now()))
  $function$;
ALTER FUNCTION search_products OWNER TO caravel_search;
GRANT EXECUTE ON FUNCTION search_products TO caravel_app;

CREATE OR REPLACE FUNCTION public.theme_versions_are_sealed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
  BEGIN
    IF TG_OP = 'DELETE' AND current_setting('themes.pruning', true) = 'on'
      AND current_user = (SELECT tableowner FROM pg_tables
                          WHERE schemaname = TG_TABLE_SCHEMA AND tablename = TG_TABLE_NAME) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'A theme version is sealed: it is neither changed nor deleted.'
      USING ERRCODE = 'insufficient_privilege';
  END $function$;
GRANT EXECUTE ON FUNCTION theme_versions_are_sealed TO PUBLIC;

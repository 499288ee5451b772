import { Inject, Injectable } from '@nestjs/common';
import type { DataPlan, PageInput } from '@libs/template-engine';
import type { PriceTerms } from '@renderer/catalog';
import type { LoadedTheme } from '@renderer/themes';
import type { ShopData } from '@renderer/stores';
import { CONFIG, type Config } from '@platform/config';
import { Db, type StoreReader } from '@platform/database';
import { fillPlan } from '@template-engine/plan';
import { GLOBALS, HELPER_GLOBALS, type View } from '@template-engine/context';
import { LIMITS } from '@template-engine/language';
import { originOf } from '../1-resolve-store/canonical-host';
import type { Site } from '../1-resolve-store/resolve-store';
import { inLocale, withLocale } from '../2-match-route/locale-prefix';
import type { PageRoute } from '../2-match-route/match-route';
import { emptyCart, pageGlobals } from './globals';
import { type Resource, loadResource } from './load-resource';
import { type SourceFaces, loadSources } from './load-sources';
import { PageFaces } from './page-faces';
import { type PageFrame, PageFrames } from './page-frames';
import type { ResourceFaces } from './resource-faces';

import { pageHead, plainText } from './page-head';
import { pageTitle } from './page-titles';
import { type PagePlan, PagePlans, makePlan, planReads, readsOf } from './page-plans';
import type { Shopper } from './shopper';
import { termsOf } from './terms-of';

/** Everything that the next station needs. */
export interface LoadedPage {
  status: 200 | 404;
  /** The stamp of the snapshot that all data was read from. */
  v: number;
  theme: { themeId: string; versionId: string };
  /** `product` or `product.gift`. */
  templateName: string;
  artefact: { hash: string; js: () => Promise<string> };
  input: PageInput;
  /** What the input was filled from: it says what each section reads. */
  plan: DataPlan;
  /** Nobody else may get this page. */
  private: boolean;
  /** It reads what differs between shoppers, so another shopper's may be private. */
  varies: boolean;
  /** It is of a version that is not live. */
  preview: boolean;
  /** Whether an alternate template was asked for and found. */
  suffixed: boolean;
  /** It shows what became of a form, once. */
  tellsFormResult?: boolean;
  /** Statements that were sent, for the page's budget. */
  statements: number;
}

type PlanOf = (type: string, suffix: string | null, only?: readonly string[]) => PagePlan;

type StoreSite = Extract<Site, { kind: 'store' }>;

/** A theme to make the page of instead of the live one: a version of the store's, or one that lies elsewhere. */
export type OtherTheme = { versionId: string } | { local: LoadedTheme };

interface PageParts {
  site: StoreSite;
  frame: PageFrame;
  terms: PriceTerms;
  theme: LoadedTheme;
  planOf: PlanOf;
  preview: boolean;
  route: PageRoute;
  resource: Resource;
  shopper: Shopper;
}

/** The third station: from page kind to page data, in one snapshot of the store. */
@Injectable()
export class PageLoader {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(PageFaces) private readonly faces: PageFaces,
    @Inject(PageFrames) private readonly frames: PageFrames,
    @Inject(PagePlans) private readonly plans: PagePlans,
  ) {}

  /**
   * @param other the theme to make it of; the live one when left out
   * @returns null when the store has no published theme, or the theme no page that asks for a password
   */
  load(
    site: StoreSite,
    route: PageRoute,
    shopper: Shopper,
    other?: OtherTheme,
  ): Promise<LoadedPage | null> {
    return this.db.read(site.storeId, async (store) => {
      const frame = await this.frames.frameOf(store);
      const chosen = frame && (await this.themeFor(store, frame, other));
      if (!frame || !chosen || !hasPage(chosen.theme, route)) return null;
      const terms = termsOf(frame.shop, frame.markets, shopper);
      const found = await this.find(store, route, { ...frame, terms }, chosen);
      const preview = other !== undefined;
      return this.assemble(store, { site, frame, terms, shopper, preview, ...chosen, ...found });
    });
  }

  private async themeFor(
    store: StoreReader,
    { live }: PageFrame,
    other: OtherTheme | undefined,
  ): Promise<{ theme: LoadedTheme; planOf: PlanOf } | null> {
    if (other && 'local' in other) {
      const theme = other.local;
      return {
        theme,
        planOf: (type, suffix, only) => makePlan(theme.meta, { type, suffix, only }),
      };
    }
    const versionId = other?.versionId ?? live?.versionId;
    if (versionId === undefined) return null;
    const theme = await this.faces.themes.load(store.storeId, versionId, store);
    const { meta } = theme;
    return {
      theme,
      planOf: (type, suffix, only) => this.plans.planOf(versionId, meta, { type, suffix, only }),
    };
  }

  /** What the page is about; a page that is about nothing is the 404 page. */
  private async find(
    store: StoreReader,
    route: PageRoute,
    frame: PageFrame & { terms: PriceTerms },
    { theme, planOf }: { theme: LoadedTheme; planOf: PlanOf },
  ): Promise<{ route: PageRoute; resource: Resource }> {
    const { shop } = frame;
    if (route.type.startsWith('customers/') && theme.meta.templates[route.type] === undefined) {
      return this.find(store, { ...route, type: '404', handle: null }, frame, { theme, planOf });
    }
    const { plan } = planOf(route.type, null);
    const wanted = {
      size: plan.pagination?.size ?? LIMITS.defaultPageSize,
      reads: (path: string) => readsOf(theme.meta, planOf, route.type, path),
      currency: frame.terms.currency,
      locale: theme.localeFor(route.locale ?? shop.locale),
    };
    const faces = facesFor(this.faces, frame.terms);
    const named = await withHandle(store, route, faces);
    const resource = await loadResource(store, named, wanted, faces);
    if (resource) return { route: named, resource };
    const lost: PageRoute = { ...route, type: '404', handle: null };
    return {
      route: lost,
      resource: (await loadResource(store, lost, wanted, faces)) as Resource,
    };
  }

  private async assemble(store: StoreReader, page: PageParts): Promise<LoadedPage> {
    const { theme, route, shopper } = page;
    const { shop } = page.frame;
    const planned = page.planOf(route.type, page.resource.suffix, route.sections?.ids);
    const { plan } = planned;
    const sources = await loadSources(store, plan, facesFor(this.faces, page.terms));
    const cart =
      plan.globals.includes('cart') && shopper.cartToken !== null
        ? await this.faces.carts.view(store, shopper.cartToken, {
            buttons: planReads(plan, 'cart.additional_checkout_buttons'),
          })
        : null;
    const own = await this.ofCustomer(store, page, plan);
    const { globals, head } = this.around(page, planned);
    // Where there are markets every page has prices, and a shopper's cookie says which.
    const varies = plan.globals.some(differsByShopper) || page.frame.markets.length > 0;
    return {
      status: route.type === '404' ? 404 : 200,
      v: shop.v,
      theme: { themeId: theme.themeId, versionId: theme.versionId },
      templateName: planned.templateName,
      artefact: theme.artefactFor(route.locale ?? shop.locale),
      input: fill(planned, localised(sources, route), {
        globals: {
          ...globals,
          cart: localised(cart ?? emptyCart(page.terms.currency), route),
          form_result: shopper.formResult ?? null,
          ...localised(own, route),
        },
        assets: theme.assets,
        head,
      }),
      plan,
      preview: page.preview,
      suffixed: planned.suffix !== null,
      // Of a whole page only a cart that is there counts; of sections it is known what they read.
      private: route.sections
        ? plan.globals.some(differsByShopper)
        : cart !== null || own.customer !== null || isForOne(page),
      varies,
      tellsFormResult: shopper.formResult != null,
      statements: store.statements,
    };
  }

  /** Whoever is signed in, as far as the page reads it. */
  private async ofCustomer(
    store: StoreReader,
    { route, shopper, theme, frame: { shop } }: PageParts,
    { globals }: DataPlan,
  ): Promise<{ customer: Record<string, unknown> | null; order?: Record<string, unknown> | null }> {
    const token = shopper.customerToken ?? null;
    const { account } = this.faces;
    const locale = theme.localeFor(route.locale ?? shop.locale);
    const around = { type: route.type, locale, shop };
    const page = route.type.startsWith('customers/') ? around : null;
    const customer = globals.includes('customer') ? await account.view(store, token, page) : null;
    if (route.type !== 'customers/order') return { customer };
    return { customer, order: await account.order(store, token, route.handle ?? '') };
  }

  /** What stands around the sections: the objects of every page, and the platform's part of the head. */
  private around(
    { site, frame, terms, shopper, theme, route, resource }: PageParts,
    { suffix }: PagePlan,
  ): { globals: Record<string, unknown>; head: string } {
    const { shop, menus } = frame;
    const origin = originOf(site, this.config.shop);
    const usual = pageTitle(route.type, route.locale ?? shop.locale);
    const title = titleOf(shop, resource, usual);
    const description = plainText(resource.description || (shop.description ?? ''));
    const image = imageOf(resource);
    const globals = pageGlobals({
      shop,
      currency: terms.currency,
      markets: frame.markets,
      country: shopper.country ?? shop.country,
      origin,
      host: site.primaryHost,
      route,
      template: { name: route.type, suffix },
      locale: theme.localeFor(route.locale ?? shop.locale),
      meta: theme.meta,
      menus,
      title,
      description,
      image,
    });
    const head = pageHead({
      origin,
      shopName: shop.name,
      canonicalPath: withLocale(route.canonicalPath, route.locale),
      alternates: resource.noindex ? [] : alternatesOf(shop, route),
      canonicalQuery: route.page > 1 ? `?page=${route.page}` : '',
      title,
      description,
      image,
      currency: terms.currency,
      noindex: resource.noindex,
      product: (resource.globals.product as View<'product'> | undefined) ?? null,
      article: (resource.globals.article as View<'article'> | undefined) ?? null,
      breadcrumbs: resource.breadcrumbs.map(({ title: name, path }) => ({
        title: name,
        path: withLocale(path, route.locale),
      })),
    });
    return { globals: { ...globals, ...localised(resource.globals, route) }, head };
  }
}

/** The slices with prices as the shopper's market shows them. */
function facesFor(faces: PageFaces, terms: PriceTerms): ResourceFaces & SourceFaces {
  const { content, blogs, search, metaobjects, media } = faces;
  const catalog = faces.catalog.inMarket(terms);
  return { content, blogs, search, metaobjects, media, catalog };
}

/** The page of the product that something is recommended beside, which is asked for by its id. */
async function withHandle(
  store: StoreReader,
  route: PageRoute,
  { catalog }: ResourceFaces,
): Promise<PageRoute> {
  if (!route.recommend) return route;
  const handle = (await catalog.handleOf(store, route.recommend.productId)) ?? '';
  return { ...route, handle, canonicalPath: `/products/${encodeURIComponent(handle)}` };
}

/** Whether a page is made for the one who asks, whatever they have in their cart. */
function isForOne({ route, shopper }: PageParts): boolean {
  const alone = route.type === 'cart' || route.type === 'password';
  return alone || shopper.formResult != null || route.type.startsWith('customers/');
}

/** Themes need not have a page that asks for a password. */
function hasPage({ meta }: LoadedTheme, { type }: PageRoute): boolean {
  return type !== 'password' || meta.templates.password !== undefined;
}

/** Whether an `@object` is each shopper's own. */
function differsByShopper(name: string): boolean {
  return GLOBALS[name]?.private === true;
}

function fill(
  { plan }: PagePlan,
  sources: Record<string, unknown>,
  rest: { globals: Record<string, unknown>; assets: LoadedTheme['assets']; head: string },
): PageInput {
  const globals = Object.fromEntries(
    // Menus are read by name or through a setting; the plan lists both kinds apart.
    Object.entries(rest.globals).filter(
      ([name]) =>
        plan.globals.includes(name) ||
        (name === 'menus' && plan.menus.length > 0) ||
        HELPER_GLOBALS.includes(name),
    ),
  );
  // What the slices' faces give is plain JSON by their contract; its exact shapes are the table of the engine.
  return fillPlan(plan, sources as Parameters<typeof fillPlan>[1], {
    ...rest,
    globals: globals as PageInput['globals'],
  });
}

/** Data whose addresses are in the language of the page. */
function localised<T>(data: T, { locale }: PageRoute): T {
  return locale === undefined ? data : inLocale(data, locale);
}

/** The same page in each of the store's languages; none for a store with one. */
function alternatesOf(
  { locale, otherLocales }: ShopData,
  { canonicalPath }: PageRoute,
): { locale: string; path: string }[] {
  if (otherLocales.length === 0) return [];
  return [
    { locale, path: canonicalPath },
    ...otherLocales.map((tag) => ({ locale: tag, path: withLocale(canonicalPath, tag) })),
    { locale: 'x-default', path: canonicalPath },
  ];
}

function titleOf(shop: ShopData, { seoTitle, title }: Resource, usual: string | null): string {
  if (seoTitle) return seoTitle;
  const own = title ?? usual;
  return own === null ? shop.name : `${own} – ${shop.name}`;
}

function imageOf({ globals }: Resource): View<'image'> | null {
  const product = globals.product as View<'product'> | undefined;
  const collection = globals.collection as View<'collection'> | undefined;
  const article = globals.article as View<'article'> | undefined;
  return product?.featured_image ?? collection?.image ?? article?.image ?? null;
}

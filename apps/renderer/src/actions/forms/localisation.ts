import { Inject, Injectable } from '@nestjs/common';
import { OpenCarts } from '@renderer/checkout';
import { StorefrontStores } from '@renderer/stores';
import { Db } from '@platform/database';
import type { Site } from '../../1-resolve-store/resolve-store';
import { withLocale, withoutLocale } from '../../2-match-route/locale-prefix';
import { SettingsOfStores } from '../../2-match-route/store-settings';
import { countryCookie, shopperOf } from '../../3-load-page/shopper';
import { redirect } from '../../5-send-response/plain-page';
import type { ShopRequest, ShopResponse } from '../../shop-request';
import { placeOf } from '../place-of';
import type { Input } from '../read-input';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** In which language a shopper reads, and in which market they buy. */
@Injectable()
export class Localisation {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(SettingsOfStores) private readonly settings: SettingsOfStores,
    @Inject(StorefrontStores) private readonly stores: StorefrontStores,
    @Inject(OpenCarts) private readonly carts: OpenCarts,
  ) {}

  /** The language of a request. */
  async localeOf(storeId: string, { locale }: Pick<ShopRequest, 'locale'>): Promise<string> {
    return locale ?? (await this.settings.of(storeId)).locale;
  }

  /** Remembers where the shopper buys, gives the cart that market's prices, and goes on in the chosen language. */
  async answer(
    site: StoreSite,
    input: Input,
    from: string,
    request: ShopRequest,
  ): Promise<ShopResponse> {
    const answer = await this.goOn(site, input, from, request);
    const chosen = input.country_code;
    if (typeof chosen !== 'string' || !/^[A-Z]{2}$/.test(chosen)) return answer;
    const { cartToken: token } = shopperOf(request.headers.cookie);
    const atHome = await this.db.write(site.storeId, async (store) => {
      const shop = await this.stores.shop(store);
      if (!shop) return true;
      const { market = 'home' } = await placeOf(store, shop, chosen);
      const cart = token === null ? null : await this.carts.find(store, token);
      if (cart) await this.carts.moveTo(store, { token, currency: shop.currency, market });
      return market === 'home';
    });
    const cookie = countryCookie(atHome ? null : chosen, request.secure);
    return { ...answer, headers: { ...answer.headers, 'set-cookie': cookie } };
  }

  /** The same page in the language that was chosen; `locale_code`, or `language_code` as others call it. */
  private async goOn(
    { storeId }: StoreSite,
    { locale_code: code, language_code: other }: Input,
    from: string,
    { locale }: ShopRequest,
  ): Promise<ShopResponse> {
    const chosen = typeof code === 'string' ? code : other;
    const settings = await this.settings.of(storeId);
    const path = withoutLocale(from, locale);
    const known = settings.otherLocales.find((tag) => tag === chosen);
    if (known === undefined && chosen === settings.locale) return redirect(303, path);
    return redirect(303, withLocale(path, known ?? locale));
  }
}

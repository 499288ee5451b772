import { type DynamicModule, Module } from '@nestjs/common';
import { PlatformModule, type PlatformOptions } from '@libs/platform';
import { CatalogRendererModule } from '@renderer/catalog';
import { CheckoutRendererModule } from '@renderer/checkout';
import { ContentRendererModule } from '@renderer/content';
import { CustomersRendererModule } from '@renderer/customers';
import { DomainsRendererModule } from '@renderer/domains';
import { MediaRendererModule } from '@renderer/media';
import { PaymentsRendererModule } from '@renderer/payments';
import { OrdersRendererModule } from '@renderer/orders';
import { StoresRendererModule } from '@renderer/stores';
import { ThemesRendererModule } from '@renderer/themes';
import { StoreResolver } from './1-resolve-store/resolve-store';
import { SettingsOfStores } from './2-match-route/store-settings';
import { PageLoader } from './3-load-page/load-page';
import { PageFaces } from './3-load-page/page-faces';
import { PageFrames } from './3-load-page/page-frames';
import { PagePlans } from './3-load-page/page-plans';
import { MakingTurns } from './4-render-theme/making-turns';
import { PreviewPool, RenderPool, SlowPool } from './4-render-theme/render-pool';
import { FragmentCache } from './4-render-theme/fragments/fragment-cache';
import { FragmentPages } from './4-render-theme/fragments/fragment-pages';
import { ThemeRenderer } from './4-render-theme/render-theme';
import { SectionBlacklist } from './4-render-theme/section-blacklist';
import { SectionFailures } from './4-render-theme/section-failures';
import { StoreCosts } from './4-render-theme/store-costs';
import { AssetResponses } from './5-send-response/asset-response';
import { SeoResponses } from './5-send-response/seo-responses';
import { ProductResponses } from './5-send-response/product-responses';
import { SharedData } from './5-send-response/shared-data';
import { SuggestResponses } from './5-send-response/suggest-response';
import { AccountActions } from './account/account-actions';
import { AccountData } from './account/account-data';
import { AccountPages } from './account/account-pages';
import { Reorder } from './account/reorder';
import { FormActions } from './actions/forms/form-actions';
import { Localisation } from './actions/forms/localisation';
import { FormResults } from './actions/forms/form-results';
import { ProviderWebhooks } from './actions/provider-webhooks';
import { Actions } from './actions/actions';
import { CartActions } from './actions/cart-actions';
import { CartExtras } from './actions/cart-extras';
import { ShopperLimits } from './actions/shopper-limits';
import { CheckoutActions } from './checkout/checkout-actions';
import { CodeForms } from './checkout/code-forms';
import { CheckoutDesk } from './checkout/desk';
import { OrderKnowledge } from './checkout/order-knowledge';
import { OrderStatus } from './checkout/order-status';
import { ExpressForm } from './checkout/express-form';
import { PayForm } from './checkout/pay-form';
import { ReturnForm } from './checkout/return-form';
import { StepForms } from './checkout/step-forms';
import { VatField } from './checkout/vat-field';
import { StoreLooks } from './checkout/store-looks';
import { PageCache } from './page-cache/page-cache';
import { Stamps } from './page-cache/stamps';
import { LockedStores } from './password/locked-stores';
import { PasswordGate } from './password/password-gate';
import { Pipeline } from './pipeline';
import { PolicyReports } from './checkout/policy-reports';
import { PreviewData } from './preview/preview-data';
import { PreviewPages } from './preview/preview-pages';
import { PreviewRoutes } from './preview/preview-routes';
import { Previews } from './preview/previews';
import { Routes } from './routes';
import { StoreFiles } from './store-files';
import { StorePages } from './store-pages';
import { StoreSections } from './store-sections';
import { ShopServer } from './shop-server';
import { WithdrawActions } from './withdraw/withdraw-actions';
import { Certificates } from './tls/certificates';

/** The fourth station. */
const rendering = [
  RenderPool,
  PreviewPool,
  SlowPool,
  StoreCosts,
  MakingTurns,
  SectionBlacklist,
  SectionFailures,
  FragmentCache,
  FragmentPages,
  ThemeRenderer,
];

/** What is no page: files, what search engines and scripts read. */
const dataProviders = [
  AssetResponses,
  SeoResponses,
  SuggestResponses,
  SharedData,
  ProductResponses,
];

/** What takes forms, and who may see a store. */
const formProviders = [
  FormActions,
  Localisation,
  FormResults,
  LockedStores,
  PasswordGate,
  SettingsOfStores,
];

/** The pages of the checkout. */
const checkoutPages = [
  CheckoutActions,
  CheckoutDesk,
  StepForms,
  VatField,
  CodeForms,
  PayForm,
  ExpressForm,
  OrderStatus,
  StoreLooks,
  OrderKnowledge,
  PolicyReports,
  ReturnForm,
  WithdrawActions,
];

/** Customers' accounts. */
const accountProviders = [AccountPages, AccountActions, AccountData, Reorder];

/** The stations and the slices' renderer faces, wired. */
@Module({})
export class RendererModule {
  static forRoot(options: PlatformOptions): DynamicModule {
    return {
      module: RendererModule,
      imports: [
        PlatformModule.forRoot(options),
        StoresRendererModule,
        DomainsRendererModule,
        MediaRendererModule,
        CatalogRendererModule,
        ContentRendererModule,
        CustomersRendererModule,
        PaymentsRendererModule,
        ThemesRendererModule,
        CheckoutRendererModule,
        OrdersRendererModule,
      ],
      providers: [
        ShopServer,
        Certificates,
        Pipeline,
        StoreResolver,
        Previews,
        PreviewData,
        PreviewPages,
        PreviewRoutes,
        Routes,
        StoreFiles,
        StorePages,
        StoreSections,
        PageLoader,
        PageFaces,
        PageFrames,
        PagePlans,
        ...rendering,
        ...dataProviders,
        Actions,
        CartActions,
        CartExtras,
        ShopperLimits,
        ProviderWebhooks,
        ...formProviders,
        ...checkoutPages,
        ...accountProviders,
        PageCache,
        Stamps,
      ],
    };
  }
}

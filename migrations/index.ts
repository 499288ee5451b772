import { MarketPrices1795389000000 } from './20261122T2310-market-prices';
import { GeneralDiscounts1795388400000 } from './20261122T2300-general-discounts';
import { AmendingDocuments1795381200000 } from './20261122T2100-amending-documents';
import { ExpressCheckouts1795356600000 } from './20261122T1410-express-checkouts';
import { RateServices1795384800000 } from './20261122T2200-rate-services';
import { RefusedKeys1795356000000 } from './20261122T1400-refused-keys';
import { Documents1795348800000 } from './20261122T1200-documents';
import { SoldGiftCards1795349400000 } from './20261122T1210-sold-gift-cards';
import { OldCarts1795391820000 } from './20261122T2357-old-carts';
import type { MixedList } from 'typeorm';
import { Platform1795255200000 } from './20261121T1000-platform';
import { PaymentFlow1795327260000 } from './20261122T0601-payment-flow';
import { VatNumbers1795327320000 } from './20261122T0602-vat-numbers';
import { Identity1795258800000 } from './20261121T1100-identity';
import { Stores1795262400000 } from './20261121T1200-stores';
import { Domains1795266000000 } from './20261121T1300-domains';
import { Media1795267800000 } from './20261121T1350-media';
import { Catalog1795269600000 } from './20261121T1400-catalog';
import { CatalogImports1795270200000 } from './20261121T1410-catalog-imports';
import { Content1795273200000 } from './20261121T1500-content';
import { Themes1795276800000 } from './20261121T1600-themes';
import { Checkout1795284000000 } from './20261121T1800-checkout';
import { ThemePreviews1795285800000 } from './20261121T1830-theme-previews';
import { Blogs1795287600000 } from './20261121T1900-blogs';
import { StoredValue1795295100000 } from './20261121T2105-stored-value';
import { Payments1795294800000 } from './20261121T2100-payments';
import { ThemeProblems1795289400000 } from './20261121T1930-theme-problems';
import { Metaobjects1795292400000 } from './20261121T2020-metaobjects';
import { SearchEverywhere1795291800000 } from './20261121T2010-search-everywhere';
import { StoreLocales1795293000000 } from './20261121T2030-store-locales';
import { SellingRules1795295400000 } from './20261121T2110-selling-rules';
import { ThemeBuilds1795297500000 } from './20261121T2145-theme-builds';
import { StoreForms1795291200000 } from './20261121T2000-store-forms';
import { StockBackorders1795297200000 } from './20261121T2140-stock-backorders';
import { Checkouts1795296600000 } from './20261121T2130-checkouts';
import { Orders1795296000000 } from './20261121T2120-orders';
import { AfterSales1795296060000 } from './20261121T2121-after-sales';
import { Customers1795297800000 } from './20261121T2150-customers';
import { CheckoutRates1795296660000 } from './20261121T2131-checkout-rates';
import { OrderEdits1795309260000 } from './20261122T0101-order-edits';
import { CheckoutTerms1795309320000 } from './20261122T0102-checkout-terms';
import { CheckoutCustomers1795298400000 } from './20261121T2200-checkout-customers';
import { PriceFacts1795320000000 } from './20261122T0400-price-facts';
import { StoreFaults1795323660000 } from './20261122T0501-store-faults';
import { CheckoutStoredValue1795305660000 } from './20261122T0001-checkout-stored-value';
import { Webhooks1795316400000 } from './20261122T0300-webhooks';
import { MailTemplates1795316460000 } from './20261122T0301-mail-templates';
import { AbandonedCarts1795316520000 } from './20261122T0302-abandoned-carts';
import { RefundTenders1795305720000 } from './20261122T0002-refund-tenders';
import { Withdrawals1795312860000 } from './20261122T0201-withdrawals';
import { CartOwners1795305780000 } from './20261122T0003-cart-owners';
import { PaymentReconciliations1795323720000 } from './20261122T0502-payment-reconciliations';
import { OrderErasure1795312920000 } from './20261122T0202-order-erasure';
import { Exchanges1795352400000 } from './20261122T1300-exchanges';
import { Markets1795320600000 } from './20261122T0410-markets';

import { StaffGiftCards1795391700000 } from './20261122T2355-staff-gift-cards';
import { TimelineForgets1795391760000 } from './20261122T2356-timeline-forgets';
import { ToldFacts1795392420000 } from './20261122T2367-told-facts';
import { UnpaidOrders1795391880000 } from './20261122T2358-unpaid-orders';
import { RefundTenderOrder1795391940000 } from './20261122T2359-refund-tender-order';
import { GiftRecipients1795392060000 } from './20261122T2361-gift-recipients';
import { AuthorizationAges1795392120000 } from './20261122T2362-authorization-ages';
import { SanitizedHtml1795392480000 } from './20261122T2368-sanitized-html';
import { DeliveringLocations1795392600000 } from './20261122T2370-delivering-locations';
import { UnavailableStock1795392660000 } from './20261122T2371-unavailable-stock';
import { StockTransfers1795392720000 } from './20261122T2372-stock-transfers';
import { VatRechecks1795392840000 } from './20261122T2374-vat-rechecks';
import { PriceSchedules1795392900000 } from './20261122T2375-price-schedules';
import { ProductRecommendations1795394280000 } from './20261122T2398-product-recommendations';
import { OpenedStatusLinks1795394400000 } from './20261122T2400-opened-status-links';
import { IpCountry1795393200000 } from './20261122T2380-ip-country';
import { StorePolicies1795393080000 } from './20261122T2378-store-policies';
import { AttemptsStay1795393500000 } from './20261122T2385-attempts-stay';
import { TaxServices1795393800000 } from './20261122T2390-tax-services';
import { OpenVatNumbers1795393860000 } from './20261122T2391-open-vat-numbers';
import { CartMailPeriod1795394100000 } from './20261122T2395-cart-mail-period';
import { ChangedSchedules1795394160000 } from './20261122T2396-changed-schedules';

/** Every migration in the order in which it runs. */
// oxlint-disable-next-line typescript/no-unsafe-function-type -- TypeORM names constructors by this type.
export const migrations: MixedList<Function> & Function[] = [
  Platform1795255200000,
  Identity1795258800000,
  VatNumbers1795327320000,
  PaymentFlow1795327260000,
  Stores1795262400000,
  Domains1795266000000,
  Media1795267800000,
  Catalog1795269600000,
  CatalogImports1795270200000,
  Content1795273200000,
  Themes1795276800000,
  Checkout1795284000000,
  ThemePreviews1795285800000,
  Blogs1795287600000,
  ThemeProblems1795289400000,
  StoreForms1795291200000,
  SearchEverywhere1795291800000,
  Metaobjects1795292400000,
  StoreLocales1795293000000,
  Payments1795294800000,
  StoredValue1795295100000,
  SellingRules1795295400000,
  Orders1795296000000,
  AfterSales1795296060000,
  Checkouts1795296600000,
  StockBackorders1795297200000,
  ThemeBuilds1795297500000,
  Customers1795297800000,
  CheckoutRates1795296660000,
  CheckoutCustomers1795298400000,
  Webhooks1795316400000,
  MailTemplates1795316460000,
  AbandonedCarts1795316520000,
  PriceFacts1795320000000,
  Markets1795320600000,
  StoreFaults1795323660000,
  CheckoutStoredValue1795305660000,
  RefundTenders1795305720000,
  OrderEdits1795309260000,
  Withdrawals1795312860000,
  CartOwners1795305780000,
  CheckoutTerms1795309320000,
  PaymentReconciliations1795323720000,
  OrderErasure1795312920000,
  Exchanges1795352400000,
  RefusedKeys1795356000000,
  Documents1795348800000,
  ExpressCheckouts1795356600000,
  SoldGiftCards1795349400000,
  AmendingDocuments1795381200000,
  StaffGiftCards1795391700000,
  GeneralDiscounts1795388400000,
  MarketPrices1795389000000,
  TimelineForgets1795391760000,
  RateServices1795384800000,
  OldCarts1795391820000,
  UnpaidOrders1795391880000,
  RefundTenderOrder1795391940000,
  GiftRecipients1795392060000,
  AuthorizationAges1795392120000,
  ToldFacts1795392420000,
  SanitizedHtml1795392480000,
  DeliveringLocations1795392600000,
  UnavailableStock1795392660000,
  StockTransfers1795392720000,
  VatRechecks1795392840000,
  PriceSchedules1795392900000,
  StorePolicies1795393080000,
  IpCountry1795393200000,
  AttemptsStay1795393500000,
  TaxServices1795393800000,
  OpenVatNumbers1795393860000,
  CartMailPeriod1795394100000,
  ChangedSchedules1795394160000,
  ProductRecommendations1795394280000,
  OpenedStatusLinks1795394400000,
];

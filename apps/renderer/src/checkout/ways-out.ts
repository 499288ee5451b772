import { leavingPage } from '@renderer/checkout';
import { redirect } from '../5-send-response/plain-page';
import type { ShopRequest, ShopResponse } from '../shop-request';
import type { CheckoutDesk, Visit } from './desk';

/** The shop's own address as the browser knows it. */
export function originOf({ secure, hosts }: ShopRequest): string {
  return `${secure ? 'https' : 'http'}://${hosts[0] ?? ''}`;
}

/** A form may only lead to this host: the way to another one is a page of its own. */
export function leave(desk: CheckoutDesk, visit: Visit, url: string): ShopResponse {
  const own = originOf(visit.request);
  const target = new URL(url, own);
  if (target.origin === own) return redirect(303, `${target.pathname}${target.search}`);
  return desk.page(visit, leavingPage(target.href, visit.setting));
}

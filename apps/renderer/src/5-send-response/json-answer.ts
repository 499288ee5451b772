import type { ShopResponse } from '../shop-request';

/** A JSON answer, which nobody keeps where the headers do not say otherwise. */
export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): ShopResponse {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    },
    body: Buffer.from(JSON.stringify(body)),
  };
}

import { buffer } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AssetFiles } from '@renderer/media';
import type { ShopRequest, ShopResponse } from '../shop-request';

/** Bytes of files that one process keeps; all others come from the store of files each time. */
const mostBytes = 64 * 1024 * 1024;
const largestKept = 512 * 1024;

/**
 * Answers with files whose address names their content: kept for ever by browsers, in the form that the client takes.
 * What a merchant uploaded must not run as a page of the shop, hence the sandbox for SVG and HTML.
 */
@Injectable()
export class AssetResponses {
  private readonly kept = new LRUCache<string, ShopResponse>({
    maxSize: mostBytes,
    sizeCalculation: ({ body }) => body.length + 500,
  });

  constructor(@Inject(AssetFiles) private readonly files: AssetFiles) {}

  /** An asset of a theme, or null. */
  async asset(hash16: string, request: ShopRequest): Promise<ShopResponse | null> {
    const accept = request.headers['accept-encoding'];
    const found = await this.files.asset(hash16, accept);
    if (!found) return null;
    const key = `${hash16}|${found.encoding}`;
    const kept = this.kept.get(key);
    if (kept) {
      found.stream.destroy();
      return kept;
    }
    const headers: Record<string, string> = {
      ...fileHeaders(found.meta.contentType),
      vary: 'Accept-Encoding',
    };
    if (found.encoding !== 'identity') headers['content-encoding'] = found.encoding;
    return this.keep(key, { status: 200, headers, body: await buffer(found.stream) });
  }

  /** A size of an image, or null. */
  async image(contentHash: string, width: number): Promise<ShopResponse | null> {
    const key = `${contentHash}|${width}`;
    const kept = this.kept.get(key);
    if (kept) return kept;
    const found = await this.files.image(contentHash, width);
    if (!found) return null;
    return this.keep(key, {
      status: 200,
      headers: fileHeaders(found.meta.contentType),
      body: await buffer(found.stream),
    });
  }

  private keep(key: string, response: ShopResponse): ShopResponse {
    if (response.body.length <= largestKept) this.kept.set(key, response);
    return response;
  }
}

function fileHeaders(type: string): Record<string, string> {
  const active = /^(image\/svg|text\/html|application\/xhtml|application\/xml|text\/xml)/.test(
    type,
  );
  return {
    'content-type':
      /^text\/|javascript|json/.test(type) && !/charset/.test(type)
        ? `${type}; charset=utf-8`
        : type,
    'cache-control': 'public, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
    ...(active ? { 'content-security-policy': 'sandbox' } : {}),
  };
}

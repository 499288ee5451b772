import { Inject, Injectable } from '@nestjs/common';
import { Secrets } from '@platform/secrets';

/** What a preview token says of itself. */
export interface PreviewClaim {
  previewId: string;
  expiresAt: Date;
}

const purpose = 'theme-preview';
const form = /^([0-9a-f-]{36})~(\d{1,12})~([\w.-]{20,200})$/;

/**
 * Preview tokens, `<preview id>~<end in seconds since 1970>~<signature>`: signed for one store, so that a made-up one
 * never costs a look into the database. All characters may stand in a cookie and in a query.
 */
@Injectable()
export class PreviewTokens {
  constructor(@Inject(Secrets) private readonly secrets: Secrets) {}

  /** The token of a preview; its end is cut to whole seconds. */
  sign(storeId: string, { previewId, expiresAt }: PreviewClaim): string {
    const end = Math.floor(expiresAt.getTime() / 1000);
    return `${previewId}~${end}~${this.secrets.sign(text(storeId, previewId, end), purpose)}`;
  }

  /** @returns what the token claims; null when we did not make it for this store, or when it has ended */
  verify(storeId: string, token: string, now: Date): PreviewClaim | null {
    const [, previewId, end, signature] = form.exec(token) ?? [];
    if (previewId === undefined || end === undefined || signature === undefined) return null;
    const expiresAt = new Date(Number(end) * 1000);
    if (expiresAt <= now) return null;
    const ours = this.secrets.verify(text(storeId, previewId, Number(end)), signature, purpose);
    return ours ? { previewId, expiresAt } : null;
  }
}

function text(storeId: string, previewId: string, end: number): string {
  return JSON.stringify([storeId, previewId, end]);
}

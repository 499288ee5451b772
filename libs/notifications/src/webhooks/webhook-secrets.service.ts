import { Inject, Injectable } from '@nestjs/common';
import { Secrets } from '@platform/secrets';

/** What of a subscription keeps its secrets. */
export interface SealedSecrets {
  subscriptionId: string;
  sealedSecret: string;
  sealedPreviousSecret: string | null;
  previousUntil: Date | null;
}

/** The secrets that webhooks are signed with, sealed for the row of their subscription. */
@Injectable()
export class WebhookSecrets {
  constructor(@Inject(Secrets) private readonly secrets: Secrets) {}

  /** A secret as the row keeps it. */
  seal(storeId: string, subscriptionId: string, secret: string): string {
    return this.secrets.seal(secret, context(storeId, subscriptionId));
  }

  /** The secrets that are good now, the newest first. */
  open(storeId: string, row: SealedSecrets): string[] {
    const overlap = row.previousUntil !== null && row.previousUntil.getTime() > Date.now();
    const sealed = [row.sealedSecret, overlap ? row.sealedPreviousSecret : null];
    return sealed
      .filter((text) => text !== null)
      .map((text) => this.secrets.open(text, context(storeId, row.subscriptionId)).toString());
  }
}

function context(storeId: string, rowId: string) {
  return { purpose: 'webhook', table: 'webhook_subscriptions', rowId, storeId };
}

import { Inject, Injectable } from '@nestjs/common';
import type { Money } from '@libs/kernel';
import { Db } from '@platform/database';
import { OpenAccounts } from './accounts/open-accounts.service';
import { asked } from './payment-calls.service';
import { paymentsErrors } from './payments.errors';
import type { Approval } from './providers/payment-provider';

/**
 * Checkouts that begin at a provider: the shopper agrees there before the sum is known, and the provider tells who they
 * are. Nothing is taken by it; a payment of the flow `approved` takes what they then see and confirm.
 */
@Injectable()
export class ExpressPayments {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(OpenAccounts) private readonly accounts: OpenAccounts,
  ) {}

  /**
   * Begins it, outside of transactions. Throws `payments.method-gone`, `payments.provider-refused`,
   * `payments.provider-unreachable`.
   * @param input.key the same key is the same question
   * @returns the provider's name for it, and where the shopper goes
   */
  async ask(
    storeId: string,
    input: { accountId: string; money: Money; returnUrl: string; key: string },
  ): Promise<{ ref: string; url: string }> {
    const { accountId, ...question } = input;
    const { row, client } = await this.open(storeId, accountId);
    if (!row.enabled || !client.ask) throw paymentsErrors.error('method-gone');
    const { capture } = row.settings;
    return asked(() => client.ask!({ ...question, capture }));
  }

  /** What the shopper has said there. Throws as `ask` does. */
  async answerOf(
    storeId: string,
    { accountId, ref }: { accountId: string; ref: string },
  ): Promise<Approval> {
    const { client } = await this.open(storeId, accountId);
    if (!client.answerOf) throw paymentsErrors.error('method-gone');
    return asked(() => client.answerOf!(ref));
  }

  private open(storeId: string, accountId: string) {
    return this.db.read(storeId, (store) => this.accounts.open(store, accountId));
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { Accounts } from '@libs/identity';
import { Members } from '@libs/stores';
import { Db } from '@platform/database';

/** Somebody who owns a store, and the language that they read. */
export interface StoreOwner {
  userId: string;
  email: string;
  name: string;
  locale: string;
}

/** Who is told when something of a store needs looking after. */
@Injectable()
export class StoreOwners {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Members) private readonly members: Members,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  /** The owners of an organization. */
  list(organizationId: string): Promise<StoreOwner[]> {
    return this.db.outsideStores(async (tx) => {
      const found: StoreOwner[] = [];
      for (const owner of await this.members.listOwners(tx, organizationId)) {
        const user = await this.accounts.find(tx, owner.userId);
        found.push({ ...owner, locale: user?.locale ?? 'en' });
      }
      return found;
    });
  }
}

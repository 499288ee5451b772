import type { StoreReader } from '@platform/database';

/** What a store has to tell its shoppers, in the order in which it is listed. */
export const policyKinds = ['terms', 'privacy', 'refund', 'shipping', 'imprint'] as const;

/** One of them. */
export type PolicyKind = (typeof policyKinds)[number];

/** A page that is one of the store's policies. */
export interface PolicyPage {
  kind: PolicyKind;
  pageId: string;
  handle: string;
  title: string;
  /** Whether shoppers can open it. */
  published: boolean;
}

/** The store's policies in the order of `policyKinds`; those that no page is named for are missing. */
export async function readPolicies(store: StoreReader): Promise<PolicyPage[]> {
  const rows = await store.query<PolicyPage>(
    `SELECT s.kind, p.page_id AS "pageId", p.handle, p.title, coalesce(p.published_at <= now(), false) AS published
     FROM store_policies s JOIN pages p USING (store_id, page_id) WHERE s.store_id = $1`,
    [store.storeId],
  );
  return rows.toSorted((a, b) => policyKinds.indexOf(a.kind) - policyKinds.indexOf(b.kind));
}

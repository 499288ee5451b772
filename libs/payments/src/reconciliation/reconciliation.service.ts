import { Inject, Injectable } from '@nestjs/common';
import { isId } from '@libs/kernel';
import { Db, type StoreReader } from '@platform/database';
import { Log } from '@platform/telemetry';
import { type OpenAccount, OpenAccounts } from '../accounts/open-accounts.service';
import { PaymentLedger } from '../payment-ledger.service';
import { PaymentRow } from '../payments.entities';
import { type ListedPayment, ProviderError } from '../providers/payment-provider';
import { type Finding, noteReport, paidMeanwhile } from './reports.queries';

/** How far back a provider's list is asked for, hours (commerce.md, 7.5). */
const windowHours = 48;
/** What is younger may be on its way to either side. */
const settledHours = 1;

/**
 * Holds a provider's own list of the last two days against what is known here. Money that only the provider knows of is
 * taken in as facts, by the way of every other fact; whatever else differs is reported and never changed.
 */
@Injectable()
export class Reconciliation {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(OpenAccounts) private readonly accounts: OpenAccounts,
    @Inject(PaymentLedger) private readonly ledger: PaymentLedger,
    @Inject(Log) private readonly log: Log,
  ) {}

  /** Goes through one account. A provider that does not answer is noted and asked again at the next time. */
  async run(storeId: string, accountId: string): Promise<Finding[]> {
    const account = await this.db.read(storeId, (store) => this.accounts.open(store, accountId));
    const since = new Date(Date.now() - windowHours * 3_600_000);
    let listed: ListedPayment[];
    try {
      listed = await account.client.list(since);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const failure = error.reason;
      await this.db.write(storeId, (store) => noteReport(store, accountId, { failure }));
      this.log.warn({ storeId, accountId, err: error }, 'A payment provider gave no list.');
      return [];
    }
    const findings: Finding[] = [];
    let healed = 0;
    for (const one of listed) {
      const outcome = await this.compare(storeId, account, one);
      if (outcome === 'healed') healed += 1;
      else if (outcome !== 'same') findings.push(outcome);
    }
    findings.push(...(await this.missingThere(storeId, accountId, { since, listed })));
    const report = { looked: listed.length, healed, findings };
    await this.db.write(storeId, async (store) => {
      await this.accounts.keysTaken(store, account.row, true);
      await noteReport(store, accountId, report);
    });
    for (const finding of findings)
      this.log.warn({ storeId, accountId, finding }, 'A provider’s list differs from ours.');
    return findings;
  }

  private async compare(
    storeId: string,
    account: OpenAccount,
    listed: ListedPayment,
  ): Promise<'same' | 'healed' | Finding> {
    const known = await this.db.read(storeId, (store) => find(store, account, listed));
    if (!known) {
      // What never held money was perhaps begun by somebody else's hands and left.
      if (listed.capturedMinor === 0) return 'same';
      return { kind: 'missing-here', id: listed.ref ?? '', found: 0, expected: sumOf(listed) };
    }
    if (isSame(known, listed)) return 'same';
    const ref = known.providerRef ?? listed.ref;
    if (ref !== null) {
      const facts = await account.client.fetch(ref);
      await this.db.write(storeId, (store) =>
        this.ledger.tell(store, known.paymentId, facts, 'poll'),
      );
    }
    const after = await this.db.read(storeId, (store) => find(store, account, listed));
    if (after && isSame(after, listed)) return 'healed';
    const found = (after?.capturedMinor ?? 0) - (after?.refundedMinor ?? 0);
    return { kind: 'amount-differs', id: known.paymentId, found, expected: sumOf(listed) };
  }

  private async missingThere(
    storeId: string,
    accountId: string,
    { since, listed }: { since: Date; listed: readonly ListedPayment[] },
  ): Promise<Finding[]> {
    const refs = new Set(listed.flatMap(({ ref }) => ref ?? []));
    const ids = new Set(listed.flatMap(({ paymentId }) => paymentId ?? []));
    const ours = await this.db.read(storeId, (store) =>
      paidMeanwhile(store, accountId, { since, settledHours }),
    );
    return ours
      .filter(({ paymentId, ref }) => !ids.has(paymentId) && !(ref !== null && refs.has(ref)))
      .map(({ paymentId, capturedMinor }) => ({
        kind: 'missing-there',
        id: paymentId,
        found: capturedMinor,
        expected: 0,
      }));
  }
}

function isSame({ capturedMinor, refundedMinor }: PaymentRow, listed: ListedPayment): boolean {
  return capturedMinor === listed.capturedMinor && refundedMinor === listed.refundedMinor;
}

function sumOf({ capturedMinor, refundedMinor }: ListedPayment): number {
  return capturedMinor - refundedMinor;
}

async function find(
  store: StoreReader,
  { row }: OpenAccount,
  { paymentId, ref }: ListedPayment,
): Promise<PaymentRow | null> {
  const { accountId } = row;
  const rows = store.rows(PaymentRow);
  if (isId(paymentId)) return rows.findOne({ accountId, paymentId });
  return ref === null ? null : rows.findOne({ accountId, providerRef: ref });
}

import { paymentsErrors } from '../payments.errors';
import type { PaymentAccountRow } from '../payments.entities';
import type { PaymentProvider } from '../providers/payment-provider';

/** Keys by their names, as they are or sealed. */
export type OpenedKeys = Readonly<Record<string, string>>;

/** Throws `payments.bad-key` for a name that the provider has not, `payments.key-mode` for the other mode's key. */
export function checkKeys(provider: PaymentProvider, keys: OpenedKeys, testMode: boolean): void {
  const fields = new Map(
    [...provider.secretKeys, ...provider.publicKeys].map((field) => [field.name, field]),
  );
  for (const [name, value] of Object.entries(keys)) {
    const field = fields.get(name);
    const at = { field: `keys.${name}` };
    if (!field)
      throw paymentsErrors.error('bad-key', { provider: provider.title, field: name }, at);
    const starts = field.startsWith?.[testMode ? 'test' : 'live'];
    if (starts && !starts.some((start) => value.startsWith(start))) {
      throw paymentsErrors.error('key-mode', { field: name }, at);
    }
  }
}

/** The first key without which the account cannot be used, or null. */
export function missingKey(
  { secretKeys, publicKeys }: PaymentProvider,
  row: Pick<PaymentAccountRow, 'sealedKeys' | 'publicKeys'>,
): string | null {
  const missing = [
    ...secretKeys.filter(({ name }) => row.sealedKeys[name] === undefined),
    ...publicKeys.filter(({ name }) => row.publicKeys[name] === undefined),
  ].find(({ optional }) => !optional);
  return missing?.name ?? null;
}

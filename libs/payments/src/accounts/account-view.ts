import type { PaymentAccountView } from '../contract';
import type { PaymentAccountRow } from '../payments.entities';
import type { PaymentProvider } from '../providers/payment-provider';

/** An account as its merchant sees it: which secrets there are, never what they are. */
export function viewAccount(
  row: PaymentAccountRow,
  provider: PaymentProvider | null,
  webhookUrl: string,
): PaymentAccountView {
  const { accountId, title, description, testMode, enabled, position, settings, version } = row;
  const secrets = (provider?.secretKeys ?? []).map(({ name, title: label, optional = false }) => ({
    name,
    title: label,
    secret: true,
    required: !optional,
    isSet: row.sealedKeys[name] !== undefined,
    value: null,
  }));
  const open = (provider?.publicKeys ?? []).map(({ name, title: label, optional = false }) => ({
    name,
    title: label,
    secret: false,
    required: !optional,
    isSet: row.publicKeys[name] !== undefined,
    value: row.publicKeys[name] ?? null,
  }));
  return {
    id: accountId,
    provider: row.provider,
    title,
    description,
    testMode,
    enabled,
    position,
    ...settings,
    keys: [...secrets, ...open],
    keysRefusedAt: row.keysRefusedAt?.toISOString() ?? null,
    webhookUrl: provider?.capabilities.byHand === false ? webhookUrl : null,
    version,
    createdAt: row.createdAt.toISOString(),
  };
}

import { VatNumberConfirmed } from './checkouts/checkout.events';
import { VatRechecks } from './taxes/vat-numbers/vat-rechecks.service';

/** What owners of a store are told of their taxes; one name at the door. */
export const taxAlarms = { VatNumberConfirmed, VatRechecks } as const;

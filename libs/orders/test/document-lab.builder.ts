import { OrdersModule } from '@libs/orders';
import { OrdersWorkerModule } from '@worker/orders';
import type { DocumentSettings } from '../src/documents/document-settings.queries';
import { Documents } from '../src/documents/documents.service';
import { type OrderLab, openOrderLab, type Shop } from './order-lab.builder';

/** Who sells in the tests. */
export const aSeller: NonNullable<DocumentSettings['seller']> = {
  name: 'Atelier Nord GmbH',
  address: ['Linienstraße 40', '10119 Berlin', 'Germany'],
  email: 'hello@atelier-nord.example',
  phone: null,
  vatNumber: 'DE123456788',
  taxNumber: null,
  footer: 'HRB 12345 B',
};

/** A lab in which invoices are issued after commits. @param beside modules that it has, too */
export async function openDocumentLab(
  beside: NonNullable<Parameters<typeof openOrderLab>[0]> = [],
): Promise<OrderLab & { documents: Documents }> {
  const lab = await openOrderLab([OrdersModule, OrdersWorkerModule, ...beside]);
  return { ...lab, documents: lab.lab.get(Documents) };
}

/** Writes how a store's documents are; who sells, and invoices once all is paid, when left out. */
export function writesDocuments(
  { documents }: { documents: Documents },
  shop: Shop,
  more: Partial<DocumentSettings> = {},
): Promise<DocumentSettings> {
  return shop.write(async (store) =>
    documents.changeSettings(store, {
      ...(await documents.settings(store)),
      seller: aSeller,
      ...more,
    }),
  );
}

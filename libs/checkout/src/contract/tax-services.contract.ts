import { z } from 'zod';
import {
  askedServiceFacts,
  askedServiceFields,
  type AskedServiceView,
} from './asked-services.contract';

/** `countries` are those of where goods go for which it is asked; it is asked only where the store collects tax. */
const fields = askedServiceFields;

export const taxServiceInput = z
  .object({ ...fields, active: fields.active.default(true) })
  .meta({ id: 'TaxServiceInput' });

export const taxServicePatch = z
  .object({ ...fields, version: z.int() })
  .partial()
  .meta({ id: 'TaxServicePatch' });

export const taxService = z.object({ ...fields, ...askedServiceFacts }).meta({ id: 'TaxService' });

export const taxServiceList = z
  .object({ items: z.array(taxService), nextCursor: z.null() })
  .meta({ id: 'TaxServiceList' });

export const taxServiceWithSecret = taxService
  .extend({ secret: z.string() })
  .meta({ id: 'TaxServiceWithSecret' });

export type TaxServiceInput = z.output<typeof taxServiceInput>;
export type TaxService = TaxServiceInput & AskedServiceView;

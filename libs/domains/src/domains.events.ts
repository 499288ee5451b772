import { z } from 'zod';
import { defineEvent, tag } from '@platform/outbox';

/** A hostname was added, changed its state, became or ceased to be the primary one. */
export const HostnameChanged = defineEvent('domains.hostname-changed', {
  version: 1,
  payload: z.object({ hostnameId: z.uuid(), host: z.string(), state: z.string() }),
  makesStale: ({ host }) => [tag('host', host), tag('hostnames')],
});

/** A new certificate is ready to be served; the first of a hostname, or a renewal. */
export const CertificateStored = defineEvent('domains.certificate-stored', {
  version: 1,
  payload: z.object({
    hostnameId: z.uuid(),
    host: z.string(),
    certificateId: z.uuid(),
    renewal: z.boolean(),
  }),
  makesStale: ({ host }) => [tag('certificate', host)],
});

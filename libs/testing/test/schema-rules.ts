import type { SchemaRules } from '../src/schema-faults';

const sweep = 'a sweep over all stores, read by caravel_across alone';

/** The schema's exceptions. A new one is a decision, to be given its reason here. */
export const schemaRules: SchemaRules = {
  tablesOfNoStore: [
    // people and organizations
    'users',
    'sessions',
    'api_tokens',
    'password_resets',
    'organizations',
    'roles',
    'members',
    'invitations',
    'account_audit_log',
    // the certificate authority's side
    'acme_accounts',
    // what central banks publish
    'reference_rates',
    'acme_challenges',
    'acme_pauses',
    // content-addressed files; who uses one stands in blob_refs
    'blobs',
    // the machine room
    'idempotency_keys',
    'rate_limits',
    'schedule_ticks',
    'schema_migrations',
  ],
  acrossIndexes: {
    stores_handle_key: 'a handle is one on the whole platform: it is a hostname',
    stores_by_organization: 'an organization lists its stores',
    hostnames_one_holder: 'holding a hostname excludes all other stores',
    hostnames_target: 'a CNAME target leads to one hostname on the whole platform',
    hostnames_claims: 'the renderer asks which store has a host before it knows the store',
    hostnames_due: sweep,
    host_history_by_host: 'who held a host before is asked by host',
    certificates_expiry: sweep,
    checkouts_due: sweep,
    checkouts_reserved: sweep,
    checkouts_over: sweep,
    checkouts_vat_due: sweep,
    vat_rechecks_due: sweep,
    price_schedules_due: sweep,
    abandoned_cart_mails_over: sweep,
    carts_untouched: sweep,
    carts_over: sweep,
    returns_held: sweep,
    orders_unpaid: sweep,
    order_gift_cards_due: sweep,
    payments_due: sweep,
    payments_ageing: sweep,
    payment_operations_due: sweep,
    provider_events_old: sweep,
    blob_refs_by_hash: 'a file may be deleted when no store refers to it',
    jobs_pkey: 'jobs of the platform have no store',
    jobs_waiting_once: 'the same; the lane stands for the store',
    jobs_due: sweep,
    jobs_by_lane: 'the dispatcher takes turns between stores',
    jobs_in_flight: 'the same',
    jobs_leases: sweep,
    jobs_dead: 'the lane stands for the store',
    outbox_events_pkey: 'events are relayed in the order of the platform',
  },
  optionalStore: {
    jobs: 'jobs of the platform have no store',
    outbox_events: 'events of people and organizations have no store',
  },
  definerFunctions: {
    prune_theme_versions: 'the app may not delete sealed versions; the owner may, in one store',
  },
};

/** Everything that a role may be given, `area.verb`; what is not listed is denied. */
export const permissions = [
  'store.view',
  'store.export',
  'store.close',
  'orders.view',
  'orders.fulfil',
  'orders.refund',
  'orders.edit',
  'products.view',
  'products.edit',
  'products.import',
  'products.export',
  'inventory.view',
  'inventory.edit',
  'customers.view',
  'customers.edit',
  'customers.export',
  'customers.erase',
  'discounts.view',
  'discounts.edit',
  'giftcards.view',
  'giftcards.edit',
  'content.view',
  'content.edit',
  'translations.edit',
  'analytics.view',
  'themes.view',
  'themes.edit',
  'themes.publish',
  'themes.code',
  'domains.view',
  'domains.manage',
  'settings.view',
  'settings.edit',
  'payments.manage',
  'staff.manage',
  'tokens.manage',
  'audit.view',
  'plan.manage',
  'org.view',
  'org.members',
  'org.access',
  'org.fleet',
  'org.billing',
  'org.stores',
] as const;

/** One right. */
export type Permission = (typeof permissions)[number];

/** Whether the text names a right. */
export function isPermission(text: string): text is Permission {
  return (permissions as readonly string[]).includes(text);
}

const views = permissions.filter((permission) => permission.endsWith('.view'));

/** The role that may everything; an organization always has a member with it. */
export const ownerRole = 'Owner';

/** The roles that every organization starts with. */
export const builtInRoles: readonly { name: string; permissions: readonly Permission[] }[] = [
  { name: ownerRole, permissions },
  {
    name: 'Manager',
    permissions: permissions.filter(
      (permission) =>
        !['store.close', 'plan.manage', 'payments.manage', 'org.billing'].includes(permission),
    ),
  },
  {
    name: 'Catalogue',
    permissions: [
      'store.view',
      'products.view',
      'products.edit',
      'products.import',
      'products.export',
      'inventory.view',
      'inventory.edit',
      'content.view',
    ],
  },
  {
    name: 'Orders',
    permissions: [
      'store.view',
      'orders.view',
      'orders.fulfil',
      'orders.refund',
      'orders.edit',
      'products.view',
      'inventory.view',
      'customers.view',
      'customers.edit',
    ],
  },
  {
    name: 'Designer',
    permissions: [
      'store.view',
      'themes.view',
      'themes.edit',
      'themes.publish',
      'themes.code',
      'content.view',
      'content.edit',
      'products.view',
    ],
  },
  {
    name: 'Marketer',
    permissions: [
      'store.view',
      'products.view',
      'discounts.view',
      'discounts.edit',
      'content.view',
      'content.edit',
      'translations.edit',
      'analytics.view',
    ],
  },
  { name: 'Analyst', permissions: [...views] },
  {
    name: 'Support',
    permissions: ['store.view', 'orders.view', 'customers.view', 'products.view'],
  },
];

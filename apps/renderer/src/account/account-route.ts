/** Pages of a customer's account, by the theme's template `customers/<name>`. */
export type AccountPage =
  'login' | 'register' | 'account' | 'addresses' | 'order' | 'activate_account' | 'reset_password';

/** What a form of those pages does; `code` asks for a code, and signs in by it. */
export type AccountAction =
  'login' | 'register' | 'recover' | 'code' | 'address' | 'reset' | 'activate';

/** What an address below `/account` stands for: a page, what a form is sent to, or both. */
export interface AccountRoute {
  kind: 'account';
  page: AccountPage | 'logout' | 'reorder' | null;
  action: AccountAction | null;
  /** Of a mailed link. */
  token: string | null;
  /** Which order the page is about. */
  orderId: string | null;
  path: string;
}

const fixed: Readonly<Record<string, [AccountRoute['page'], AccountAction | null]>> = {
  '/account': ['account', null],
  '/account/login': ['login', 'login'],
  '/account/register': ['register', 'register'],
  '/account/addresses': ['addresses', 'address'],
  '/account/recover': [null, 'recover'],
  '/account/code': [null, 'code'],
  '/account/logout': ['logout', null],
};

const ordered = /^\/account\/orders\/([0-9a-f-]{36})(\/reorder)?$/;
const linked = /^\/account\/(reset|activate)\/([\w-]{20,100})$/;

/** Matches a path below `/account`; null for one that leads nowhere. */
export function matchAccount(path: string): AccountRoute | null {
  const known = fixed[path];
  if (known)
    return { kind: 'account', page: known[0], action: known[1], token: null, orderId: null, path };
  const [, orderId, again] = ordered.exec(path) ?? [];
  if (orderId !== undefined) {
    const page = again === undefined ? 'order' : 'reorder';
    return { kind: 'account', page, action: null, token: null, orderId, path };
  }
  const [, action, token] = linked.exec(path) ?? [];
  if (action === undefined || token === undefined) return null;
  const page = action === 'reset' ? 'reset_password' : 'activate_account';
  return { kind: 'account', page, action: action as AccountAction, token, orderId: null, path };
}

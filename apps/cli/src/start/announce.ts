/** The demo account and its store. */
export interface DemoAccount {
  email: string;
  password: string;
  /** Lets in for this start; every start gets a new one. */
  token: string;
  storeId: string;
  storeUrl: string;
}

/** What is to be known about a platform that is ready. */
export interface Announcement {
  api: string;
  storefront: string;
  tls: string;
  demo: DemoAccount;
  home: string;
  logFolder: string;
  database: string;
}

/** One line of JSON on standard output: the form is a promise to scripts and tests. */
export function announceJson({ api, storefront, tls, demo }: Announcement): void {
  const { email, password, token, storeId, storeUrl } = demo;
  const line = { api, storefront, tls, demo: { email, password, token, storeId, storeUrl } };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** For people. */
export function announce(announcement: Announcement): void {
  const { api, storefront, tls, demo, home, logFolder, database } = announcement;
  process.stdout.write(`
Caravel is ready.

  Demo store   ${demo.storeUrl}
  API          ${api}/api/v1   (its description: ${api}/api/openapi.json)
  Mailbox      ${api}/mailbox   (its mails, while SMTP_URL is not set)
  Stores       ${storefront.replace('://', '://<handle>.')}
  HTTPS        ${tls}
  Demo account ${demo.email}   password ${demo.password}

  Data         ${home}
  PostgreSQL   ${database}
  Logs         ${logFolder}

Ctrl-C stops everything.
`);
}

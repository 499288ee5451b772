import { homedir } from 'node:os';
import { join } from 'node:path';

type Credentials = typeof import('./credentials');

/** The file's place as a process on that system finds it. */
function placeOn(platform: NodeJS.Platform, env: Record<string, string>): string {
  const before = process.env;
  Object.defineProperty(process, 'platform', { ...own, value: platform });
  jest.replaceProperty(process, 'env', { ...before, ...env });
  let place = '';
  jest.isolateModules(() => {
    // Read anew: the place is asked for when the module is loaded.
    // oxlint-disable-next-line typescript/no-require-imports -- an isolated module is loaded by require
    place = (require('./credentials') as Credentials).credentialsFile();
  });
  return place;
}

const own = Object.getOwnPropertyDescriptor(process, 'platform') as PropertyDescriptor;

afterEach(() => {
  jest.restoreAllMocks();
  Object.defineProperty(process, 'platform', own);
});

test.each<[NodeJS.Platform, Record<string, string>, string]>([
  ['linux', { XDG_CONFIG_HOME: '' }, join(homedir(), '.config/caravel/credentials.json')],
  ['linux', { XDG_CONFIG_HOME: '/elsewhere' }, '/elsewhere/caravel/credentials.json'],
  ['darwin', {}, join(homedir(), 'Library/Preferences/caravel/credentials.json')],
  ['win32', { APPDATA: '/Roaming' }, '/Roaming/caravel/Config/credentials.json'],
  ['win32', { APPDATA: '' }, join(homedir(), 'AppData/Roaming/caravel/Config/credentials.json')],
])('tokens lie where %s keeps settings: %j', (platform, env, place) => {
  expect(placeOn(platform, env)).toBe(place);
});

/** The floors of the house: a lib uses what lies beneath it, never what lies above or beside it. */
const floors = [
  ['kernel'],
  ['platform', 'template-engine'],
  ['identity'],
  ['stores'],
  ['domains', 'media'],
  ['catalog', 'content', 'customers', 'themes', 'payments'],
  ['orders'],
  ['checkout'],
  ['notifications'],
];
const slices = floors.slice(2).flat();
const faces = ['api', 'renderer', 'worker'];
const tests = '(\\.(spec|int-spec|e2e-spec)\\.ts$|/test/|^libs/testing/)';
const any = (names) => `(${names.join('|')})`;

/** Down only: one rule a floor. Tests may look sideways, since a journey crosses slices. */
const floorRules = floors.map((floor, index) => ({
  name: `floor-${index + 1}-looks-down`,
  severity: 'error',
  comment: `${floor.join(', ')} may use only what lies beneath.`,
  from: { path: `^libs/${any(floor)}/`, pathNot: tests },
  to: {
    path: `^libs/${any([...floors.slice(index).flat(), 'testing'])}/`,
    pathNot: floor.map((name) => `^libs/${name}/`),
  },
}));

/** The same, among neighbours of one floor: the expression above lets a lib reach its neighbours. */
const neighbourRules = floors.flatMap((floor) =>
  floor.length < 2
    ? []
    : floor.map((name) => ({
        name: `${name}-ignores-neighbours`,
        severity: 'error',
        from: { path: `^libs/${name}/`, pathNot: tests },
        to: { path: `^libs/${any(floor.filter((other) => other !== name))}/` },
      })),
);

const doorRules = slices.map((slice) => ({
  name: `${slice}-by-its-door`,
  severity: 'error',
  comment:
    'Another slice is reached by its door, its contract or, from the app of that name, its face.',
  from: { pathNot: [`^libs/${slice}/`, tests] },
  to: {
    path: `^libs/${slice}/src/`,
    pathNot: `^libs/${slice}/src/(index|${any(['contract', ...faces])}/index)\\.ts$`,
  },
}));

const coreRules = slices.map((slice) => ({
  name: `${slice}-core-ignores-its-faces`,
  severity: 'error',
  from: { path: `^libs/${slice}/src/`, pathNot: [`^libs/${slice}/src/${any(faces)}/`, tests] },
  to: { path: `^libs/${slice}/src/${any(faces)}/` },
}));

const faceRules = faces.flatMap((face) => [
  {
    name: `face-${face}-belongs-to-its-app`,
    severity: 'error',
    from: { pathNot: [`^apps/${face}/`, `^libs/[^/]+/src/${face}/`, tests] },
    to: { path: `^libs/${any(slices)}/src/${face}/` },
  },
]);

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...floorRules,
    ...neighbourRules,
    ...doorRules,
    ...coreRules,
    ...faceRules,
    {
      name: 'contracts-are-zod-only',
      severity: 'error',
      from: { path: '^libs/[^/]+/src/contract/' },
      to: { pathNot: ['^libs/[^/]+/src/contract/', 'node_modules/zod/'] },
    },
    {
      name: 'apps-apart',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: tests },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-below-apps',
      severity: 'error',
      from: { path: '^libs/', pathNot: tests },
      to: { path: '^apps/' },
    },
    {
      name: 'handlebars-in-its-room',
      severity: 'error',
      from: { pathNot: ['^libs/template-engine/', '^bench/', 'node_modules'] },
      to: { path: 'node_modules/handlebars/' },
    },
    {
      name: 'queues-in-their-room',
      severity: 'error',
      from: { pathNot: ['^libs/platform/', 'node_modules', tests] },
      to: { path: 'node_modules/(bullmq|ioredis)/' },
    },
    {
      name: 'typeorm-in-its-rooms',
      severity: 'error',
      from: {
        path: '^(libs/[^/]+/src/(api|renderer|worker|contract)|apps)/',
        pathNot: tests,
      },
      to: { path: 'node_modules/typeorm/' },
    },
    {
      name: 'engine-is-pure',
      severity: 'error',
      from: { path: '^libs/template-engine/src/' },
      to: { path: 'node_modules/(@nestjs|pg|typeorm|undici|ioredis|bullmq)/' },
    },
    {
      name: 'lab-is-for-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: tests },
      to: { path: '^libs/testing/' },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json', '.d.ts', '.d.cts'],
    },
  },
};

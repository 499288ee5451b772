/**
 * fast-check as the tests get it: properties try the same values each time, so that a run says whether the code has
 * changed and not how lucky it was. `CARAVEL_PROPERTY_SEED`, a whole number, tries others; a failure names its seed.
 */
const fc = require('../../../node_modules/fast-check/lib/cjs/fast-check.js');

const usual = 20_261_122;

fc.configureGlobal({ seed: Number(process.env.CARAVEL_PROPERTY_SEED ?? usual) });

module.exports = fc;

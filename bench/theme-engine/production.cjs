/** Loaded before all else: React reads it while it is loaded, and is many times slower without. */
// oxlint-disable-next-line node/no-process-env -- this is how React is told.
process.env.NODE_ENV = 'production';

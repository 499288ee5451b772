import * as fc from 'fast-check';

const tried = () => fc.sample(fc.integer(), 5);

test('properties try the same values each time', () => {
  expect(tried()).toEqual(tried());
  expect(fc.readConfigureGlobal()).toHaveProperty('seed', expect.any(Number));
});

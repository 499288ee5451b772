import { defineErrors } from '@libs/kernel';

/** The errors of imports; what is wrong inside a file is a problem of the import, not an error. */
export const importErrors = defineErrors('catalog-imports', {
  'import-missing': { kind: 'missing', text: 'There is no such import.' },
  'file-missing': {
    kind: 'missing',
    text: 'The file of this import is no longer kept, so its failed rows cannot be read.',
  },
});

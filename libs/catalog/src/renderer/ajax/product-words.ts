import type { View } from '@template-engine/context';

/** The widest size of a picture that scripts are told of; a smaller original comes in its own size. */
const pictureWidth = 1_600;

/** The address of a picture in the size for scripts. */
export function pictureUrl({ src, width }: View<'image'>): string {
  return src.replace('{width}', String(Math.min(width, pictureWidth)));
}

/** Whether a product has this variant alone and nothing to choose: borrowed scripts know it by its title. */
export function isDefault({ options }: Pick<View<'variant'>, 'options'>): boolean {
  return options.length === 0;
}

/** What is chosen for a variant; `Default Title` where nothing is. */
export function optionValues(variant: Pick<View<'variant'>, 'options'>): [string, ...string[]] {
  return isDefault(variant) ? ['Default Title'] : (variant.options as [string, ...string[]]);
}

/** The options of a product; one named `Title` where there is nothing to choose. */
export function optionsOf({ options_with_values: options }: View<'product'>) {
  if (options.length === 0) return [{ name: 'Title', position: 1, values: ['Default Title'] }];
  return options.map(({ name, position, values }) => ({
    name,
    position,
    values: values.map(({ value }) => value),
  }));
}

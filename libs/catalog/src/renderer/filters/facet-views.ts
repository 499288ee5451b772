import { currencyExponent } from '@libs/kernel';
import type { View } from '@template-engine/context';
import type { FacetRow, Facets } from './facets.queries';
import {
  filterParameters,
  type ListFilters,
  optionPrefix,
  type Parameter,
  parameterNames,
  typedAmount,
} from './list-filters';
import type { ListWords } from './list-words';
import { swatchOf } from './swatch';

/** Where a list stands and what of its address every link keeps. */
export interface ListAddress {
  path: string;
  /** Beside the filters: what is searched, how it is sorted. Never the page: another choice begins at the first. */
  kept: readonly Parameter[];
  filters: ListFilters;
  currency: string;
  locale: string;
  words: ListWords;
}

type Filter = View<'filter'>;

/** The address of a list with these filters. */
export function listUrl({ path, kept }: ListAddress, filters: readonly Parameter[]): string {
  const query = new URLSearchParams();
  for (const [name, value] of [...kept, ...filters]) query.append(name, value);
  const tail = query.toString();
  return tail === '' ? path : `${path}?${tail}`;
}

/** What a list can be narrowed by, in the order: availability, price, options, type, vendor, tag. */
export function filterViews(facets: Facets, address: ListAddress): Filter[] {
  const { words } = address;
  const byFacet = new Map<string, FacetRow[]>();
  for (const row of facets.rows) byFacet.set(row.facet, [...(byFacet.get(row.facet) ?? []), row]);
  const list = (facet: string, param: string, label: string): Filter[] => {
    const rows = byFacet.get(facet) ?? [];
    const active = chosenOf(address, param);
    // One value divides nothing, unless it is chosen and has to be taken back.
    return rows.length < 2 && active.length === 0 ? [] : [valuesView(rows, param, label, address)];
  };
  const options = [...byFacet.keys()]
    .filter((facet) => facet.startsWith('option:'))
    .map((facet) => facet.slice('option:'.length))
    .sort((a, b) => carriers(byFacet, b) - carriers(byFacet, a) || (a < b ? -1 : 1));
  return [
    ...(facets.rows.length === 0
      ? []
      : [availabilityView(byFacet.get('availability') ?? [], address)]),
    ...priceView(facets, address),
    ...options.flatMap((name) =>
      list(`option:${name}`, `${optionPrefix}${name}`, facets.names[name] ?? name),
    ),
    ...list('type', parameterNames.types, words.type),
    ...list('vendor', parameterNames.vendors, words.vendor),
    ...list('tag', parameterNames.tags, words.tag),
  ];
}

/** What is chosen, each with the address of the list without it. */
export function activeFilterViews(
  filters: readonly Filter[],
  address: ListAddress,
): View<'active_filter'>[] {
  const price = filters.find(({ type }) => type === 'price_range');
  const label = (param: string): string =>
    filters.find(({ param_name }) => param_name === param)?.label ?? param;
  const words = (param: string, value: string): string =>
    filters
      .find(({ param_name }) => param_name === param)
      ?.values.find((one) => one.value === value)?.label ?? value;
  const single = filterParameters(address.filters)
    .filter(([name]) => !isBound(name))
    .map(([name, value]) => ({
      label: label(name),
      value: words(name, value),
      url: toggled(address, name, value),
    }));
  const range = rangeText(address);
  return range === null
    ? single
    : [
        ...single,
        { label: price?.label ?? address.words.price, value: range, url: withoutPrice(address) },
      ];
}

function availabilityView(rows: readonly FacetRow[], address: ListAddress): Filter {
  const { words } = address;
  const both = ['1', '0'].map(
    (value): FacetRow =>
      rows.find((row) => row.value === value) ?? {
        facet: 'availability',
        value,
        count: 0,
        total: 0,
        place: 0,
      },
  );
  const view = valuesView(both, parameterNames.availability, words.availability, address);
  const values = view.values.map((one) => ({
    ...one,
    label: one.value === '1' ? words.inStock : words.outOfStock,
  }));
  return { ...view, type: 'boolean', values };
}

function valuesView(
  rows: readonly FacetRow[],
  param: string,
  label: string,
  address: ListAddress,
): Filter {
  const chosen = chosenOf(address, param);
  const gone = chosen.filter((value) => !rows.some((row) => row.value === value));
  const all = [...rows, ...gone.map((value) => ({ value, count: 0 }))];
  const values = all.map(({ value, count }) => ({
    value,
    label: value,
    count,
    active: chosen.includes(value),
    swatch: param.startsWith(optionPrefix)
      ? swatchOf(param.slice(optionPrefix.length), value)
      : null,
    url: toggled(address, param, value),
  }));
  const rest = filterParameters(address.filters).filter(([name]) => name !== param);
  return {
    id: param,
    label,
    type: values.some(({ swatch }) => swatch !== null) ? 'swatch' : 'list',
    param_name: param,
    values,
    active_count: chosen.length,
    clear_url: listUrl(address, rest),
    ...noBounds,
  };
}

const noBounds = {
  min_param_name: null,
  max_param_name: null,
  min: null,
  max: null,
  min_value: null,
  max_value: null,
  min_typed: null,
  max_typed: null,
} as const;

function priceView({ priceMin, priceMax }: Facets, address: ListAddress): Filter[] {
  const { filters, currency, words } = address;
  const min_value = typedAmount(filters.priceFrom, currency);
  const max_value = typedAmount(filters.priceTo, currency);
  const active_count = min_value === null && max_value === null ? 0 : 1;
  if (priceMin === null || priceMax === null) return [];
  if (priceMin === priceMax && active_count === 0) return [];
  return [
    {
      id: 'filter.v.price',
      label: words.price,
      type: 'price_range',
      param_name: 'filter.v.price',
      values: [],
      active_count,
      clear_url: withoutPrice(address),
      min_param_name: parameterNames.priceFrom,
      max_param_name: parameterNames.priceTo,
      min: priceMin,
      max: priceMax,
      min_value,
      max_value,
      min_typed: min_value === null ? null : asNumber(filters.priceFrom),
      max_typed: max_value === null ? null : asNumber(filters.priceTo),
    },
  ];
}

/** As a number field takes it: with a point, also where a comma was typed. */
function asNumber(typed: string | null): string | null {
  return typed?.replace(',', '.') ?? null;
}

function rangeText({ filters, currency, locale }: ListAddress): string | null {
  const print = (minor: number): string =>
    new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
      minor / 10 ** currencyExponent(currency),
    );
  const from = typedAmount(filters.priceFrom, currency);
  const to = typedAmount(filters.priceTo, currency);
  if (from === null && to === null) return null;
  if (from === null) return `≤ ${print(to ?? 0)}`;
  return to === null ? `≥ ${print(from)}` : `${print(from)} – ${print(to)}`;
}

function withoutPrice(address: ListAddress): string {
  return listUrl(
    address,
    filterParameters(address.filters).filter(([name]) => !isBound(name)),
  );
}

function isBound(name: string): boolean {
  return name === parameterNames.priceFrom || name === parameterNames.priceTo;
}

/** The list with a value chosen or, where it is, taken back. */
function toggled(address: ListAddress, param: string, value: string): string {
  const now = filterParameters(address.filters);
  const without = now.filter(([name, one]) => name !== param || one !== value);
  return listUrl(address, without.length < now.length ? without : [...now, [param, value]]);
}

function chosenOf({ filters }: ListAddress, param: string): string[] {
  return filterParameters(filters)
    .filter(([name]) => name === param)
    .map(([, value]) => value);
}

function carriers(byFacet: ReadonlyMap<string, FacetRow[]>, option: string): number {
  return (byFacet.get(`option:${option}`) ?? []).reduce((sum, { total }) => sum + total, 0);
}

/** The address of a list with nothing chosen. */
export function clearUrl(address: ListAddress): string {
  return listUrl(address, []);
}

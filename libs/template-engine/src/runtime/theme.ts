import vm from 'node:vm';
import type { SectionError, SectionInstance } from '../model/page';
import type { BlockTable, Render } from './blocks';
import { isBudgetStop } from './blocks';
import { Kept } from './kept';
import { library } from './library';
import { made, type Octets, textOf } from './octets';
import type { State } from './state';
import { type Fields, own } from './values';

/** What the code of an artefact gives when it is called with the library. */
interface Code extends BlockTable {
  readonly format: string;
  readonly locale: string;
  readonly files: readonly string[];
  /** File, line, column of every noted position, one after the other. */
  readonly positions: readonly number[];
  readonly sections: Readonly<Record<string, CodeSection>>;
  readonly layouts: Readonly<
    Record<string, { render: (v: Fields, s: State) => string[]; holes: readonly string[] }>
  >;
  readonly blocks: Readonly<Record<string, CodeSection>>;
  readonly styles: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

interface CodeSection {
  readonly render: Render;
  readonly file: string;
  readonly tag: string;
  readonly class: string;
  /** Files whose styles and scripts come with it: itself and its snippets. */
  readonly parts: readonly string[];
}

/** A section as it is written into a page. */
interface LoadedSection {
  readonly code: CodeSection;
  /** What stands before its markup, by its id: few, and the same on every page. */
  readonly starts: Kept<string, string>;
  readonly end: string;
  /** Files with styles or scripts that come with it. */
  readonly parts: readonly string[];
}

/** A loaded theme in one locale; holds no page data and can render any number of pages. */
export class Theme {
  private readonly sections: ReadonlyMap<string, LoadedSection>;
  /** The files with styles or scripts of each block file that has any. */
  private readonly blockParts: ReadonlyMap<string, readonly string[]>;
  /** The layouts that have styles or scripts, as files by their names. */
  private readonly layoutParts: ReadonlyMap<string, string>;

  constructor(private readonly code: Code) {
    const hasStatics = (file: string): boolean =>
      Object.hasOwn(code.styles, file) || Object.hasOwn(code.scripts, file);
    const withStatics = ({ parts }: CodeSection): string[] => parts.filter(hasStatics);
    this.layoutParts = new Map(
      Object.keys(code.layouts)
        .map((name) => [name, `layout/${name}.hbs`] as const)
        .filter(([, file]) => hasStatics(file)),
    );
    this.sections = new Map(
      Object.entries(code.sections).map(([type, section]) => [
        type,
        {
          code: section,
          starts: new Kept<string, string>(),
          end: `</${section.tag}>`,
          parts: withStatics(section),
        },
      ]),
    );
    this.blockParts = new Map(
      Object.entries(code.blocks)
        .map(([type, block]) => [type, withStatics(block)] as const)
        .filter(([, parts]) => parts.length > 0),
    );
  }

  get locale(): string {
    return this.code.locale;
  }

  /**
   * Renders one section with its wrapper, as octets. A failure of any kind is a value: the page goes on without it.
   * @param scope the objects of the page, among which the section is put
   */
  renderSection(instance: SectionInstance, scope: Fields, state: State): Octets | SectionError {
    if (instance.failure) return legible(instance.failure);
    const section = this.sections.get(instance.type);
    if (!section)
      return {
        ...nameOf(instance),
        file: '',
        line: 1,
        column: 1,
        code: 'R_UNKNOWN_SECTION',
        message: 'no such section',
      };
    state.enter();
    let html = '';
    scope['section'] = instance;
    scope['block'] = null;
    try {
      html = section.code.render(scope, state);
    } catch (error) {
      return this.failure(instance, section.code.file, error, state);
    } finally {
      state.leave(html.length);
    }
    const start = section.starts.get(instance.id, () => startOf(instance, section.code));
    return made(start + html + section.end);
  }

  /** Renders a layout: the parts around its holes as octets, one more than there are holes, or why it failed. */
  renderLayout(
    name: string,
    scope: Fields,
    state: State,
  ): { parts: string[]; holes: readonly string[] } | SectionError {
    const layout = Object.hasOwn(this.code.layouts, name) ? this.code.layouts[name] : undefined;
    if (!layout)
      return {
        section: '',
        location: '',
        file: '',
        line: 1,
        column: 1,
        code: 'R_UNKNOWN_SECTION',
        message: 'no such layout',
      };
    state.enter();
    let parts: string[] = [];
    scope['section'] = null;
    scope['block'] = null;
    try {
      parts = layout.render(scope, state);
      return { parts, holes: layout.holes };
    } catch (error) {
      return this.failure({ id: '', location: '' }, `layout/${name}.hbs`, error, state);
    } finally {
      state.leave(parts.reduce((sum, part) => sum + part.length, 0));
    }
  }

  /** The styles and modules of the files that a page uses, each once, in the order of use; octets. */
  staticParts(
    instances: readonly SectionInstance[],
    layout: string | false,
  ): { styles: string; scripts: string[] } {
    const files = new Set<string>();
    const own = layout === false ? undefined : this.layoutParts.get(layout);
    if (own !== undefined) files.add(own);
    for (const instance of instances) this.addParts(files, instance);
    const { styles, scripts } = this.code;
    const used = { styles: [] as string[], scripts: [] as string[] };
    for (const file of files) {
      if (Object.hasOwn(styles, file)) used.styles.push(styles[file]!);
      if (Object.hasOwn(scripts, file)) used.scripts.push(scripts[file]!);
    }
    return { styles: used.styles.join('\n'), scripts: used.scripts };
  }

  private addParts(files: Set<string>, { type, blocks }: SectionInstance): void {
    for (const file of this.sections.get(type)?.parts ?? []) files.add(file);
    if (this.blockParts.size > 0) this.addBlocks(files, blocks);
  }

  private addBlocks(files: Set<string>, blocks: SectionInstance['blocks']): void {
    for (const block of blocks) {
      for (const file of this.blockParts.get(block.type) ?? []) files.add(file);
      this.addBlocks(files, block.blocks ?? []);
    }
  }

  private failure(
    instance: Pick<SectionInstance, 'id' | 'location'>,
    file: string,
    ...[error, state]: [unknown, State]
  ): SectionError {
    const at = state.at * 3;
    const [index = -1, line = 1, column = 1] = this.code.positions.slice(at, at + 3);
    // Errors of the theme's own context are no instances of this one's Error.
    const text = own(error, 'message');
    const message = typeof text === 'string' ? text.slice(0, 200) : 'failed';
    return {
      ...nameOf(instance),
      file: this.code.files[index] ?? file,
      line,
      column,
      code: isBudgetStop(error) ? error.code : 'R_FAILED',
      message,
    };
  }
}

/** What an error says of a section, in letters: errors leave the render. */
function nameOf({
  id,
  location,
}: Pick<SectionInstance, 'id' | 'location'>): Pick<SectionError, 'section' | 'location'> {
  return { section: textOf(made(id)), location: textOf(made(location)) };
}

/** An error that came with the page's data, in letters. */
function legible(failure: SectionError): SectionError {
  return JSON.parse(textOf(made(JSON.stringify(failure)))) as SectionError;
}

function startOf({ id, type }: SectionInstance, section: CodeSection): string {
  const classes = section.class === '' ? 'hbt-section' : `hbt-section ${section.class}`;
  const bare = id.replace(/[^A-Za-z0-9_-]/g, '');
  const kind = type.replace(/[^A-Za-z0-9_.-]/g, '');
  return `<${section.tag} id="s-${bare}" class="${classes}" data-section-id="${bare}" data-section-type="${kind}">`;
}

/**
 * Loads the code of an artefact in a context of its own, where no text becomes code. Throws when the text is no
 * artefact of this format. Load only what was signed by the publish side.
 */
export function loadArtefact(js: string): Theme {
  const script = new vm.Script(js, { filename: 'theme.js' });
  const context = vm.createContext(Object.create(null) as vm.Context, {
    codeGeneration: { strings: false, wasm: false },
  });
  const make: unknown = script.runInContext(context);
  if (typeof make !== 'function') throw new Error('This text is no theme artefact.');
  const code = (make as (L: typeof library) => Code)(library);
  if (code.format !== 'hbt/1') throw new Error(`This artefact has another format: ${code.format}`);
  return new Theme(code);
}

declare module '@bigcommerce/stencil-paper-handlebars' {
  /** The few parts that the benchmark calls. */
  export default class HandlebarsRenderer {
    constructor(...given: [object, object, version: string, logger: object, level: string]);
    handlebars: { registerHelper(name: string, helper: unknown): void };
    getPreProcessor(): (templates: Record<string, string>) => Record<string, string>;
    addTemplates(templates: Record<string, string>): void;
    render(path: string, context: object): Promise<string>;
  }
}

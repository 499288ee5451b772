import type { Span } from '../diagnostics/reporter';

/** The nodes of Handlebars' tree that hbt/1 allows, as the parser gives them. */
interface Node {
  readonly loc: Span;
}

export interface Program extends Node {
  readonly type: 'Program';
  readonly body: readonly Statement[];
  readonly blockParams?: readonly string[];
  readonly chained?: boolean;
}

export interface ContentStatement extends Node {
  readonly type: 'ContentStatement';
  readonly value: string;
  readonly original: string;
}

export interface CommentStatement extends Node {
  readonly type: 'CommentStatement';
  readonly value: string;
}

export interface Call extends Node {
  readonly path: PathExpression | Literal;
  readonly params: readonly Expression[];
  readonly hash?: Hash;
}

export interface MustacheStatement extends Call {
  readonly type: 'MustacheStatement';
  readonly escaped: boolean;
}

export interface BlockStatement extends Call {
  readonly type: 'BlockStatement';
  readonly program?: Program;
  readonly inverse?: Program;
}

export interface SubExpression extends Call {
  readonly type: 'SubExpression';
}

export interface PartialStatement extends Node {
  readonly type: 'PartialStatement';
  readonly name: PathExpression | SubExpression | Literal;
  readonly params: readonly Expression[];
  readonly hash?: Hash;
}

/** Anything that hbt/1 refuses: decorators, inline partials, partial blocks. */
export interface RefusedStatement extends Node {
  readonly type: 'Decorator' | 'DecoratorBlock' | 'PartialBlockStatement';
}

export type Statement =
  | ContentStatement
  | CommentStatement
  | MustacheStatement
  | BlockStatement
  | PartialStatement
  | RefusedStatement;

export interface PathExpression extends Node {
  readonly type: 'PathExpression';
  readonly data: boolean;
  readonly depth: number;
  readonly parts: readonly string[];
  readonly original: string;
}

export interface StringLiteral extends Node {
  readonly type: 'StringLiteral';
  readonly value: string;
}
export interface NumberLiteral extends Node {
  readonly type: 'NumberLiteral';
  readonly value: number;
}
export interface BooleanLiteral extends Node {
  readonly type: 'BooleanLiteral';
  readonly value: boolean;
}
export interface EmptyLiteral extends Node {
  readonly type: 'UndefinedLiteral' | 'NullLiteral';
}
export type Literal = StringLiteral | NumberLiteral | BooleanLiteral | EmptyLiteral;
export type Expression = PathExpression | SubExpression | Literal;

export interface Hash extends Node {
  readonly pairs: readonly HashPair[];
}
export interface HashPair extends Node {
  readonly key: string;
  readonly value: Expression;
}

/** A node of the parser's syntax tree. */
export type Syntax = { readonly type: string; readonly span: { readonly start: number; readonly end: number } } & Record<string, unknown>;

/** What a file imports, or exports again, from one place. */
export interface Import {
  readonly specifier: string;
  /** Path of the imported file from the root of the repository; null for a package. */
  readonly file: string | null;
  /** Names taken from there; `*` for all of them, `default` for the default export. */
  readonly names: readonly string[];
  /** Whether only types are taken, so that nothing is left of it at run time. */
  readonly typeOnly: boolean;
  /** Whether the file only passes it on, as in `export … from`. */
  readonly passedOn: boolean;
}

/** A function, method or arrow function. */
export interface FunctionSpan {
  readonly name: string;
  readonly firstLine: number;
  readonly lines: number;
  /** Lines between the braces; 0 for an arrow function without any. */
  readonly bodyLines: number;
  /** The function it is handed to, such as `describe`; null when to none. */
  readonly argumentOf: string | null;
  /** Names of the decorators on it. */
  readonly decorators: readonly string[];
}

interface Named {
  readonly value?: string;
  readonly name?: string;
}

/** The imports of a file, `import()` of a literal included only when it stands at the top level. */
export function importsOf(body: readonly Syntax[], fileOf: (specifier: string) => string | null): Import[] {
  const imports: Import[] = [];
  for (const node of body) {
    const source = node["source"] as { readonly value: string } | null | undefined;
    if (!source || !/^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type)) continue;
    const specifiers = (node["specifiers"] ?? []) as readonly (Syntax & { readonly isTypeOnly?: boolean; readonly imported?: Named | null; readonly local?: Named; readonly orig?: Named })[];
    const typeOnly = node["typeOnly"] === true || (specifiers.length > 0 && specifiers.every(({ isTypeOnly }) => isTypeOnly === true));
    const names = specifiers.filter(({ isTypeOnly }) => node["typeOnly"] === true || isTypeOnly !== true).map(nameTaken);
    imports.push({ specifier: source.value, file: fileOf(source.value), names: node.type === "ExportAllDeclaration" ? ["*"] : names, typeOnly, passedOn: node.type.startsWith("Export") });
  }
  return imports;
}

function nameTaken({ type, imported, local, orig }: Syntax & { readonly imported?: Named | null; readonly local?: Named; readonly orig?: Named }): string {
  if (type === "ImportDefaultSpecifier") return "default";
  if (type === "ImportNamespaceSpecifier") return "*";
  return imported?.value ?? orig?.value ?? local?.value ?? "*";
}

const FUNCTIONS = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ClassMethod|PrivateMethod|MethodProperty|Constructor)$/;

/** Every function of a file, inner ones too. */
export function functionsOf(root: Syntax, lineOf: (position: number) => number): FunctionSpan[] {
  const found: FunctionSpan[] = [];
  const visit = (node: Syntax, name: string, argumentOf: string | null): void => {
    if (FUNCTIONS.test(node.type)) found.push(spanOf(node, name, argumentOf, lineOf));
    const called = node.type === "CallExpression" ? calleeOf(node["callee"] as Syntax) : null;
    for (const [key, child] of Object.entries(node)) visitAll(child, nameOf(node) ?? name, key === "arguments" ? called : null, visit);
  };
  visit(root, "(top level)", null);
  return found;
}

function visitAll(child: unknown, name: string, argumentOf: string | null, visit: (node: Syntax, name: string, argumentOf: string | null) => void): void {
  if (Array.isArray(child)) for (const one of child) visitAll(one, name, argumentOf, visit);
  else if (child !== null && typeof child === "object") {
    // An argument is wrapped in an object of its own, without a type.
    if (typeof (child as Syntax).type === "string" && "span" in child) visit(child as Syntax, name, argumentOf);
    else for (const inner of Object.values(child)) visitAll(inner, name, argumentOf, visit);
  }
}

function spanOf(node: Syntax, name: string, argumentOf: string | null, lineOf: (position: number) => number): FunctionSpan {
  const whole = (node["function"] as Syntax | undefined) ?? node;
  const body = whole["body"] as (Syntax & { readonly stmts?: readonly unknown[] }) | null | undefined;
  const [first, last] = [lineOf(node.span.start), lineOf(node.span.end - 1)];
  const decorators = ((whole["decorators"] ?? []) as readonly { readonly expression: Syntax }[]).map(({ expression }) => calleeOf((expression["callee"] ?? expression) as Syntax) ?? "");
  const bodyLines = body?.stmts ? Math.max(0, lineOf(body.span.end - 1) - lineOf(body.span.start) - 1) : 0;
  return { name: nameOf(node) ?? name, firstLine: first, lines: last - first + 1, bodyLines, argumentOf, decorators };
}

/** The name that a declaration gives to what is in it. */
function nameOf(node: Syntax): string | null {
  const named = (node["identifier"] ?? node["key"] ?? (node.type === "VariableDeclarator" ? node["id"] : null)) as Named | null;
  return named?.value ?? named?.name ?? null;
}

function calleeOf(callee: Syntax): string | null {
  if (callee.type === "Identifier") return (callee as unknown as { readonly value: string }).value;
  const inner = (callee["object"] ?? callee["callee"] ?? callee["tag"]) as Syntax | undefined;
  return inner?.type ? calleeOf(inner) : null;
}

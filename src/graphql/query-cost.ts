import {
  type DirectiveNode, type DocumentNode, type FieldNode, type FragmentDefinitionNode, getNamedType, type GraphQLField, type GraphQLOutputType, type GraphQLSchema,
  isInterfaceType, isLeafType, isListType, isNonNullType, isObjectType, Kind, type OperationDefinitionNode, type SelectionSetNode, type ValueNode,
} from "graphql";
import { DEFAULT_PAGE, LARGEST_PAGE } from "../db/page.ts";

/** Entries that a list is taken to have when its size cannot be asked for, such as the lines of an invoice. */
export const USUAL_LIST = 10;
/** What a command costs beside its answer. */
export const COMMAND_COST = 10;

type Variables = Readonly<Record<string, unknown>>;

/**
 * The price of an operation, from its text and variables alone. Each object costs 1, or what `@Extensions({ cost })` on its
 * field says; what a list holds is counted as often as the list may be long: a page as long as `first` or `last` asks, any
 * other list by its `limit` or else `USUAL_LIST`. Scalars, edges, `pageInfo` and introspection are free, a command costs
 * `COMMAND_COST`. The document is valid, so that no fragment goes round.
 */
export function costOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Variables | null | undefined): number {
  const root = schema.getRootType(operation.operation);
  return root ? new Pricing(schema, document, valuesOf(operation, variables ?? {})).selection(operation.selectionSet, root.name, DEFAULT_PAGE) : 0;
}

/** The variables as sent, with the defaults of those left out. */
function valuesOf(operation: OperationDefinitionNode, sent: Variables): Variables {
  const defaults = (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [variable.name.value, defaultValue && read(defaultValue, {})] as const);
  return { ...Object.fromEntries(defaults), ...sent };
}

/** A number, boolean or variable of the text; undefined for anything else. */
function read(value: ValueNode | undefined, variables: Variables): unknown {
  if (value?.kind === Kind.VARIABLE) return variables[value.name.value];
  if (value?.kind === Kind.INT) return Number(value.value);
  return value?.kind === Kind.BOOLEAN ? value.value : undefined;
}

class Pricing {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  /** Fragments by name and page size, so that one spread a thousand times is priced once. */
  readonly #priced = new Map<string, number>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Variables,
  ) {
    for (const definition of document.definitions) if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
  }

  /** `page` is how many edges the connection around has, where the type is one. */
  selection(set: SelectionSetNode | undefined, typeName: string, page: number): number {
    let cost = 0;
    for (const node of set?.selections ?? []) {
      if (this.#leftOut(node.directives)) continue;
      if (node.kind === Kind.FIELD) cost += this.#field(node, typeName, page);
      else if (node.kind === Kind.INLINE_FRAGMENT) cost += this.selection(node.selectionSet, node.typeCondition?.name.value ?? typeName, page);
      else cost += this.#fragment(node.name.value, page);
    }
    return cost;
  }

  #fragment(name: string, page: number): number {
    const key = `${name} ${page}`;
    let cost = this.#priced.get(key);
    if (cost === undefined) {
      const definition = this.#fragments.get(name);
      cost = definition ? this.selection(definition.selectionSet, definition.typeCondition.name.value, page) : 0;
      this.#priced.set(key, cost);
    }
    return cost;
  }

  #field(node: FieldNode, typeName: string, page: number): number {
    const name = node.name.value;
    const field = name.startsWith("__") ? undefined : fieldsOf(this.schema, typeName).get(name);
    if (!field) return 0;
    const { typeName: inner, stated } = field;
    if (inner === null) return stated ?? 0;
    const size = this.#size(node);
    const each = (stated ?? this.#ownCost(typeName, inner)) + this.selection(node.selectionSet, inner, size ?? DEFAULT_PAGE);
    return each * (field.list ? (typeName.endsWith("Connection") ? page : (size ?? USUAL_LIST)) : 1);
  }

  #ownCost(parent: string, type: string): number {
    if (parent === this.schema.getMutationType()?.name) return COMMAND_COST;
    return type === "PageInfo" || (type.endsWith("Edge") && parent.endsWith("Connection")) ? 0 : 1;
  }

  /** How many entries are asked for; null when the field does not say. More than a page holds is refused later, and not priced. */
  #size({ arguments: given }: FieldNode): number | null {
    for (const name of ["first", "last", "limit"]) {
      const value = read(given?.find((argument) => argument.name.value === name)?.value, this.variables);
      if (typeof value === "number" && value >= 0) return name === "limit" ? value : Math.min(value, LARGEST_PAGE);
    }
    return null;
  }

  #leftOut(directives: readonly DirectiveNode[] | undefined): boolean {
    return (directives ?? []).some(({ name, arguments: given }) => {
      const condition = name.value === "skip" || name.value === "include" ? read(given?.[0]?.value, this.variables) : undefined;
      return condition === (name.value === "skip");
    });
  }
}

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

/** What the price of a field follows from, whatever is asked of it. */
interface PricedField {
  /** Name of the type below a list or not; null for a scalar or an enum. */
  readonly typeName: string | null;
  readonly list: boolean;
  /** What `@Extensions({ cost })` says; null when it says nothing. */
  readonly stated: number | null;
}

const NONE: ReadonlyMap<string, PricedField> = new Map();
const known = new WeakMap<GraphQLSchema, Map<string, ReadonlyMap<string, PricedField>>>();

/** The fields of a type, worked out once: to ask what kind a type is costs more than to price a field of it. */
function fieldsOf(schema: GraphQLSchema, typeName: string): ReadonlyMap<string, PricedField> {
  let types = known.get(schema);
  if (!types) known.set(schema, (types = new Map()));
  let fields = types.get(typeName);
  if (!fields) {
    const type = schema.getType(typeName);
    fields = isObjectType(type) || isInterfaceType(type) ? new Map(Object.entries(type.getFields()).map(([name, field]) => [name, pricedField(field)])) : NONE;
    types.set(typeName, fields);
  }
  return fields;
}

function pricedField({ type, extensions }: GraphQLField<unknown, unknown>): PricedField {
  const [inner, stated] = [getNamedType(type), extensions["cost"]];
  return { typeName: isLeafType(inner) ? null : inner.name, list: isList(type), stated: typeof stated === "number" ? stated : null };
}

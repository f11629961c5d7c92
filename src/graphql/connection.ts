import { ArgsType, type ClassType, Field, Int, ObjectType } from "type-graphql";
import { DEFAULT_PAGE, LARGEST_PAGE, type Page, type PageArgs } from "../db/page.ts";

@ArgsType()
export class ConnectionArgs implements PageArgs {
  @Field(() => Int, { nullable: true, description: `How many from the start, or after \`after\`: 0 to ${LARGEST_PAGE}. Without \`first\` and \`last\`, ${DEFAULT_PAGE}.` })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "Only what comes after this cursor. Goes with `first`." })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: `How many from the end, or before \`before\`: 0 to ${LARGEST_PAGE}.` })
  last?: number | null;

  @Field(() => String, { nullable: true, description: "Only what comes before this cursor. Goes with `last`." })
  before?: string | null;
}

@ObjectType({ description: "Where a page lies in its list.", simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether more follow after `endCursor`. When paging backward: whether a `before` was given." })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether more stand before `startCursor`. When paging forward: whether an `after` was given." })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the first edge; null on an empty page." })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the last edge; null on an empty page." })
  readonly endCursor!: string | null;
}

/** The public shape of a page of nodes. */
export interface ConnectionOf<Node> {
  readonly edges: { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: PageInfo;
}

/** Makes the connection type of a node type. Called once per type, at module level. */
export function connectionOf<Node extends object>(name: string, node: () => ClassType<Node>): ClassType<ConnectionOf<Node>> {
  @ObjectType(`${name}Edge`, { description: `One ${name} in a list, with its place there.`, simpleResolvers: true })
  class Edge {
    @Field(() => String, { description: "The place in the list, for `after` and `before`; stays valid while the list grows." })
    readonly cursor!: string;

    @Field(node, { nullable: true, description: "What stands at this place." })
    readonly node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list, each edge holding one ${name}.`, simpleResolvers: true })
  class Connection {
    @Field(() => [Edge], { nullable: "itemsAndList", description: "The page, in list order." })
    readonly edges!: Edge[];

    @Field(() => PageInfo, { description: "Where the page lies in the list." })
    readonly pageInfo!: PageInfo;
  }
  return Connection as ClassType<ConnectionOf<Node>>;
}

/** An edge whose cursor is made when it is asked for, which most lists never do. */
class LazyEdge<Row, Node> {
  constructor(
    readonly node: Node,
    private readonly page: Page<Row>,
    private readonly row: Row,
  ) {}

  get cursor(): string {
    return this.page.cursorOf(this.row);
  }
}

/** Where a page lies, with its cursors made when they are asked for. */
class LazyPageInfo<Row> implements PageInfo {
  constructor(private readonly page: Page<Row>) {}

  get hasNextPage(): boolean {
    return this.page.hasNextPage;
  }

  get hasPreviousPage(): boolean {
    return this.page.hasPreviousPage;
  }

  get startCursor(): string | null {
    return this.#cursorOf(this.page.rows[0]);
  }

  get endCursor(): string | null {
    return this.#cursorOf(this.page.rows.at(-1));
  }

  #cursorOf(row: Row | undefined): string | null {
    return row === undefined ? null : this.page.cursorOf(row);
  }
}

/** A page of rows as a connection of nodes. */
export function connection<Row, Node>(page: Page<Row>, shape: (row: Row) => Node): ConnectionOf<Node> {
  return { edges: page.rows.map((row) => new LazyEdge(shape(row), page, row)), pageInfo: new LazyPageInfo(page) };
}

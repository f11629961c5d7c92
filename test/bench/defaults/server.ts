import "reflect-metadata";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import DataLoader from "dataloader";
import { Arg, buildSchema, Ctx, FieldResolver, Int, ObjectType, Field, Query, Resolver, Root } from "type-graphql";
import { DataSource, In, MoreThan } from "typeorm";
import { COMPANY } from "../kit/book.ts";
import { Customer, Invoice, OpenItem } from "./entities.ts";

/*
 * The nested query as somebody would build it who follows the first pages of the manuals: TypeGraphQL's own resolvers,
 * TypeORM's find with relations, one DataLoader against the N+1 problem, Apollo's standalone server with all that is on by
 * default. It checks no token and knows one company, which only makes it faster.
 */

interface Context {
  readonly openItems: DataLoader<string, OpenItem[]>;
}

@ObjectType()
class OpenItemEdge {
  @Field(() => OpenItem)
  node!: OpenItem;
}

@ObjectType()
class OpenItemConnection {
  @Field(() => [OpenItemEdge])
  edges!: OpenItemEdge[];
}

@ObjectType()
class CustomerEdge {
  @Field(() => Customer)
  node!: Customer;
}

@ObjectType()
class CustomerConnection {
  @Field(() => [CustomerEdge])
  edges!: CustomerEdge[];
}

const source = new DataSource({ type: "postgres", url: process.argv[2]!, entities: [Customer, OpenItem, Invoice], poolSize: 10 });

@Resolver(() => Customer)
class CustomerResolver {
  @Query(() => CustomerConnection)
  async customers(@Arg("first", () => Int) first: number): Promise<CustomerConnection> {
    const customers = await source.getRepository(Customer).find({ where: { companyId: COMPANY.id }, order: { name: "ASC", key: "ASC" }, take: first });
    return { edges: customers.map((node) => ({ node })) };
  }

  @FieldResolver(() => OpenItemConnection)
  async openItems(@Root() customer: Customer, @Arg("first", () => Int) first: number, @Ctx() context: Context): Promise<OpenItemConnection> {
    return { edges: (await context.openItems.load(customer.key)).slice(0, first).map((node) => ({ node })) };
  }
}

async function openItemsOf(keys: readonly string[]): Promise<OpenItem[][]> {
  const items = await source.getRepository(OpenItem).find({
    where: { companyId: COMPANY.id, customerId: In([...keys]), openMinor: MoreThan("0") },
    relations: { invoice: true },
    order: { dueOn: "ASC", key: "ASC" },
  });
  const byCustomer = new Map<string, OpenItem[]>(keys.map((key) => [key, []]));
  for (const item of items) byCustomer.get(item.customerId)!.push(item);
  return keys.map((key) => byCustomer.get(key)!);
}

await source.initialize();
const schema = await buildSchema({ resolvers: [CustomerResolver] });
const server = new ApolloServer<Context>({ schema });
const { url } = await startStandaloneServer(server, { listen: { port: 0 }, context: async () => ({ openItems: new DataLoader(openItemsOf) }) });
console.log(`listening ${url}`);

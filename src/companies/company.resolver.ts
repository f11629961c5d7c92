import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { globalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import type { CompanyService } from "./company.service.ts";
import { companyById } from "./company.loader.ts";
import { companyOf, CreateCompanyInput, CreateCompanyPayload, GrantRoleInput, GrantRolePayload, Viewer } from "./company.type.ts";

@Resolver()
export class CompanyResolver {
  constructor(private readonly companies: CompanyService) {}

  @Authorized<Requirement>("signed-in")
  @Query(() => Viewer, { description: "Who you are, and where you work." })
  async viewer(@Ctx() context: Context): Promise<Viewer> {
    const { subject, grants } = context.actor;
    const memberships = await Promise.all(
      [...grants].map(async ([companyId, { roles, permissions }]) => ({
        company: companyOf(await context.require(companyById, companyId, companyId)),
        roles,
        permissions: [...permissions].sort(),
      })),
    );
    return { subject, memberships: memberships.sort((a, b) => (a.company.code < b.company.code ? -1 : 1)) };
  }

  @Authorized<Requirement>("operator")
  @Mutation(() => CreateCompanyPayload, { description: "Founds a company. For the operator of the installation." })
  createCompany(@Ctx() context: Context, @Arg("input", () => CreateCompanyInput, { description: "The company and its first administrator." }) input: CreateCompanyInput): Promise<Partial<CreateCompanyPayload>> {
    return answer(async () => ({ company: companyOf(await this.companies.create(context.actor, input)) }));
  }

  @Authorized<Requirement>("member:manage")
  @Mutation(() => GrantRolePayload, { description: "Gives a person a role in a company." })
  grantRole(@Ctx() context: Context, @Arg("input", () => GrantRoleInput, { description: "Who is to be what." }) input: GrantRoleInput): Promise<Partial<GrantRolePayload>> {
    return answer(async () => {
      const companyId = await context.company("member:manage", input.company);
      const { subject, name, role } = input;
      const members = await this.companies.grant(context.actor, { companyId, subject, name, role });
      return { members: members.map((member) => ({ ...member, id: globalId("Member", companyId, member.id) })) };
    });
  }
}

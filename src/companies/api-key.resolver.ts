import { Arg, Args, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { Requirement } from "../graphql/auth.ts";
import { connection, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import type { ApiKeyService } from "./api-key.service.ts";
import { readApiKeys } from "./api-key.sql.ts";
import { ApiKeyConnection, apiKeyOf, ApiKeysArgs, type ApiKeyType, CreateApiKeyInput, CreateApiKeyPayload, RevokeApiKeyInput, RevokeApiKeyPayload } from "./api-key.type.ts";

@Resolver()
export class ApiKeyResolver {
  constructor(private readonly keys: ApiKeyService) {}

  @Authorized<Requirement>("member:manage")
  @Query(() => ApiKeyConnection, { nullable: true, name: "apiKeys", description: "The keys of a company, the newest first, revoked ones too." })
  async list(@Ctx() context: Context, @Args(() => ApiKeysArgs) { company, ...page }: ApiKeysArgs): Promise<ConnectionOf<ApiKeyType>> {
    const companyId = await context.company("member:manage", company);
    return connection(await readApiKeys(context.db, companyId, page), apiKeyOf);
  }

  @Authorized<Requirement>("member:manage")
  @Mutation(() => CreateApiKeyPayload, { description: "Makes a key for a machine. Its token is in the answer, and told only this once." })
  createApiKey(@Ctx() context: Context, @Arg("input", () => CreateApiKeyInput, { description: "The key." }) input: CreateApiKeyInput): Promise<Partial<CreateApiKeyPayload>> {
    return answer(async () => {
      const { company, ...wish } = input;
      const { key, token } = await this.keys.create(context.actor, { ...wish, companyId: await context.company("member:manage", company) });
      return { apiKey: apiKeyOf(key), token };
    });
  }

  @Authorized<Requirement>("member:manage")
  @Mutation(() => RevokeApiKeyPayload, { description: "Ends a key for good: it is refused at once, and its live sockets close within half a minute. Revoking again changes nothing." })
  revokeApiKey(@Ctx() context: Context, @Arg("input", () => RevokeApiKeyInput, { description: "Which key." }) { apiKeyId }: RevokeApiKeyInput): Promise<Partial<RevokeApiKeyPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("member:manage", readGlobalId(apiKeyId)?.companyId);
      return { apiKey: apiKeyOf(await this.keys.revoke(context.actor, companyId, keyIn("ApiKey", companyId, apiKeyId, "apiKeyId"))) };
    });
  }
}

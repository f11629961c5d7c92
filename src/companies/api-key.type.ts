import { ArgsType, Field, ID, InputType, ObjectType } from "type-graphql";
import { connectionOf, ConnectionArgs } from "../graphql/connection.ts";
import { globalId } from "../graphql/global-id.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { MomentScalar } from "../graphql/scalars.ts";
import type { ApiKeyRow } from "./api-key.sql.ts";

@ObjectType("ApiKey", { description: "A key with which a machine, such as a BI tool, works in one company. Its secret was told once and is not kept.", simpleResolvers: true })
export class ApiKeyType {
  @Field(() => ID, { description: "Names the key for `revokeApiKey`. What the key does is recorded under it." })
  readonly id!: string;

  @Field(() => String, { description: "What the key is for, for people." })
  readonly name!: string;

  @Field(() => String, { description: "The part of the token between its underscores, by which its holder can tell it." })
  readonly prefix!: string;

  @Field(() => [String], { description: "All that the key may do, as permission names." })
  readonly permissions!: readonly string[];

  @Field(() => String, { description: "Name of the person who made it." })
  readonly createdBy!: string;

  @Field(() => MomentScalar, { description: "When it was made." })
  readonly createdAt!: string;

  @Field(() => MomentScalar, { nullable: true, description: "From when on it is refused; null for a key that lasts until it is revoked." })
  readonly expiresAt!: string | null;

  @Field(() => MomentScalar, { nullable: true, description: "When it was revoked; null while it was not." })
  readonly revokedAt!: string | null;

  @Field(() => String, { nullable: true, description: "Name of the person who revoked it; null while nobody did." })
  readonly revokedBy!: string | null;

  @Field(() => MomentScalar, { nullable: true, description: "When it was last used, to the minute; null when never." })
  readonly lastUsedAt!: string | null;
}

export const apiKeyOf = ({ companyId, id, recordedAt, ...key }: ApiKeyRow): ApiKeyType => ({ ...key, id: globalId("ApiKey", companyId, id), createdAt: recordedAt });

export const ApiKeyConnection = connectionOf("ApiKey", () => ApiKeyType);

@ArgsType()
export class ApiKeysArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;
}

@InputType({ description: "A key to be made." })
export class CreateApiKeyInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "What the key is for, for people: 1 to 300 characters." })
  name!: string;

  @Field(() => [String], {
    nullable: true,
    description: "What the key may do, as permission names: no more than some one role may, and never `member:manage`. Left out, it reads everything, the journal included, and changes nothing.",
  })
  permissions?: string[] | null;

  @Field(() => MomentScalar, { nullable: true, description: "From when on the key is refused. Left out, it lasts until it is revoked." })
  expiresAt?: string | null;
}

@ObjectType({ description: "The new key, with its token." })
export class CreateApiKeyPayload extends MutationPayload {
  @Field(() => ApiKeyType, { nullable: true, description: "Null when refused." })
  readonly apiKey!: ApiKeyType | null;

  @Field(() => String, { nullable: true, description: "Send it as `Authorization: Bearer …`. Told this once: keep it where secrets are kept. Null when refused." })
  readonly token!: string | null;
}

@InputType({ description: "A key to be ended." })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: "The key." })
  apiKeyId!: string;
}

@ObjectType({ description: "The key after it was ended." })
export class RevokeApiKeyPayload extends MutationPayload {
  @Field(() => ApiKeyType, { nullable: true, description: "Null when refused." })
  readonly apiKey!: ApiKeyType | null;
}

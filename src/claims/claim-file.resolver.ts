import { Arg, Authorized, Ctx, Mutation, Resolver } from "type-graphql";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import type { ClaimFileService } from "./claim-file.service.ts";
import { LoadClaimFileInput, LoadClaimFilePayload } from "./claim-file.type.ts";
import { claimById } from "./claim.loader.ts";
import { claimOf } from "./claim.type.ts";

@Resolver()
export class ClaimFileResolver {
  constructor(private readonly files: ClaimFileService) {}

  @Authorized<Requirement>("claim:record")
  @Mutation(() => LoadClaimFilePayload, { description: "Records the claims of a file, all of them or none. Loaded again it records nothing, and a number that is here already is not recorded twice." })
  loadClaimFile(@Ctx() context: Context, @Arg("input", () => LoadClaimFileInput, { description: "The file." }) { company, ...file }: LoadClaimFileInput): Promise<Partial<LoadClaimFilePayload>> {
    return answer(async () => {
      const companyId = await context.company("claim:record", company);
      const { claimIds, ...done } = await this.files.load(context.actor, { ...file, companyId, fileId: keyIn("File", companyId, file.fileId, "fileId") });
      return { ...done, claims: (await Promise.all(claimIds.map((id) => context.require(claimById, companyId, id)))).map(claimOf) };
    });
  }
}

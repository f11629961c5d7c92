import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { deductionById } from "../deductions/deduction.loader.ts";
import { deductionOf, DeductionType } from "../deductions/deduction.type.ts";
import { fileById } from "../files/file.loader.ts";
import { storedFileOf, StoredFileType } from "../files/file.type.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { evidenceById, evidenceOfDeduction } from "./evidence.loader.ts";
import type { EvidenceService } from "./evidence.service.ts";
import { AddEvidenceInput, evidenceOf, EvidencePayload, EvidenceType, WithdrawEvidenceInput } from "./evidence.type.ts";

@Resolver(() => DeductionType)
export class DeductionEvidenceResolver {
  constructor(private readonly papers: EvidenceService) {}

  @FieldResolver(() => [EvidenceType], { description: "The papers that are kept with it, the first first, withdrawn ones too." })
  async evidence(@Root() { companyId, key }: DeductionType, @Ctx() context: Context): Promise<EvidenceType[]> {
    return ((await context.load(evidenceOfDeduction, companyId, key)) ?? []).map(evidenceOf);
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => EvidencePayload, { description: "Keeps a paper with a deduction. A deduction with a paper counts as looked into, so that it may be decided." })
  addEvidence(@Ctx() context: Context, @Arg("input", () => AddEvidenceInput, { description: "The paper." }) input: AddEvidenceInput): Promise<Partial<EvidencePayload>> {
    return answer(async () => {
      const { reference = null, source = null, note = null, document = null, ...paper } = input;
      const companyId = context.companyOf("deduction:work", readGlobalId(input.deductionId)?.companyId);
      const keys = { deductionId: keyIn("Deduction", companyId, input.deductionId, "deductionId"), fileId: keyIn("File", companyId, input.fileId, "fileId") };
      const id = await this.papers.add(context.actor, { ...paper, reference, source, note, document, companyId, ...keys });
      return asTheyAre(context, companyId, keys.deductionId, id);
    });
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => EvidencePayload, { description: "Takes a paper back: it stays on record, and counts no more." })
  withdrawEvidence(@Ctx() context: Context, @Arg("input", () => WithdrawEvidenceInput, { description: "Which, and why." }) { evidenceId, note }: WithdrawEvidenceInput): Promise<Partial<EvidencePayload>> {
    return answer(async () => {
      const companyId = context.companyOf("deduction:work", readGlobalId(evidenceId)?.companyId);
      const key = keyIn("Evidence", companyId, evidenceId, "evidenceId");
      return asTheyAre(context, companyId, await this.papers.withdraw(context.actor, { companyId, evidenceId: key, note }), key);
    });
  }
}

@Resolver(() => EvidenceType)
export class EvidenceFileResolver {
  @FieldResolver(() => StoredFileType, { nullable: true, description: "What was uploaded of it; null when it is only named." })
  async file(@Root() { companyId, fileKey }: EvidenceType, @Ctx() context: Context): Promise<StoredFileType | null> {
    return fileKey ? storedFileOf(await context.require(fileById, companyId, fileKey)) : null;
  }
}

async function asTheyAre(context: Context, companyId: string, deductionKey: string, key: string): Promise<Pick<EvidencePayload, "deduction" | "evidence">> {
  const [deduction, paper] = await Promise.all([context.require(deductionById, companyId, deductionKey), context.require(evidenceById, companyId, key)]);
  return { deduction: deductionOf(deduction), evidence: evidenceOf(paper) };
}

import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { deductionById } from "../deductions/deduction.loader.ts";
import { deductionOf, DeductionType } from "../deductions/deduction.type.ts";
import { fileById } from "../files/file.loader.ts";
import { storedFileOf, StoredFileType } from "../files/file.type.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { denialById, denialsOfDeduction } from "./denial.loader.ts";
import type { DenialService } from "./denial.service.ts";
import { DenialPacketType, DenialPayload, packetOf, RecordDenialAnswerInput, WriteDenialPacketInput } from "./denial.type.ts";

@Resolver(() => DeductionType)
export class DeductionDenialResolver {
  constructor(private readonly denying: DenialService) {}

  @FieldResolver(() => [DenialPacketType], { description: "What was written to the customer to deny it, the latest first." })
  async denialPackets(@Root() { companyId, key }: DeductionType, @Ctx() context: Context): Promise<DenialPacketType[]> {
    return ((await context.load(denialsOfDeduction, companyId, key)) ?? []).map(packetOf);
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => DenialPayload, { description: "Writes why a deduction that was found invalid is denied: a PDF in the company's name with the reasons, the figures and the papers, and a draft of an e-mail. Sends nothing." })
  writeDenialPacket(@Ctx() context: Context, @Arg("input", () => WriteDenialPacketInput, { description: "Which, and what to add." }) input: WriteDenialPacketInput): Promise<Partial<DenialPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("deduction:work", readGlobalId(input.deductionId)?.companyId);
      const deductionId = keyIn("Deduction", companyId, input.deductionId, "deductionId");
      return asTheyAre(context, companyId, deductionId, await this.denying.write(context.actor, { ...input, companyId, deductionId }));
    });
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => DenialPayload, { description: "Keeps what the customer answered to a denial." })
  recordDenialAnswer(@Ctx() context: Context, @Arg("input", () => RecordDenialAnswerInput, { description: "The answer." }) { packetId, answer: kind, ...said }: RecordDenialAnswerInput): Promise<Partial<DenialPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("deduction:work", readGlobalId(packetId)?.companyId);
      const denialId = keyIn("DenialPacket", companyId, packetId, "packetId");
      return asTheyAre(context, companyId, await this.denying.answer(context.actor, { ...said, kind, companyId, denialId }), denialId);
    });
  }
}

@Resolver(() => DenialPacketType)
export class DenialPacketFileResolver {
  @FieldResolver(() => StoredFileType, { description: "The PDF." })
  async file(@Root() { companyId, fileKey }: DenialPacketType, @Ctx() context: Context): Promise<StoredFileType> {
    return storedFileOf(await context.require(fileById, companyId, fileKey));
  }
}

async function asTheyAre(context: Context, companyId: string, deductionKey: string, key: string): Promise<Pick<DenialPayload, "deduction" | "packet">> {
  const [deduction, packet] = await Promise.all([context.require(deductionById, companyId, deductionKey), context.require(denialById, companyId, key)]);
  return { deduction: deductionOf(deduction), packet: packetOf(packet) };
}

import type { MigrationInterface, QueryRunner } from "typeorm";

const kindsAre = (...kinds: readonly string[]): string =>
  `alter table resolution_rule drop constraint resolution_rule_kind_check, add constraint resolution_rule_kind_check check (kind in (${kinds.map((kind) => `'${kind}'`).join(", ")}))`;
const BEFORE = ["NET_CREDIT", "DUPLICATE", "POD_FULL", "POD_SHORT", "SMALL_AND_USUAL", "ROUTE"];

/** A rule may settle a deduction against a promotion, once it is sure enough that it is for that one. */
export class PromotionRules1780000030100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(kindsAre(...BEFORE, "PROMOTION"));
    await db.query("alter table resolution_rule add column min_confidence smallint check (min_confidence between 1 and 100), add constraint resolution_rule_has_a_confidence check ((kind = 'PROMOTION') = (min_confidence is not null))");
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("alter table resolution_rule drop constraint resolution_rule_has_a_confidence, drop column min_confidence");
    await db.query(kindsAre(...BEFORE));
  }
}

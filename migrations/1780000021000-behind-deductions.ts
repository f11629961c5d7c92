import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What stands behind a deduction is found by what it was opened by: the short pay, or the deduction it was split from. And the
 * deduction behind a chargeback, by its memo. Few applications open something, so the first index stays small; building it
 * reads all applications once and keeps writers out meanwhile.
 */
export class BehindDeductions1780000021000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create index application_by_opened_item on application (company_id, opened_item_id) where opened_item_id is not null;
      create index deduction_settlement_part_of_memo on deduction_settlement_part (company_id, memo_id) where memo_id is not null;`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index deduction_settlement_part_of_memo; drop index application_by_opened_item;`);
  }
}

import type { MigrationInterface, QueryRunner } from "typeorm";

/** Indexes behind the measures of deductions: what was done in a period, and what was ever escalated. */
export class DeductionMeasures1780000024300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create index deduction_activity_by_moment on deduction_activity (company_id, recorded_at);
      create index deduction_activity_escalations on deduction_activity (company_id, deduction_id) where action = 'ESCALATE';
      create index deduction_settlement_by_day on deduction_settlement (company_id, settled_on)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop index deduction_activity_by_moment, deduction_activity_escalations, deduction_settlement_by_day");
  }
}

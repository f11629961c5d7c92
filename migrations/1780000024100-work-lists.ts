import type { MigrationInterface, QueryRunner } from "typeorm";

/** Indexes behind the orders and filters of a work list: by deadline, by open amount, what is to be asked again, what was escalated. */
export class WorkLists1780000024100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create index deduction_case_by_deadline on deduction_case (company_id, (coalesce(dispute_by, 'infinity'::date)), deduction_id)
        where state not in ('SETTLED', 'AUTO_RESOLVED', 'DENIED', 'CONFIRMED', 'VOIDED');
      create index deduction_case_to_ask_again on deduction_case (company_id, follow_up_on) where follow_up_on is not null;
      create index deduction_case_escalated on deduction_case (company_id, escalation) where escalation is not null;
      create index open_item_deductions on open_item (company_id, open_minor, document_id) where kind = 'DEDUCTION' and open_minor > 0`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop index deduction_case_by_deadline, deduction_case_to_ask_again, deduction_case_escalated, open_item_deductions");
  }
}

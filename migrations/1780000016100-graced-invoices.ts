import type { MigrationInterface, QueryRunner } from "typeorm";

/** Finds the invoices that were granted grace after their due date, so that lists of what is past due need not look at all the others. */
export class GracedInvoices1780000016100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`create index invoice_with_due_grace on invoice (company_id, id) include (due_grace_days) where due_grace_days > 0`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index invoice_with_due_grace`);
  }
}

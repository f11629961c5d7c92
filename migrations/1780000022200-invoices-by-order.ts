import type { MigrationInterface, QueryRunner } from "typeorm";

/** Finds the invoice of an order that a deduction or a claim names. Building the index keeps writers of invoices out while it runs. */
export class InvoicesByOrder1780000022200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query("create index invoice_by_order on invoice (company_id, customer_id, purchase_order) where purchase_order is not null");
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop index invoice_by_order");
  }
}

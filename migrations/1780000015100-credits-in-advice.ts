import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * The use of a credit memo may belong to a payment, whose advice takes the credit off. Going back is refused while such
 * applications are there, because they are facts. Adding the check reads the applications once and holds them meanwhile.
 */
export class CreditsInAdvice1780000015100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table application drop constraint application_of_a_payment,
        add constraint application_of_a_payment check (payment_id is not null or kind = 'CREDIT')`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table application drop constraint application_of_a_payment,
        add constraint application_of_a_payment check ((payment_id is null) = (kind = 'CREDIT'))`);
  }
}

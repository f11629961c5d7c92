import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * How the reason of a deduction was found, the list that a code was sent under, and the order that is named beside it. A
 * mapping may be learned from a correction; when one replaces another, the end of the earlier is a fact of its own. Of
 * what was taken before nobody knows any more how its reason was found.
 */
export class ReasonsAndCapture1780000022000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table remittance_line add column code_list text check (code_list in ('X12_426', 'EDIFACT_4465')), add column purchase_order text;
      alter table deduction add column code_list text check (code_list in ('X12_426', 'EDIFACT_4465')), 
        add column reason_source text check (reason_source in ('CUSTOMER_CODE', 'COMPANY_CODE', 'STANDARD_CODE', 'TERMS', 'PERSON', 'NOT_FOUND')),
        add column reason_confidence smallint check (reason_confidence between 0 and 100);
      alter table reason_mapping add column confidence smallint not null default 100 check (confidence between 1 and 100), add column learned_from uuid, add column member_id uuid,
        add foreign key (company_id, learned_from) references deduction;
      create table reason_mapping_end (
        company_id  uuid        not null,
        mapping_id  uuid        not null,
        ends_on     date        not null,
        replaced_by uuid        not null,
        recorded_at timestamptz not null,
        primary key (company_id, mapping_id),
        foreign key (company_id, mapping_id) references reason_mapping,
        foreign key (company_id, replaced_by) references reason_mapping
      );
      create trigger reason_mapping_end_is_a_fact before update or delete or truncate on reason_mapping_end for each statement execute function refuse_change();
      create trigger reason_mapping_is_a_fact before update or delete or truncate on reason_mapping for each statement execute function refuse_change();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop trigger reason_mapping_is_a_fact on reason_mapping;
      drop table reason_mapping_end;
      alter table reason_mapping drop column confidence, drop column learned_from, drop column member_id;
      alter table deduction drop column code_list, drop column reason_source, drop column reason_confidence;
      alter table remittance_line drop column code_list, drop column purchase_order;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from "typeorm";

/** Which deductions stand for which others, however far back: the papers of a whole are the papers of its parts. Those that were split or merged before are found again by their items. */
export class DeductionParts1780000028000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table deduction_part (
        company_id uuid    not null references company,
        part_id    uuid    not null,
        whole_id   uuid    not null,
        direct     boolean not null,
        primary key (company_id, part_id, whole_id),
        foreign key (company_id, part_id) references deduction,
        foreign key (company_id, whole_id) references deduction
      );
      create index deduction_part_of_whole on deduction_part (company_id, whole_id, part_id);
      with recursive direct as (
        select distinct moved.company_id, part.document_id as part_id, whole.document_id as whole_id
          from application moved
          join open_item part on part.company_id = moved.company_id and part.id = moved.opened_item_id
          join open_item whole on whole.company_id = moved.company_id and whole.id = moved.debit_item_id
         where moved.kind = 'SPLIT'
      ), behind as (
        select company_id, part_id, whole_id from direct
         union
        select behind.company_id, behind.part_id, direct.whole_id from behind join direct on direct.company_id = behind.company_id and direct.part_id = behind.whole_id
      )
      insert into deduction_part (company_id, part_id, whole_id, direct)
        select behind.company_id, behind.part_id, behind.whole_id, direct.part_id is not null
          from behind left join direct on direct.company_id = behind.company_id and direct.part_id = behind.part_id and direct.whole_id = behind.whole_id;
      create trigger deduction_part_is_a_fact before update or delete or truncate on deduction_part for each statement execute function refuse_change();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table deduction_part`);
  }
}

import type { MigrationInterface, QueryRunner } from "typeorm";

/** Packets that tell customers why a deduction is denied, and what they answered. */
export class Denials1780000023400 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table deduction_denial (
        company_id   uuid        not null references company,
        id           uuid        not null,
        deduction_id uuid        not null,
        research_id  uuid,
        file_id      uuid        not null,
        recipient    text,
        subject      text        not null,
        body         text        not null,
        answer_by    date        not null,
        member_id    uuid,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, deduction_id) references deduction,
        foreign key (company_id, research_id) references deduction_research,
        foreign key (company_id, file_id) references stored_file
      );
      create index deduction_denial_of_deduction on deduction_denial (company_id, deduction_id, id desc);
      create table deduction_denial_answer (
        company_id  uuid        not null,
        id          uuid        not null,
        denial_id   uuid        not null,
        kind        text        not null check (kind in ('ACCEPTED', 'CONTESTED', 'ASKED')),
        answered_on date        not null,
        note        text        not null,
        member_id   uuid,
        recorded_at timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, denial_id) references deduction_denial
      );
      create index deduction_denial_answer_of_denial on deduction_denial_answer (company_id, denial_id, id);
    `);
    for (const facts of ["deduction_denial", "deduction_denial_answer"]) {
      await db.query(`create trigger ${facts}_is_a_fact before update or delete or truncate on ${facts} for each statement execute function refuse_change()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table deduction_denial_answer, deduction_denial");
  }
}

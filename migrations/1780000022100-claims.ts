import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What customers claim of us beside what they deduct, and disputes. All of it is facts: what is open of a claim follows from
 * the deductions that took it, less what of those was opened again on the invoice, which the function reads from
 * applications through the parts that a deduction was split into. A merged deduction gives nothing back by itself.
 * Building the index on deductions keeps their writers out while it runs.
 */
export class Claims1780000022100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table claim (
        company_id        uuid        not null references company,
        id                uuid        not null,
        customer_id       uuid        not null,
        kind              text        not null check (kind in ('CLAIM', 'POST_AUDIT', 'OVERPAYMENT', 'DISPUTE')),
        source            text        not null check (source in ('MANUAL', 'X12_812', 'CSV')),
        number            text,
        number_key        text        check ((number is null) = (number_key is null)),
        customer_code     text,
        code_list         text        check (code_list in ('X12_426', 'EDIFACT_4465')),
        reason            text        not null,
        reason_source     text        not null,
        reason_confidence smallint,
        comment           text,
        currency          char(3)     not null,
        amount_minor      bigint      not null check (amount_minor > 0),
        purchase_order    text,
        order_key         text        check ((purchase_order is null) = (order_key is null)),
        shipment          text,
        event_on          date,
        received_on       date        not null,
        member_id         uuid,
        recorded_at       timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, customer_id) references customer
      );
      create unique index claim_once on claim (company_id, customer_id, number_key) where number_key is not null;
      create index claim_by_date on claim (company_id, received_on desc, id desc);
      create index claim_by_customer on claim (company_id, customer_id, received_on desc, id desc);
      create index deduction_by_claim_number on deduction (company_id, customer_id, ltrim(upper(regexp_replace(claim_number, '\\s', '', 'g')), '0')) where claim_number is not null;
      create table claim_invoice (
        company_id uuid     not null,
        claim_id   uuid     not null,
        place      smallint not null,
        reference  text     not null,
        invoice_id uuid,
        primary key (company_id, claim_id, place),
        foreign key (company_id, claim_id) references claim,
        foreign key (company_id, invoice_id) references invoice
      );
      create index claim_invoice_by_invoice on claim_invoice (company_id, invoice_id) where invoice_id is not null;
      create table claim_line (
        company_id   uuid     not null,
        claim_id     uuid     not null,
        line_no      smallint not null,
        item         text,
        description  text,
        quantity     numeric,
        unit         text,
        unit_price   numeric,
        amount_minor bigint   not null,
        primary key (company_id, claim_id, line_no),
        foreign key (company_id, claim_id) references claim
      );
      create table claim_match (
        company_id   uuid        not null,
        id           uuid        not null,
        claim_id     uuid        not null,
        deduction_id uuid        not null,
        amount_minor bigint      not null check (amount_minor <> 0),
        matched_by   text        not null check (matched_by in ('NUMBER', 'INVOICE_AND_AMOUNT', 'INVOICE_AND_REASON', 'PERSON')),
        undoes_id    uuid        check ((undoes_id is null) = (amount_minor > 0)),
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        unique (company_id, undoes_id),
        foreign key (company_id, claim_id) references claim,
        foreign key (company_id, deduction_id) references deduction,
        foreign key (company_id, undoes_id) references claim_match
      );
      create index claim_match_of_claim on claim_match (company_id, claim_id);
      create index claim_match_of_deduction on claim_match (company_id, deduction_id);
      create table claim_activity (
        company_id   uuid        not null,
        id           uuid        not null,
        claim_id     uuid        not null,
        action       text        not null check (action in ('RECORDED', 'NOTE', 'MATCHED', 'UNMATCHED', 'WITHDRAWN')),
        member_id    uuid,
        note         text,
        deduction_id uuid,
        amount_minor bigint,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, claim_id) references claim,
        foreign key (company_id, deduction_id) references deduction
      );
      create index claim_activity_of_claim on claim_activity (company_id, claim_id, id);
      create unique index claim_withdrawn_once on claim_activity (company_id, claim_id) where action = 'WITHDRAWN';
      create function deduction_reversed(company uuid, deduction uuid) returns bigint language sql stable as $$
        with recursive family (item_id) as (
          select item.id from open_item item where item.company_id = company and item.document_id = deduction and item.kind = 'DEDUCTION'
          union
          select child.id from family
            join application split on split.company_id = company and split.debit_item_id = family.item_id and split.kind = 'SPLIT'
            join open_item child on child.company_id = company and child.id = split.opened_item_id
            join deduction part on part.company_id = company and part.id = child.document_id and part.source = 'SPLIT'
        )
        select coalesce(sum(given.amount_minor), 0)::bigint from family
          join application given on given.company_id = company and given.debit_item_id = family.item_id and given.kind = 'REVERSAL'
      $$;
      create function claim_taken(company uuid, claim uuid) returns bigint language sql stable as $$
        select coalesce(sum(greatest(0, least(matched.minor, deduction.amount_minor - deduction_reversed(company, deduction.id)))), 0)::bigint
          from (select deduction_id, sum(amount_minor) as minor from claim_match where company_id = company and claim_id = claim group by deduction_id having sum(amount_minor) > 0) as matched
          join deduction on deduction.company_id = company and deduction.id = matched.deduction_id
      $$;
    `);
    for (const facts of ["claim", "claim_invoice", "claim_line", "claim_match", "claim_activity"]) {
      await db.query(`create trigger ${facts}_is_a_fact before update or delete or truncate on ${facts} for each statement execute function refuse_change()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop index deduction_by_claim_number; drop function claim_taken(uuid, uuid); drop function deduction_reversed(uuid, uuid); drop table claim_activity, claim_match, claim_line, claim_invoice, claim");
  }
}

import type { MigrationInterface, QueryRunner } from "typeorm";

/** Carriers, what they carried, and claims against them. None of it is a receivable from a customer. */
export class Freight1780000025000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table carrier (
        company_id    uuid        not null references company,
        id            uuid        not null,
        code          text        not null,
        name          text        not null,
        filing_months smallint    check (filing_months > 0),
        suit_months   smallint    check (suit_months > 0),
        recorded_at   timestamptz not null,
        primary key (company_id, id),
        unique (company_id, code)
      );
      create table shipment (
        company_id       uuid        not null references company,
        id               uuid        not null,
        customer_id      uuid        not null,
        invoice_id       uuid,
        carrier_id       uuid        not null,
        number           text        not null,
        purchase_order   text,
        bill_of_lading   text,
        pro_number       text,
        ship_from        text,
        prepaid          boolean     not null,
        shipped_on       date        not null,
        expected_on      date        not null check (expected_on >= shipped_on),
        recorded_at      timestamptz not null,
        primary key (company_id, id),
        unique (company_id, number),
        foreign key (company_id, customer_id) references customer,
        foreign key (company_id, invoice_id) references invoice,
        foreign key (company_id, carrier_id) references carrier
      );
      create index shipment_of_invoice on shipment (company_id, invoice_id) where invoice_id is not null;
      create index shipment_of_customer on shipment (company_id, customer_id, shipped_on, id);
      create table shipment_delivery (
        company_id   uuid        not null references company,
        id           uuid        not null,
        shipment_id  uuid        not null,
        delivered_on date        not null,
        signed_by    text,
        exceptions   text,
        member_id    uuid,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, shipment_id) references shipment
      );
      create index shipment_delivery_of_shipment on shipment_delivery (company_id, shipment_id, id desc);
      create table freight_claim (
        company_id       uuid        not null references company,
        id               uuid        not null,
        shipment_id      uuid        not null,
        deduction_id     uuid,
        number           text        not null,
        finding          text        not null,
        currency         char(3)     not null,
        claimed_minor    bigint      not null check (claimed_minor > 0),
        paid_minor       bigint      not null default 0 check (paid_minor between 0 and claimed_minor),
        state            text        not null,
        version          integer     not null default 1,
        filed_on         date,
        status_on        date,
        disallowed_on    date,
        deadline_on      date,
        member_id        uuid,
        recorded_at      timestamptz not null,
        primary key (company_id, id),
        unique (company_id, number),
        foreign key (company_id, shipment_id) references shipment,
        foreign key (company_id, deduction_id) references deduction
      );
      create index freight_claim_by_deadline on freight_claim (company_id, deadline_on, id);
      create index freight_claim_of_deduction on freight_claim (company_id, deduction_id) where deduction_id is not null;
      create index freight_claim_of_shipment on freight_claim (company_id, shipment_id);
      create table freight_claim_step (
        company_id   uuid        not null references company,
        id           uuid        not null,
        claim_id     uuid        not null,
        action       text        not null,
        to_state     text        not null,
        happened_on  date        not null,
        amount_minor bigint      check (amount_minor > 0),
        entry_id     uuid,
        papers       text,
        file_id      uuid,
        note         text,
        member_id    uuid,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, claim_id) references freight_claim,
        foreign key (company_id, file_id) references stored_file
      );
      create index freight_claim_step_of_claim on freight_claim_step (company_id, claim_id, id);
    `);
    for (const facts of ["shipment", "shipment_delivery", "freight_claim_step"]) {
      await db.query(`create trigger ${facts}_is_a_fact before update or delete or truncate on ${facts} for each statement execute function refuse_change()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table freight_claim_step, freight_claim, shipment_delivery, shipment, carrier`);
  }
}

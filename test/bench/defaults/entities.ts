import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";

/** The same public id as the product gives, so that both servers answer with the same bytes. */
const globalId = (type: string, companyId: string, key: string): string => Buffer.from(`${type}:${companyId}:${key}`).toString("base64url");

@ObjectType("Money")
export class Money {
  @Field(() => String)
  amount!: string;

  @Field(() => String)
  currency!: string;
}

@Entity("invoice")
export class Invoice {
  @PrimaryColumn({ type: "uuid", name: "company_id" })
  companyId!: string;

  @PrimaryColumn({ type: "uuid", name: "id" })
  key!: string;

  @Column({ type: "text", nullable: true })
  number!: string | null;
}

@ObjectType("OpenItem")
@Entity("open_item")
export class OpenItem {
  @PrimaryColumn({ type: "uuid", name: "company_id" })
  companyId!: string;

  @PrimaryColumn({ type: "uuid", name: "id" })
  key!: string;

  @Column({ type: "uuid", name: "customer_id" })
  customerId!: string;

  @Column({ type: "bigint", name: "open_minor" })
  openMinor!: string;

  @Column({ type: "char", length: 3 })
  currency!: string;

  @Field(() => String, { nullable: true })
  @Column({ type: "date", name: "due_on", nullable: true })
  dueOn!: string | null;

  @ManyToOne(() => Invoice)
  @JoinColumn([
    { name: "company_id", referencedColumnName: "companyId" },
    { name: "document_id", referencedColumnName: "key" },
  ])
  invoice!: Invoice | null;

  @Field(() => ID)
  get id(): string {
    return globalId("OpenItem", this.companyId, this.key);
  }

  @Field(() => String, { nullable: true })
  get number(): string | null {
    return this.invoice?.number ?? null;
  }

  @Field(() => Money)
  get open(): Money {
    const digits = this.openMinor.padStart(3, "0");
    return { amount: `${digits.slice(0, -2)}.${digits.slice(-2)}`, currency: this.currency };
  }
}

@ObjectType("Customer")
@Entity("customer")
export class Customer {
  @PrimaryColumn({ type: "uuid", name: "company_id" })
  companyId!: string;

  @PrimaryColumn({ type: "uuid", name: "id" })
  key!: string;

  @Field(() => String)
  @Column({ type: "text" })
  name!: string;

  @Field(() => ID)
  get id(): string {
    return globalId("Customer", this.companyId, this.key);
  }
}

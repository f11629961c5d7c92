import { Column, Entity, PrimaryColumn } from "typeorm";
import type { ShortPayPolicy } from "../domain/cash-application.ts";

/** A party that buys on credit, as one company knows it. */
@Entity("customer")
export class Customer {
  @PrimaryColumn({ type: "uuid", name: "company_id" })
  companyId!: string;

  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "text", name: "account_number" })
  accountNumber!: string;

  /** The account number normalized, under which different spellings of it are one. */
  @Column({ type: "text", name: "account_key" })
  accountKey!: string;

  @Column({ type: "text" })
  name!: string;

  @Column({ type: "char", length: 3 })
  currency!: string;

  @Column({ type: "text", name: "terms_code", nullable: true })
  termsCode!: string | null;

  @Column({ type: "text", name: "short_pay_policy" })
  shortPayPolicy!: ShortPayPolicy;

  @Column({ type: "integer" })
  version!: number;

  @Column({ type: "timestamptz", name: "recorded_at" })
  recordedAt!: string;
}
